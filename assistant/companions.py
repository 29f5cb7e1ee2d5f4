"""Clauses that come along: what a clause refers to, and what says whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.intent import read_intent
from assistant.types import Passage
from index.clause_table import ClauseTable
from index.documents import NEWS_KIND
from index.types import Clause

# Asking whether something still holds, or from and until when, is answered by another clause than
# the one about the thing itself.
_ASKS_VALIDITY = re.compile(
    r"过期|到期|失效|废止|作废|有效|算数|生效|施行|实施|试行期|还能|还可以|还在|现在|目前|截至|截止|什么时候开始|何时起"
)
_VALIDITY_KINDS = {"effective", "expiry", "trial", "repeals"}
# Companions stand behind this many passages found on their own.
_AFTER = 2


def find_companions(
    question: str, passages: Sequence[Passage], clauses: ClauseTable, k: int
) -> list[Passage]:
    """Return the passages with companions of the first ones put in behind them."""
    if not passages:
        return []
    wanted: dict[str, str] = {}
    if _ASKS_VALIDITY.search(question):
        for clause in _validity_clauses(question, passages[0].clause, clauses):
            wanted.setdefault(clause.id, "效力")
    for passage in passages[:_AFTER]:
        for clause in _opening(passage.clause, clauses):
            wanted.setdefault(clause.id, "出处")
        for clause in _referred(passage.clause, clauses):
            wanted.setdefault(clause.id, "引用")
    first = [p.clause.id for p in passages[:_AFTER]]
    lead = passages[0].score
    brought = [
        Passage(0, clauses[id_], lead, (), via) for id_, via in wanted.items() if id_ not in first
    ]
    ids = {passage.clause.id for passage in brought}
    validity = [p for p in brought if p.via != "引用"]
    others = [p for p in brought if p.via == "引用"]
    rest = [p for p in passages[_AFTER:] if p.clause.id not in ids]
    tail = max(0, k - _AFTER - len(validity) - len(others))
    return [*passages[:_AFTER], *validity, *rest[:tail], *others, *rest[tail:]]


def states_validity(clause: Clause) -> bool:
    """Return whether a clause says from or until when its document holds, or what it repeals."""
    return any(f.kind in _VALIDITY_KINDS and f.role != "条款" for f in clause.facts)


def _validity_clauses(question: str, clause: Clause, clauses: ClauseTable) -> list[Clause]:
    """Return what says from and until when a document holds; where nothing does, its dated head."""
    own = clauses.of_document(clause.document.id)
    stating = [other for other in own if states_validity(other)]
    if stating or read_intent(question).kind != "validity":
        return stating
    return [other for other in own if other.kind == "head"]


def _opening(clause: Clause, clauses: ClauseTable) -> Iterator[Clause]:
    """Yield the first paragraph of a news item, which alone says which meeting and what day."""
    if clause.document.kind == NEWS_KIND:
        own = clauses.of_document(clause.document.id)
        first = next((c for c in own if c.kind == "paragraph"), None)
        if first is not None and first.id != clause.id:
            yield first


def _referred(clause: Clause, clauses: ClauseTable) -> Iterator[Clause]:
    """Yield the articles of the same document a clause refers to."""
    labels = {f.value for f in clause.facts if f.kind == "reference" and f.role == "条"}
    if labels:
        yield from (c for c in clauses.of_document(clause.document.id) if c.label in labels)
