"""Issues → documents → headings and clauses, and which documents pass a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.types import Filters, Status
from assistant.validity import clause_validity
from index.clause_table import as_table
from index.rows import split_cells
from index.types import Clause, Document


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document with its clauses in order and its status."""

    document: Document
    clauses: tuple[Clause, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading or clause of a document and how deep it stands, from 0."""

    clause: Clause
    depth: int
    is_heading: bool


def list_documents(clauses: Mapping[str, Clause], as_of: date) -> list[ListedDocument]:
    """Return the documents in source order, newest issue first, with their status on ``as_of``."""
    table = as_table(clauses)
    listed = []
    for document in table.documents:
        own = table.of_document(document.id)
        status = clause_validity(own[0], table, as_of).status
        listed.append(ListedDocument(document, own, status))
    return sorted(listed, key=lambda entry: entry.document.issue, reverse=True)


def select_documents(documents: Iterable[ListedDocument], filters: Filters) -> list[ListedDocument]:
    """Return the documents a filter lets through; an empty field does not restrict.

    A document without a date passes no filter by date.
    """
    return [
        entry
        for entry in documents
        if (not filters.issue or entry.document.issue == filters.issue)
        and (not filters.doc_no or entry.document.doc_no == filters.doc_no)
        and (not filters.kind or entry.document.kind == filters.kind)
        and (not filters.issuer or entry.document.issuer == filters.issuer)
        and (not filters.status or entry.status == filters.status)
        and (not filters.since or entry.document.date >= filters.since)
        and (not filters.until or "" < entry.document.date <= filters.until)
    ]


def outline_document(clauses: Sequence[Clause]) -> list[OutlineEntry]:
    """Return the headings and clauses of a document in order, as deep as the headings above."""
    return [
        OutlineEntry(clause, len(clause.path), clause.kind in {"head", "heading"})
        for clause in clauses
    ]


def open_line(clause: Clause, limit: int) -> str:
    """Return the beginning of a clause's text on one line, at most ``limit`` characters."""
    cells = split_cells(clause.text) if clause.kind == "row" or clause.columns else [clause.text]
    line = " ".join(" ".join(cell for cell in cells if cell).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
