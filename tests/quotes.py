"""Making quotes of shipped clauses, for the tests of what an answer lacks."""

from assistant.select import Quote
from assistant.sentences import split_sentences
from assistant.types import Passage
from tests.gazette_factories import shipped_clause


def whole_quote(place: str) -> Quote:
    """Return every sentence of the clause whose id ends with ``place``, quoted."""
    clause = shipped_clause(place)
    return Quote(Passage(1, clause, 1.0), tuple(split_sentences(clause)))
