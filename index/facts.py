"""Everything a clause states that users ask for, each with the characters it was read from."""

from __future__ import annotations

from index.benefit_facts import find_amounts
from index.duty_facts import find_duties
from index.reference_facts import find_appointments, find_references
from index.types import Clause, Fact
from index.validity_facts import find_validity

_FINDERS = (find_validity, find_duties, find_amounts, find_references, find_appointments)


def find_facts(clause: Clause) -> tuple[Fact, ...]:
    """Return the facts of a clause in the order of its text."""
    facts = [fact for find in _FINDERS for fact in find(clause)]
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end, fact.kind)))
