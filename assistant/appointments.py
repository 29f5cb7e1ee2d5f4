"""Who was appointed to, or removed from, which post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Clause


@dataclass(frozen=True, slots=True)
class Appointment:
    """One decision about one person; ``clause.text[start:end]`` is its wording."""

    person: str
    action: str  # 任 or 免
    post: str
    clause: Clause
    start: int
    end: int


def find_appointments(clauses: Iterable[Clause]) -> list[Appointment]:
    """Return every appointment and removal in source order."""
    return [
        Appointment(fact.value, fact.role[:1], fact.role[1:], clause, fact.start, fact.end)
        for clause in clauses
        for fact in clause.facts
        if fact.kind == "appointment"
    ]
