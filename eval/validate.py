"""Checks that a question set still fits the corpus, and how hard it is.

Run in CI: a changed corpus, a mistyped quote or a question copied from its answer fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from eval.baselines import Piece, ask_by_rank, bigrams, rank_bm25
from eval.corpus import Corpus, Source
from eval.matching import cover, is_document
from eval.metrics import all_evidence, ratio
from eval.outputs import parse_output
from eval.questions import Question
from index.folding import fold

# Folded characters a question may share with its evidence in one run, by wording. An official
# names things by the text's own terms, so a noun phrase of theirs passes.
MAX_COPIED = {"plain": 12, "official": 15}
MIN_QUOTE = 4  # a shorter quote proves nothing and matches anywhere

_QUOTED_NAME = re.compile(r'《[^》]*》|"[^"]*"[\d.]*版?')
_DOC_NO = re.compile(r"[一-鿿]{2,10}\[\d{4}\]\d+号")


def check_questions(
    questions: Sequence[Question], corpus: Corpus, sources: Sequence[Source]
) -> list[str]:
    """Return every fault, one line each, in the order of the questions; none is a clean set."""
    titles = [fold(source.title) for source in sources]
    faults: list[str] = []
    for question in questions:
        found = [
            *_check_evidence(question, corpus, sources),
            *_check_forms(question),
            *_check_kind(question),
            *_check_copying(question, titles),
        ]
        faults += [f"{question.id}: {fault}" for fault in found]
    return [*faults, *_check_repeats(questions)]


def _check_evidence(question: Question, corpus: Corpus, sources: Sequence[Source]) -> Iterator[str]:
    for group in question.gold:
        if not group:
            yield "有一组依据是空的"
        for evidence in group:
            quote = fold(evidence.quote)
            if len(quote) < MIN_QUOTE:
                yield f"引文太短:「{evidence.quote}」"
            elif not corpus.count(evidence.quote):
                yield f"引文不在公报里:「{evidence.quote}」"
            elif not any(quote in text for text in _texts_of(evidence.doc_no, sources)):
                yield f"引文不在 {evidence.doc_no} 里，或没有这个文件:「{evidence.quote}」"


def _texts_of(name: str, sources: Sequence[Source]) -> list[str]:
    return [source.folded for source in sources if is_document(source.name, [name])]


def _check_forms(question: Question) -> Iterator[str]:
    for group in question.facts:
        if not group:
            yield "有一组要点没有任何写法"
        for form in group:
            if not fold(form):
                yield "要点里有空的写法"
    for wrong in question.must_not:
        if not fold(wrong):
            yield "must_not 里有空的写法"
        for group in question.facts:
            if any(fold(wrong) and fold(wrong) in fold(form) for form in group):
                yield f"must_not「{wrong}」会判错正确的写法「{group[0]}」"


def _check_kind(question: Question) -> Iterator[str]:
    """Check what only makes sense together; gold against ``answerable`` is checked on reading."""
    if question.answerable and not question.facts and question.expected_status is None:
        yield "可答的问题没有要点，也没有应答状态"
    if not question.answerable and question.facts:
        yield "不可答的问题不应有要点"
    if question.expected_status is not None and not question.as_of:
        yield "有应答状态的问题没有写明 as_of"
    if question.kind == "followup" and not question.history:
        yield "追问没有 history"
    if not fold(question.question):
        yield "问题是空的"


def copied_runs(question: str, quote: str, titles: Iterable[str], longest: int) -> list[str]:
    """Return the folded runs longer than ``longest`` that a question shares with a quote.

    Titles, 《…》, “…” and 文号 are names, which a look-up has to repeat.
    """
    folded = fold(question)
    named = [match.span() for match in _QUOTED_NAME.finditer(folded)]
    named += [match.span() for match in _DOC_NO.finditer(folded)]
    target, known = fold(quote), list(titles)
    runs: list[str] = []
    position, size = 0, longest + 1
    while position + size <= len(folded):
        end = position + size
        inside_name = any(start <= position and end <= stop for start, stop in named)
        piece = folded[position:end]
        if piece not in target or inside_name or any(piece in title for title in known):
            position += 1
            continue
        while end < len(folded) and folded[position : end + 1] in target:
            end += 1
        runs.append(folded[position:end])
        position = end
    return runs


def _check_copying(question: Question, titles: Sequence[str]) -> Iterator[str]:
    limit = MAX_COPIED[question.wording]
    for group in question.gold:
        for evidence in group:
            for run in copied_runs(question.question, evidence.quote, titles, limit):
                yield f"问题照抄了依据:「{run}」"


def _check_repeats(questions: Sequence[Question]) -> Iterator[str]:
    seen: dict[tuple[str, ...], str] = {}
    for question in questions:
        asked = (*(message.content for message in question.history), question.question)
        key = tuple(map(fold, asked))
        if key in seen:
            yield f"{question.id}: 与 {seen[key]} 是同一个问题"
        seen.setdefault(key, question.id)


def overlap_share(question: Question) -> float:
    """Return the share of the question's character bigrams that occur in its gold quotes."""
    asked = set(bigrams(question.question))
    quotes = [evidence.quote for group in question.gold for evidence in group]
    shown = {pair for quote in quotes for pair in bigrams(quote)}
    return len(asked & shown) / len(asked)


def describe_difficulty(questions: Sequence[Question]) -> str:
    """Return the wording overlap by wording and the size of each slice, as lines of text."""
    lines: list[str] = []
    for wording in ("plain", "official"):
        shares = [overlap_share(q) for q in questions if q.answerable and q.wording == wording]
        if shares:
            mean = sum(shares) / len(shares)
            lines.append(f"  问题与依据用字重合 {wording}: {mean:.2f}（{len(shares)} 题，二元字）")
    answerable = sum(question.answerable for question in questions)
    followups = sum(bool(question.history) for question in questions)
    documents = {name for question in questions for name in question.documents}
    lines.append(
        f"  可答 {answerable}，不可答 {len(questions) - answerable}，追问 {followups}，"
        f"涉及文件 {len(documents)}"
    )
    return "\n".join(lines)


def bm25_share(questions: Sequence[Question], pieces: Sequence[Piece]) -> float:
    """Return all_evidence@5 of the plainest search over the clauses: how hard the set is."""
    ask = ask_by_rank(rank_bm25(pieces, bigrams), pieces, 5)
    answerable = [question for question in questions if question.answerable]
    outputs = [parse_output(question.id, ask(question)) for question in answerable]
    found = [
        all_evidence(cover(output.passages, question.gold), len(question.gold), 5)
        for question, output in zip(answerable, outputs, strict=True)
    ]
    return ratio(sum(found), len(found))


def shared_questions(sets: Sequence[Sequence[Question]]) -> list[str]:
    """Return the questions that stand in two of the sets, as "id = id"; splits must not share."""
    keyed = [{fold(q.question): q.id for q in questions if not q.history} for questions in sets]
    return [
        f"{first[text]} = {second[text]}"
        for first, second in combinations(keyed, 2)
        for text in sorted(first.keys() & second.keys())
    ]
