"""Clauses as Chroma records and back.

A chunk's document is what it is embedded by, ending with its verbatim text from character
``body`` on; an expansion's is the question. Chroma drops ``None`` and keeps scalars, so lists are
JSON and absent values "" or 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.chunks import embedded_text, is_searchable
from index.types import Chunk, Clause, Document, Span

_QUESTION_PART = -1


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the collection."""

    id: str
    document: str
    metadata: dict[str, Any]


def chunk_record(chunk: Chunk) -> Record:
    """Return the record of a chunk; its document ends with ``chunk.text``."""
    clause, document = chunk.clause, chunk.clause.document
    embedded = embedded_text(chunk)
    metadata = {
        "clause_id": clause.id,
        "part": chunk.part,
        "body": len(embedded) - len(chunk.text),
        "searchable": is_searchable(clause),
        "order": clause.order,
        "label": clause.label,
        "clause_kind": clause.kind,
        "path": json.dumps(clause.path, ensure_ascii=False),
        "columns": clause.columns,
        "repaired": clause.repaired,
        "spans": json.dumps([[span.start, span.end] for span in clause.spans]),
        "issue": document.issue,
        "issue_name": document.issue_name,
        "key": document.key,
        "doc_no": document.doc_no,
        "title": document.title,
        "name": document.name,
        "kind": document.kind,
        "issuer": document.issuer,
        "date": document.date,
        "page": document.page or 0,
        "doc_start": document.span.start,
        "doc_end": document.span.end,
    }
    return Record(chunk.id, embedded, metadata)


def question_records(clause_id: str, questions: Iterable[str]) -> Iterator[Record]:
    """Yield a record for each expansion, found by its own vector and leading to the clause."""
    for number, question in enumerate(questions):
        metadata = {"clause_id": clause_id, "part": _QUESTION_PART}
        yield Record(f"{clause_id}?{number}", question, metadata)


def clause_of(record_id: str) -> str:
    """Return the id of the clause a record belongs to."""
    return re.sub(r"(?:#\d+|\?\d+)$", "", record_id)


def is_question(metadata: Mapping[str, Any]) -> bool:
    """Return whether a record is an expansion, not a chunk."""
    return bool(metadata["part"] == _QUESTION_PART)


def read_clauses(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Clause]:
    """Put clauses together again from the (embedded text, metadata) rows of their chunks."""
    parts: dict[str, dict[int, str]] = {}
    metadata: dict[str, Mapping[str, Any]] = {}
    for embedded, row in rows:
        parts.setdefault(row["clause_id"], {})[row["part"]] = embedded[row["body"] :]
        metadata.setdefault(row["clause_id"], row)
    documents: dict[tuple[str, str], Document] = {}
    clauses = []
    for clause_id, row in metadata.items():
        key = (row["issue"], row["key"])
        document = documents.setdefault(key, _read_document(row))
        text = "".join(text for _, text in sorted(parts[clause_id].items()))
        clauses.append(_read_clause(clause_id, row, document, text))
    return sorted(clauses, key=lambda clause: (clause.document.issue, clause.order))


def _read_document(row: Mapping[str, Any]) -> Document:
    return Document(
        issue=row["issue"],
        issue_name=row["issue_name"],
        key=row["key"],
        doc_no=row["doc_no"],
        title=row["title"],
        name=row["name"],
        kind=row["kind"],
        issuer=row["issuer"],
        date=row["date"],
        page=row["page"] or None,
        span=Span(row["doc_start"], row["doc_end"]),
    )


def _read_clause(clause_id: str, row: Mapping[str, Any], document: Document, text: str) -> Clause:
    return Clause(
        id=clause_id,
        document=document,
        path=tuple(json.loads(row["path"])),
        label=row["label"],
        kind=row["clause_kind"],
        text=text,
        spans=tuple(Span(start, end) for start, end in json.loads(row["spans"])),
        order=row["order"],
        columns=row["columns"],
        repaired=row["repaired"],
    )
