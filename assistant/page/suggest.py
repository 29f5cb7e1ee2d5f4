"""Questions to ask next, and examples for each kind of reader, from the index's expansions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from assistant.benefit_slots import benefits_by_clause
from assistant.page import text
from assistant.types import Answer
from index.store import Store
from index.tokens import bigrams
from index.types import Clause

_NEXT = 3
_EXAMPLES = 3
# Two questions that share more of their character pairs than this ask the same.
_ALIKE = 0.34
# Short enough for one line of a phone.
_MAX_CHARS = 24
# Candidates tried for one persona before giving up.
_MAX_TRIED = 12
# The readers the examples are for, by the groups of the benefits they look for.
_GROUPS = {
    "居民": ("居民", "老年人", "残疾人", "未成年人", "求职创业者"),
    "农户、合作社": ("农户", "合作社", "龙头企业"),
    "企业、个体户": ("小微企业", "个体户", "企业"),
}

Answers = Callable[[str], bool]  # whether a question is answered


def next_questions(answer: Answer, store: Store) -> list[str]:
    """Return questions that the cited clauses and their neighbours answer, unlike the one asked."""
    cited = [citation.clause for citation in answer.citations]
    if not answer.answered or not cited:
        return []
    ids = list(dict.fromkeys(c.id for clause in cited[:2] for c in _around(clause, store)))
    asked = [answer.question, answer.standalone_question]
    candidates = (question for id_ in ids for question in store.expansions.get(id_, ()))
    return _unlike(candidates, asked, _NEXT)


def example_questions(store: Store, answers: Answers) -> dict[str, list[str]]:
    """Return example questions for each persona, all of which the assistant answers."""
    sources = {persona: _of_groups(groups, store) for persona, groups in _GROUPS.items()}
    sources[text.PERSONA_OFFICIAL] = _of_officials(store)
    examples: dict[str, list[str]] = {}
    for persona, source in sources.items():
        shown = [question for questions in examples.values() for question in questions]
        tried = (question for question in _limit(source, _MAX_TRIED) if answers(question))
        examples[persona] = _unlike(tried, shown, _EXAMPLES)
    return {persona: questions for persona, questions in examples.items() if questions}


def _around(clause: Clause, store: Store) -> Iterator[Clause]:
    """Yield what stands after a clause in its document, what before it, then itself."""
    own = store.clauses.of_document(clause.document.id)
    at = own.index(clause)
    yield from own[at + 1 : at + 3]
    yield from own[max(0, at - 2) : at]
    yield clause


def _of_groups(groups: tuple[str, ...], store: Store) -> Iterator[str]:
    """Yield an everyday question about each benefit of some groups, those with an amount first."""
    rows = [row for rows in benefits_by_clause(store).values() for row in rows]
    wanted = [row for row in rows if set(groups) & set(row.groups)]
    for row in sorted(wanted, key=lambda row: not row.amount):
        asked = [q for q in store.expansions.get(row.clause.id, ()) if len(q) <= _MAX_CHARS]
        yield from asked[:1]


def _of_officials(store: Store) -> Iterator[str]:
    """Yield a look-up by article and the tasks of the offices that lead most."""
    articles = [c for c in store.clauses.values() if c.kind == "article" and c.document.doc_no]
    if articles:
        middle = articles[len(articles) // 2]
        yield f"{middle.document.doc_no} {middle.label}"
    leads = Counter(
        fact.value
        for clause in store.clauses.values()
        for fact in clause.facts
        if fact.kind == "duty" and fact.role == "牵头单位"
    )
    for office, _ in leads.most_common(_MAX_TRIED):
        yield f"{office}牵头哪些任务"


def _limit(questions: Iterable[str], count: int) -> Iterator[str]:
    for number, question in enumerate(questions):
        if number == count:
            return
        yield question


def _unlike(candidates: Iterable[str], asked: list[str], count: int) -> list[str]:
    """Return the first ``count`` candidates that differ from one another and from ``asked``."""
    chosen: list[str] = []
    for candidate in candidates:
        if len(chosen) == count:
            break
        if len(candidate) <= _MAX_CHARS and not any(
            _overlap(candidate, other) > _ALIKE for other in [*asked, *chosen]
        ):
            chosen.append(candidate)
    return chosen


def _overlap(one: str, other: str) -> float:
    """Return the share of the shorter question's character pairs that the other has."""
    a, b = set(bigrams(one)), set(bigrams(other))
    return len(a & b) / max(1, min(len(a), len(b)))
