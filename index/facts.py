"""stub"""

from index.types import Clause, Fact


def find_facts(clause: Clause) -> tuple[Fact, ...]:
    return ()
