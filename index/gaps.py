"""Gaps: questions people ask about a clause that the gazette does not answer, written beforehand.

The counterpart of expansions, in the same form: one JSON line a clause beside the corpus, keyed by
clause id and by a digest of the clause's text. They are not searched; a question nearer to a gap
than to any expansion is probably about something the gazette leaves open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from index.expansions import parse_line, text_digest
from index.types import Clause

SUFFIX = ".gaps.jsonl"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question near to a clause that no clause answers, and what is not stated."""

    clause_id: str
    question: str
    lacks: str  # reads behind 没有写明: 聘期, 罚款数额


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: str
    lacks: str


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clause_id: str
    digest: str
    gaps: list[_Asked]


def gaps_path(source: Path) -> Path:
    """Return where the gaps of a gazette text stand."""
    return source.with_name(source.stem + SUFFIX)


def load_gaps(path: Path, clauses: Iterable[Clause]) -> tuple[Gap, ...]:
    """Read the gaps of an issue's clauses, those of changed clauses left out; () without a file.

    :raises ValueError: when a line is not of the format; the message names the line.
    """
    if not path.exists():
        return ()
    digests = {clause.id: text_digest(clause.text) for clause in clauses}
    found: list[Gap] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = parse_line(_Line, raw, path, number)
        if digests.get(line.clause_id) == line.digest:
            found += [Gap(line.clause_id, asked.question, asked.lacks) for asked in line.gaps]
    return tuple(found)


def save_gaps(gaps: Sequence[Gap], path: Path) -> None:
    """Write gaps beside an index, as :func:`read_saved` reads them."""
    path.write_text(json.dumps([asdict(gap) for gap in gaps], ensure_ascii=False), "utf-8")


def read_saved(path: Path) -> tuple[Gap, ...]:
    """Read what :func:`save_gaps` wrote.

    :raises FileNotFoundError: when there is no such file.
    """
    return tuple(Gap(**gap) for gap in json.loads(path.read_text(encoding="utf-8")))
