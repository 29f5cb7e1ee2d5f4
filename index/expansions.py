"""Expansions: the questions in everyday words that a clause answers, written at index time.

Doc2query (Nogueira et al., 2019) as data: one JSON line a clause beside the corpus, keyed by
clause id and by a digest of the clause's text, so that a changed clause drops its questions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from index.types import Clause

SUFFIX = ".expansions.jsonl"

Line = TypeVar("Line", bound=BaseModel)


class ExpansionLine(BaseModel):
    """One line of an expansions file."""

    model_config = ConfigDict(extra="forbid")

    clause_id: str
    digest: str
    questions: list[str]


@dataclass(frozen=True, slots=True)
class Expansions:
    """The questions that fit the clauses at hand, and the ids of those that no longer do."""

    questions: Mapping[str, tuple[str, ...]]
    stale: tuple[str, ...]


def text_digest(text: str) -> str:
    """Return the digest of a clause's text that its expansions are tied to."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def expansions_path(source: Path) -> Path:
    """Return where the expansions of a gazette text stand."""
    return source.with_name(source.stem + SUFFIX)


def load_expansions(path: Path, clauses: Iterable[Clause]) -> Expansions:
    """Read the expansions of an issue; a missing file is an issue without any.

    :raises ValueError: when a line is not of the format; the message names the line.
    """
    digests = {clause.id: text_digest(clause.text) for clause in clauses}
    questions: dict[str, tuple[str, ...]] = {}
    stale = []
    for line in read_lines(path):
        if digests.get(line.clause_id) == line.digest:
            questions[line.clause_id] = tuple(line.questions)
        else:
            stale.append(line.clause_id)
    return Expansions(questions, tuple(stale))


def read_lines(path: Path) -> list[ExpansionLine]:
    """Read the lines of an expansions file, [] where there is none.

    :raises ValueError: when a line is not of the format.
    """
    if not path.exists():
        return []
    lines = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if raw.strip():
            lines.append(parse_line(ExpansionLine, raw, path, number))
    return lines


def parse_line(form: type[Line], raw: str, path: Path, number: int) -> Line:
    """Return a line of a file that hands may have edited.

    :raises ValueError: when it is not of the form; the message names file and line.
    """
    try:
        return form.model_validate_json(raw)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise ValueError(f"{path}:{number}: {reason}; fix or delete the line") from error


def format_line(clause: Clause, questions: Iterable[str]) -> str:
    """Return the line of an expansions file for a clause, without a line end."""
    return json.dumps(
        {
            "clause_id": clause.id,
            "digest": text_digest(clause.text),
            "questions": list(questions),
        },
        ensure_ascii=False,
    )
