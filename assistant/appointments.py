"""Who was appointed to, or removed from, which post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Clause

# 以上同志挂职时间一年。 speaks of all whom the clause names before it.
_OF_ALL_ABOVE = re.compile(r"以上(?:同志|人员)[^。\n]*")


@dataclass(frozen=True, slots=True)
class Appointment:
    """One decision about one person; ``clause.text[start:end]`` is its wording."""

    person: str
    action: str  # 任 or 免
    post: str
    note: str  # what the clause adds for all named before it: 以上同志挂职时间一年
    clause: Clause
    start: int
    end: int


def find_appointments(clauses: Iterable[Clause]) -> list[Appointment]:
    """Return every appointment and removal in source order."""
    return [
        Appointment(
            person=fact.value,
            action=fact.role[:1],
            post=fact.role[1:],
            note=_note_behind(clause.text, fact.end),
            clause=clause,
            start=fact.start,
            end=fact.end,
        )
        for clause in clauses
        for fact in clause.facts
        if fact.kind == "appointment"
    ]


def _note_behind(text: str, position: int) -> str:
    found = _OF_ALL_ABOVE.search(text, position)
    return found[0] if found else ""
