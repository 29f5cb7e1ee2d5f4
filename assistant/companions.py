"""Clauses that come along: what a clause refers to, and what says whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.intent import read_intent
from assistant.types import Passage
from index.clause_table import ClauseTable
from index.documents import NEWS_KIND
from index.types import Clause

# Asking whether something still holds, or from and until when, is answered by another clause than
# the one about the thing itself; so may what only sounds like it be.
_ASKS_VALIDITY = re.compile(
    r"过期|到期|失效|废止|作废|有效|算数|生效|施行|实施|试行期|还能|还可以|还在|现在|目前|截至|截止|什么时候开始|何时起"
)
_VALIDITY_KINDS = {"effective", "expiry", "trial", "repeals"}
# What says which of the responsible that a document lists leads.
_LEAD_RULE = re.compile(r"(?:第一位?|首位?)的?(?:单位|部门)?(?:即|均)?为牵头(?:单位|部门)")
# Companions stand behind this many passages found on their own.
_AFTER = 2


def find_companions(
    question: str, passages: Sequence[Passage], clauses: ClauseTable, k: int
) -> list[Passage]:
    """Return the passages with companions of the first ones put in behind them."""
    if not passages:
        return []
    wanted = _wanted(question, passages, clauses)
    first = [p.clause.id for p in passages[:_AFTER]]
    found = [_mark_lead(passage, wanted) for passage in passages[:_AFTER]]
    lead = passages[0].score
    brought = [
        Passage(0, clauses[id_], lead, (), via) for id_, via in wanted.items() if id_ not in first
    ]
    ids = {passage.clause.id for passage in brought}
    validity = [p for p in brought if p.via != "引用"]
    others = [p for p in brought if p.via == "引用"]
    rest = [p for p in passages[_AFTER:] if p.clause.id not in ids]
    tail = max(0, k - _AFTER - len(validity) - len(others))
    return [*found, *validity, *rest[:tail], *others, *rest[tail:]]


def _wanted(question: str, passages: Sequence[Passage], clauses: ClauseTable) -> dict[str, str]:
    """Return the ids of companions, the most important first, and what brings each along."""
    wanted: dict[str, str] = {}
    if read_intent(question).kind == "validity" or _ASKS_VALIDITY.search(question):
        for clause in _validity_clauses(question, passages[0].clause, clauses):
            wanted.setdefault(clause.id, "效力")
    if "牵头" in question and read_intent(question).office:
        for clause in _lead_rule(passages[0].clause, clauses):
            wanted.setdefault(clause.id, "牵头")
    for passage in passages[:_AFTER]:
        for clause in _opening(passage.clause, clauses):
            wanted.setdefault(clause.id, "出处")
        for clause in _referred(passage.clause, clauses):
            wanted.setdefault(clause.id, "引用")
    return wanted


def _mark_lead(passage: Passage, wanted: Mapping[str, str]) -> Passage:
    """Return a passage found on its own, marked where it also says which office leads."""
    is_rule = wanted.get(passage.clause.id) == "牵头"
    return replace(passage, via="牵头") if is_rule else passage


def states_validity(clause: Clause) -> bool:
    """Return whether a clause says from or until when its document holds, or what it repeals."""
    return any(f.kind in _VALIDITY_KINDS and f.role != "条款" for f in clause.facts)


def counts_from_issue(stating: Iterable[Clause]) -> bool:
    """Return whether what states a document's validity gives a length, 试行期2年, and no day."""
    facts = [fact for clause in stating for fact in clause.facts if fact.role != "条款"]
    lasting = any(f.kind in {"expiry", "trial"} and f.value.startswith("P") for f in facts)
    return lasting and not any(fact.kind == "effective" for fact in facts)


def _validity_clauses(question: str, clause: Clause, clauses: ClauseTable) -> list[Clause]:
    """Return what says from and until when a document holds, its dated head where that is needed.

    It is where nothing else says so, or only how long from the day of issue.
    """
    own = clauses.of_document(clause.document.id)
    stating = [other for other in own if states_validity(other)]
    if read_intent(question).kind != "validity" or (stating and not counts_from_issue(stating)):
        return stating
    return [*stating, *(other for other in own if other.kind == "head")]


def _lead_rule(clause: Clause, clauses: ClauseTable) -> Iterator[Clause]:
    """Yield what says which of the offices leads that a clause lists without saying so itself."""
    roles = {fact.role for fact in clause.facts if fact.kind == "duty"}
    if "责任单位" in roles and "牵头单位" not in roles:
        own = clauses.of_document(clause.document.id)
        stating = (other for other in own if _LEAD_RULE.search(other.text))
        yield from (other for other in stating if other.id != clause.id)


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
