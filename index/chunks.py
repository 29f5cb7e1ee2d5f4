"""Clauses into chunks: what is embedded and searched."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.types import Chunk, Clause

# Longer clauses are cut at sentence ends: a chunk's vector is a mean and blurs with length, and
# 97 % of the shipped clauses fit.
MAX_CHARS = 500
_SENTENCE = re.compile(r".+?(?:[。！？；;\n]|(?<=[^\d\s])\s(?=\d{1,2}[.．]\s)|$)", re.DOTALL)


def is_searchable(clause: Clause) -> bool:
    """Return whether a clause says something of its own.

    A bare heading stands in the path of every clause below it; a heading with an annotation
    (〔牵头单位：…〕) does not.
    """
    if clause.kind == "note":
        return False
    return clause.kind != "heading" or bool(re.search(r"[：:]", clause.text))


def chunk_clauses(clauses: Iterable[Clause]) -> list[Chunk]:
    """Cut clauses into chunks, in order."""
    return [
        Chunk(f"{clause.id}#{part}", clause, part, text, start)
        for clause in clauses
        for part, (start, text) in enumerate(cut_text(clause.text))
    ]


def cut_text(text: str, limit: int = MAX_CHARS) -> list[tuple[int, str]]:
    """Return (start, text) parts of at most ``limit`` characters, cut at sentence ends."""
    if len(text) <= limit:
        return [(0, text)]
    parts: list[tuple[int, str]] = []
    start, length = 0, 0
    for sentence in _SENTENCE.finditer(text):
        if length and length + len(sentence[0]) > limit:
            parts.append((start, text[start : start + length]))
            start, length = sentence.start(), 0
        length += len(sentence[0])
    parts.append((start, text[start:]))
    return parts


def said_text(clause: Clause, name: bool = True) -> str:
    """Return what a clause says with what stands above it, the document's name if wanted."""
    named = (clause.document.name,) if name else ("",)
    return " ".join((*named, *clause.path, clause.columns, clause.text))


def embedded_text(chunk: Chunk) -> str:
    """Return the text a chunk is embedded by: document, headings, columns, then its own words.

    The chunk's verbatim text stands at the end.
    """
    clause = chunk.clause
    where = " ".join((clause.document.name, *clause.path, clause.label))
    return "\n".join(part for part in (where, clause.columns, chunk.text) if part)
