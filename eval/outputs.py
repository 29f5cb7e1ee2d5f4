"""What a system under test returns: the JSON object of ``python -m assistant ask --json``.

Read leniently (a vendor's object may hold more), but what is there must have the right type.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class RetrievedPassage(_Part):
    """A passage in the order retrieved; list order is rank, whatever ``rank`` says."""

    clause_id: str
    doc_no: str = ""
    title: str = ""
    clause: str = ""
    text: str
    score: float = 0.0
    source: str = ""  # the source's own character order, where ``text`` was repaired


class CitedQuote(_Part):
    """A citation: a mark in the answer, the clause it points to and the words it quotes."""

    mark: str = ""
    clause_id: str
    doc_no: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    status: str = ""


class Output(_Part):
    """One answer to one question."""

    id: str
    answered: bool
    answer: str
    standalone_question: str = ""
    citations: tuple[CitedQuote, ...] = ()
    notices: tuple[str, ...] = ()
    passages: tuple[RetrievedPassage, ...] = ()
    confidence: float | None = None
    unknown_marks: tuple[str, ...] = ()
    error: str = ""  # the system failed: neither an answer nor an honest refusal
    timings_ms: dict[str, float] = Field(default_factory=dict)

    @property
    def declined(self) -> bool:
        """An honest refusal, read from the structured field; a failure is not one."""
        return not self.answered and not self.error


def parse_output(question_id: str, row: Mapping[str, Any]) -> Output:
    """Return the object as an ``Output``; raises ``ValueError`` naming the question and field."""
    try:
        return Output.model_validate({**row, "id": question_id})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"问题 {question_id} 的返回不合约定: {place}: {first['msg']}") from error


def dump_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as JSON lines with sorted keys, sorted by id: equal rows give equal bytes."""
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in ordered)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines; raises ``FileNotFoundError`` with the command that writes the file."""
    if not path.is_file():
        raise FileNotFoundError(f"没有 {path}；先运行 python -m eval run --out {path.parent}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
