"""The conversation as the browser keeps it: text and places only, no HTML.

Each browser tab holds its own conversation and sends it with every question; the server keeps
none, so a restart loses nothing and no two readers share one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter, ValidationError

from assistant.page import text as wording
from assistant.types import Answer, Turn

# Longer conversations drop their beginning: the browser's session store holds 5 MB.
MAX_TURNS = 30
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation of an answer: which clause and which of its characters."""

    mark: str
    clause_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer."""

    question: str
    standalone: str = ""
    answered: bool = False
    text: str = ""
    notices: list[str] = field(default_factory=list)
    citations: list[CitedPlace] = field(default_factory=list)
    next_questions: list[str] = field(default_factory=list)
    model: str = ""
    done: bool = False
    error: str = ""


_EXCHANGES = TypeAdapter(list[Exchange])


def record_answer(answer: Answer, next_questions: list[str]) -> Exchange:
    """Return what the page keeps of an answer."""
    return Exchange(
        question=answer.question,
        standalone=answer.standalone_question,
        answered=answer.answered,
        text=answer.text,
        notices=list(answer.notices),
        citations=[
            CitedPlace(c.mark, c.clause.id, c.start, c.end, c.quote) for c in answer.citations
        ],
        next_questions=next_questions,
        model=answer.model,
        done=True,
    )


def dump_turns(exchanges: list[Exchange]) -> str:
    """Return a conversation as the JSON text the browser keeps."""
    return _EXCHANGES.dump_json(exchanges[-MAX_TURNS:]).decode()


def load_turns(text: str) -> list[Exchange]:
    """Read a conversation the browser sent; one that is none of ours is an empty one."""
    if not text or len(text) > MAX_BYTES:
        return []
    try:
        return _EXCHANGES.validate_json(text)[-MAX_TURNS:]
    except ValidationError:
        return []


def settle(exchanges: list[Exchange]) -> list[Exchange]:
    """Return a conversation whose last answer, cut off by a lost connection, says so."""
    if exchanges and not exchanges[-1].done:
        cut_off = replace(exchanges[-1], done=True, error=wording.INTERRUPTED)
        return [*exchanges[:-1], cut_off]
    return exchanges


def history(exchanges: list[Exchange]) -> list[Turn]:
    """Return a conversation as ``assistant.ask`` takes it."""
    turns = []
    for exchange in exchanges:
        if exchange.done and not exchange.error:
            turns += [Turn("user", exchange.question), Turn("assistant", exchange.text)]
    return turns
