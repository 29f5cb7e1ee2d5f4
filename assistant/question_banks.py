"""Three banks of questions that a new question is compared with.

Answered: the expansions of the clauses. Gaps: questions about the clauses that no clause answers.
Background: what citizens ask a city, and a chat assistant, about anything at all. How much nearer
a question is to the first than to the others tells whether the gazette answers it: the cohort
normalisation of speaker verification (Auckenthaler et al., 2000), with questions for voices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.naive_bayes import sum_log_odds
from assistant.packaged_model import packaged_embeddings
from assistant.table_lines import read_lines
from index.gaps import Gap
from index.lexical import LexicalIndex, build_lexical, score_clauses
from index.store import Store
from index.tokens import bigrams

BACKGROUND = Path(__file__).parent / "background.tsv"
# What the meaning weighs against the words.
_COSINE = 2 / 3
# Sharper, and only the nearest question counts; flatter, and the larger bank wins.
_TEMPERATURE = 0.1

_MAKING = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Banks:
    """All questions in one index and one matrix: answered first, then gaps, then background."""

    answered: int  # how many
    gaps: tuple[Gap, ...]
    lexical: LexicalIndex
    vectors: np.ndarray  # (questions, dimension), unit length
    embeddings: Embeddings


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a question is to each bank.

    A likeness is twice the weighted mean of cosine and share of BM25: 2 for the question itself.
    """

    answered: float  # likeness of the nearest
    gap: float
    background: float
    odds: float  # log of the softmax-weighted share of the answered bank against the others
    wording: float  # log odds of the question's bigrams among questions near to it
    nearest_gap: Gap | None

    @property
    def over_background(self) -> float:
        """How much nearer the answered questions are than the background."""
        return self.answered - self.background


def open_banks(store: Store) -> Banks:
    """Return the banks of a store, made once: 4 s for 49,000 questions."""
    with _MAKING:  # a second caller waits for the first one's result
        return _make_banks(store)


@lru_cache(maxsize=4)
def _make_banks(store: Store) -> Banks:
    """Embed and index every question of a store.

    Bigrams alone tell the banks apart as well as with words, which take most of the time to cut.
    """
    questions = known_questions(store)
    embeddings = packaged_embeddings(store)
    return Banks(
        sum(map(len, store.expansions.values())),
        store.gaps,
        build_lexical(((str(number), asked) for number, asked in enumerate(questions)), bigrams),
        np.array(embeddings.embed_documents(questions), dtype=np.float32),
        embeddings,
    )


def known_questions(store: Store) -> list[str]:
    """Return the questions of all banks: answered first, then gaps, then background."""
    answered = [question for asked in store.expansions.values() for question in asked]
    return [*answered, *(gap.question for gap in store.gaps), *load_background()]


def load_background(path: Path = BACKGROUND) -> list[str]:
    """Return the background questions.

    :raises ValueError: when a line is not a topic, a tab and a question; the message names it.
    """
    questions = []
    for number, line in read_lines(path):
        if line.startswith("#"):
            continue
        topic, _, question = line.partition("\t")
        if not topic or not question.strip():
            raise ValueError(f"{path}:{number}: {line!r}: write a topic, a tab and a question")
        questions.append(question)
    return questions


def measure_nearness(question: str, banks: Banks, texts: Sequence[float] = ()) -> Nearness:
    """Return how near a question is to each bank.

    ``texts`` are likenesses of clauses without expansions; they count as answered questions.
    """
    vector = np.array(banks.embeddings.embed_query(question), dtype=np.float32)
    cosine, share = banks.vectors @ vector, score_clauses(banks.lexical, question)
    likeness = 2.0 * (_COSINE * cosine + (1.0 - _COSINE) * share)
    wording = sum_log_odds(question, banks.lexical, cosine, banks.answered)
    bounds = np.cumsum([banks.answered, len(banks.gaps)])
    answered, gaps, background = np.split(likeness, bounds)
    answered = np.append(answered, texts)
    others = np.concatenate([gaps, background])
    return Nearness(
        _best(answered),
        _best(gaps),
        _best(background),
        _log_sum(answered) - _log_sum(others),
        wording,
        banks.gaps[int(gaps.argmax())] if len(gaps) else None,
    )


def _best(likeness: np.ndarray) -> float:
    return float(np.max(likeness, initial=0.0))


def _log_sum(likeness: np.ndarray) -> float:
    """Return log Σ exp(likeness / temperature), that of a single 0 where there is none."""
    scaled = np.append(likeness, 0.0) / _TEMPERATURE
    return float(np.logaddexp.reduce(scaled))
