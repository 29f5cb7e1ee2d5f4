"""What a user would otherwise write, as systems under test in the same table.

Each ranks pieces of the same text and shows the best one as its answer, with a citation. They
never decline, so their declining figures are the floor.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

from eval.corpus import Corpus
from eval.questions import Evidence, Question
from index.folding import fold

jieba.setLogLevel(logging.WARNING)  # it reports loading its dictionary on stderr

Ask = Callable[[Question], dict[str, Any]]
Tokenise = Callable[[str], list[str]]
Rank = Callable[[str], list[tuple[float, int]]]  # query -> (score, piece), best first

RANDOM_SEED = 7
_SENTENCE_END = re.compile(r"(?<=[。！？])|(?<![。！？])$")  # every sentence shown carries its mark
DECLINED = "没有找到依据，无法回答。"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the gazette as a baseline sees it; ``searched`` is what is indexed."""

    id: str
    doc_no: str
    title: str
    label: str
    text: str
    searched: str
    source: str = ""  # the source's own order, where the text was repaired


def words(text: str) -> list[str]:
    """Return jieba's search-mode words of the folded text."""
    return [word for word in jieba.cut_for_search(fold(text)) if word.strip()]


def bigrams(text: str) -> list[str]:
    """Return the overlapping pairs of characters of the folded text; one character stays alone."""
    folded = fold(text)
    return [folded[i : i + 2] for i in range(max(1, len(folded) - 1))] if folded else []


def order_by_score(
    scores: NDArray[np.floating[Any]], ids: Sequence[str]
) -> list[tuple[float, int]]:
    """Return (score, index), best first; ties by id, never by the order of insertion."""
    return sorted(
        ((float(score), index) for index, score in enumerate(scores)),
        key=lambda pair: (-pair[0], ids[pair[1]]),
    )


def rank_bm25(pieces: Sequence[Piece], tokenise: Tokenise) -> Rank:
    """Index the pieces with BM25 (Lucene's variant, k1 = 1.5, b = .75, bm25s's defaults)."""
    model = bm25s.BM25(method="lucene")
    model.index([tokenise(piece.searched) for piece in pieces], show_progress=False)
    ids = [piece.id for piece in pieces]

    def rank(query: str) -> list[tuple[float, int]]:
        tokens = [token for token in tokenise(query) if token in model.vocab_dict]
        scores = model.get_scores(tokens) if tokens else np.zeros(len(ids))
        return order_by_score(scores, ids)

    return rank


def rank_random(pieces: Sequence[Piece]) -> Rank:
    """Rank by chance, seeded by the query so that reruns are identical."""

    def rank(query: str) -> list[tuple[float, int]]:
        generator = np.random.default_rng([RANDOM_SEED, *fold(query).encode()])
        return order_by_score(generator.random(len(pieces)), [piece.id for piece in pieces])

    return rank


def passages_of(
    ranked: Sequence[tuple[float, int]], pieces: Sequence[Piece]
) -> list[dict[str, Any]]:
    """Return ranked pieces as the passages of the answer object."""
    return [
        {
            "rank": place,
            "clause_id": pieces[index].id,
            "doc_no": pieces[index].doc_no,
            "title": pieces[index].title,
            "clause": pieces[index].label,
            "text": pieces[index].text,
            "score": round(score, 6),
        }
        | ({"source": pieces[index].source} if pieces[index].source else {})
        for place, (score, index) in enumerate(ranked, start=1)
    ]


def query_of(question: Question) -> str:
    """Return what is searched: a follow-up with the user's previous turn before it."""
    earlier = [message.content for message in question.history if message.role == "user"]
    return " ".join([*earlier[-1:], question.question])


def show_best(question: Question, passages: list[dict[str, Any]]) -> dict[str, Any]:
    """Answer with the best passage, verbatim and cited: the plainest answer there is."""
    best = passages[0] if passages else None
    return {
        "question": question.question,
        "standalone_question": question.question,
        "answered": best is not None,
        "answer": _SENTENCE_END.sub("[1]", best["text"]) if best else DECLINED,
        "citations": [_cite_whole(best, "1")] if best else [],
        "notices": [],
        "passages": passages,
        "timings_ms": {},
    }


def _cite_whole(passage: dict[str, Any], mark: str) -> dict[str, Any]:
    place = {key: passage[key] for key in ("clause_id", "doc_no", "title", "clause")}
    text = passage["text"]
    return {"mark": mark, "quote": text, "start": 0, "end": len(text), "status": ""} | place


def ask_by_rank(rank: Rank, pieces: Sequence[Piece], k: int) -> Ask:
    """Return the system that shows the best of what ``rank`` finds."""

    def ask(question: Question) -> dict[str, Any]:
        return show_best(question, passages_of(rank(query_of(question))[:k], pieces))

    return ask


def ask_nothing(question: Question) -> dict[str, Any]:
    """Decline everything: the closed book without a model. No credit it gets is skill."""
    return show_best(question, [])


def ask_gold(corpus: Corpus) -> Ask:
    """Return the oracle: retrieves exactly the gold evidence, states every fact, declines rightly.

    The ceiling of every measure that does not depend on how an answer is worded.
    """

    def ask(question: Question) -> dict[str, Any]:
        passages = [
            _gold_passage(group[0], rank, corpus) for rank, group in enumerate(question.gold, 1)
        ]
        output = show_best(question, passages)
        if passages:
            facts = "、".join(forms[0] for forms in question.facts)
            marks = "".join(f"[{passage['rank']}]" for passage in passages)
            output["answer"] = f"{facts}{marks}"
            status = _GOLD_STATUS.get(question.expected_status or "", "")
            output["citations"] = [
                _cite_whole(passage, str(passage["rank"])) | {"status": status}
                for passage in passages
            ]
        return output | {"confidence": float(bool(passages))}

    return ask


_GOLD_STATUS = {
    "已过期": "已过有效期",
    "仍有效": "有效",
    "已废止": "已废止",
    "尚未可知": "未载明",
}


def _gold_passage(evidence: Evidence, rank: int, corpus: Corpus) -> dict[str, Any]:
    verbatim = corpus.around(evidence.quote, window=0)
    return {
        "rank": rank,
        "clause_id": f"{evidence.doc_no}/{evidence.clause}/{rank}",
        "doc_no": evidence.doc_no,
        "title": "",
        "clause": evidence.clause,
        "text": verbatim[0] if verbatim else evidence.quote,
        "score": 1.0,
    }
