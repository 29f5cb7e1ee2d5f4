"""What happens when: deadlines, and the days on which documents take effect and end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.tasks import is_day
from assistant.validity import clause_validity
from index.clause_table import as_table
from index.types import Clause, Fact

MilestoneKind = Literal["完成时限", "施行", "有效期届满"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day, or a term without one, that a clause names: ``clause.text[start:end] == text``."""

    kind: MilestoneKind
    day: str  # ISO 8601, "" for 长期坚持 and 5个工作日
    text: str
    clause: Clause
    start: int
    end: int


def find_milestones(clauses: Mapping[str, Clause]) -> list[Milestone]:
    """Return all milestones by day, those without one last; of one day in source order."""
    table = as_table(clauses)
    found = [m for clause in table.values() for m in _milestones_of(clause, table)]
    return sorted(found, key=lambda milestone: milestone.day or "9999")


def _milestones_of(clause: Clause, clauses: Mapping[str, Clause]) -> Iterator[Milestone]:
    for fact in clause.facts:
        if fact.kind == "deadline":
            yield _milestone("完成时限", fact.value, fact, clause)
        elif fact.kind == "effective":
            yield _milestone("施行", fact.value, fact, clause)
        elif fact.kind in {"expiry", "trial"}:
            yield _milestone("有效期届满", _end(fact, clause, clauses), fact, clause)


def _milestone(kind: MilestoneKind, day: str, fact: Fact, clause: Clause) -> Milestone:
    return Milestone(kind, day if is_day(day) else "", fact.text, clause, fact.start, fact.end)


def _end(fact: Fact, clause: Clause, clauses: Mapping[str, Clause]) -> str:
    """Return the last day of a term; a period counts from the day the document takes effect."""
    if is_day(fact.value):
        return fact.value
    return clause_validity(clause, clauses, date.min).end
