"""An issue read whole: documents, clauses, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from index.clauses import read_document
from index.documents import split_documents
from index.source import read_issue
from index.types import Clause, Document, Issue, Skipped


@dataclass(frozen=True, slots=True)
class IssueReading:
    """Everything read from one file."""

    issue: Issue
    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    skipped: tuple[Skipped, ...]


def read_gazette(path: Path) -> IssueReading:
    """Read an issue's file into documents and clauses, clauses numbered in source order.

    :raises FileNotFoundError: when there is no such file.
    :raises ValueError: when the file is not a gazette text; the message says why.
    """
    issue = read_issue(path)
    documents = split_documents(issue)
    readings = [read_document(document, issue) for document in documents]
    clauses = [clause for reading in readings for clause in reading.clauses]
    return IssueReading(
        issue,
        tuple(documents),
        tuple(replace(clause, order=order) for order, clause in enumerate(clauses)),
        tuple(skip for reading in readings for skip in reading.skipped),
    )


def find_sources(corpus: Path) -> list[Path]:
    """Return the gazette texts of a corpus folder in name order.

    :raises FileNotFoundError: when the folder holds none.
    """
    sources = sorted(p for p in corpus.glob("*.md") if p.name != "README.md")
    sources += sorted(corpus.glob("*.txt"))
    if not sources:
        raise FileNotFoundError(f"{corpus}: no gazette text (*.md, *.txt); put an issue there")
    return sources
