"""Law articles as clauses of an index: text that is not the gazette, for it to be found among.

The data: JSON lines, gzip, with ``file``, ``title``, ``head`` (chapter path), ``art`` (第N条) and
``p`` (the text), as in the collection of laws this project's embedding was trained on.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.types import Clause, Document, Span

ISSUE = "laws"
_ISSUE_NAME = "法律法规"
_KIND = "法律"
_DATED = re.compile(r"\((\d{4}-\d{2}-\d{2})\)\.md$")


def count_articles(path: Path) -> int:
    """Return how many articles a file holds; raises ``FileNotFoundError`` where there is none."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def read_articles(path: Path, size: int) -> Iterator[Clause]:
    """Yield ``size`` articles spread evenly over the file, all of them where it holds no more.

    Raises ``ValueError`` naming the first line that is not an article.
    """
    total = count_articles(path)
    size = min(size, total)
    documents: dict[str, Document] = {}
    seen: dict[str, int] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if (number + 1) * size // total == number * size // total:
                continue
            try:
                row = json.loads(line)
                document = documents.setdefault(row["file"], _document(row))
                clause = _clause(row, document, number)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path} 第 {number + 1} 行不是法条: {error}") from error
            copies = seen[clause.id] = seen.get(clause.id, 0) + 1
            yield clause if copies == 1 else replace(clause, id=f"{clause.id}-{copies}")


def _document(row: dict[str, Any]) -> Document:
    dated = _DATED.search(row["file"])
    return Document(
        issue=ISSUE,
        issue_name=_ISSUE_NAME,
        key=row["file"].removesuffix(".md"),
        doc_no="",
        title=row["title"],
        name=row["title"],
        kind=_KIND,
        issuer="",
        date=dated[1] if dated else "",
        page=None,
        span=Span(0, 0),
    )


def _clause(row: dict[str, Any], document: Document, order: int) -> Clause:
    return Clause(
        id=f"{ISSUE}/{document.key}/{row['art']}",
        document=document,
        path=tuple(row.get("head") or ()),
        label=row["art"],
        kind="article",
        text=row["p"],
        spans=(),
        order=order,
    )
