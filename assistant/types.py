"""The nouns of an answer, from the passage retrieved to the citation shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.types import Clause

Status = Literal["有效", "未施行", "已过有效期", "已废止", "未载明"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What retrieval may return; an empty field does not restrict."""

    issue: str = ""
    doc_no: str = ""
    issuer: str = ""
    kind: str = ""
    since: str = ""  # 成文日期, ISO 8601, inclusive
    until: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a question names, and what it names in vain."""

    clause_ids: tuple[str, ...] = ()  # articles, items and rows, in the order named
    documents: tuple[str, ...] = ()  # document ids
    people: tuple[str, ...] = ()  # ids of clauses about a person named
    missing: tuple[str, ...] = ()  # 文号 and articles the corpus does not hold
    rest: str = ""  # the question without what names documents


@dataclass(frozen=True, slots=True)
class Leg:
    """Where one way of searching put a passage."""

    name: str  # exact, lexical, questions, dense
    rank: int  # from 1
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved clause with its score; ``legs`` explains the score."""

    rank: int  # from 1
    clause: Clause
    score: float  # in [0, 1], comparable between questions
    legs: tuple[Leg, ...] = ()
    via: str = ""  # "引用" where a cross-reference brought it along


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a clause may be relied on at a date, and the sentence that says so."""

    status: Status
    start: str = ""  # ISO 8601
    end: str = ""
    basis_id: str = ""  # clause the dates were read from
    basis: str = ""  # its sentence, verbatim
    plan_over: str = ""  # the years in the document's name, where they are over: 2022-2024年


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and its place: ``clause.text[start:end] == quote``."""

    mark: str  # "1": shown as [1]
    clause: Clause
    quote: str
    start: int
    end: int
    validity: Validity


@dataclass(frozen=True, slots=True)
class Answer:
    """What every surface shows: page, command line, API and evaluation."""

    question: str
    standalone_question: str
    answered: bool
    text: str  # Chinese Markdown with [n] marks
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    passages: tuple[Passage, ...]
    confidence: float = 0.0  # in [0, 1]; below the threshold the answer is declined
    unknown_marks: tuple[str, ...] = ()  # marks a chat model invented
    model: str = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict, compare=False)
