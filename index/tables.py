"""Pipe tables: rows with their column names, whole again where a page break cut the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.folding import fold
from index.lines import Line
from index.types import Skipped, Span

_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``cells`` without mark-up, ``spans`` the source it is made of."""

    cells: tuple[str, ...]
    text: str  # "| 1 | … |", verbatim without tags
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed on one page."""

    header: Row | None  # None where the header cells are empty: a continuation, or a form
    rows: tuple[Row, ...]


def parse_table(lines: Sequence[Line]) -> Table:
    """Parse the adjacent ``|`` lines of one printed table."""
    rows = [parse_row(line) for line in lines if not _RULE.match(line.text)]
    has_rule = len(lines) > 1 and bool(_RULE.match(lines[1].text))
    if not has_rule or not rows:
        return Table(None, tuple(rows))
    header, *body = rows
    return Table(header if any(header.cells) else None, tuple(body))


def parse_row(line: Line) -> Row:
    """Split one ``|`` line into cells; tags are left out of text and spans."""
    spans: list[Span] = []
    position = 0
    for tag in _TAG.finditer(line.text):
        _append(spans, line, position, tag.start())
        position = tag.end()
    _append(spans, line, position, len(line.text))
    text = "".join(line.text[s.start - line.span.start : s.end - line.span.start] for s in spans)
    cells = tuple(cell.strip() for cell in text.strip().strip("|").split("|"))
    return Row(cells, text, tuple(spans))


def continues_table(table: Table, previous: Row | None) -> bool:
    """Return whether ``table`` goes on after a page break: header repeated, or left empty."""
    if previous is None:
        return False
    if table.header is None:
        width = len(table.rows[0].cells) if table.rows else 0
        return width == len(previous.cells)
    return fold("".join(table.header.cells)) == fold("".join(previous.cells))


def is_section_row(row: Row) -> bool:
    """Return whether only the first cell is filled: （一）夯实基础底座支撑 across the table."""
    return len(row.cells) > 2 and bool(row.cells[0]) and not any(row.cells[1:])


def skip_markup(lines: Sequence[Line], rows: Sequence[Row]) -> list[Skipped]:
    """Return as skipped the headers, rules and tags of a table: all that no row holds."""
    kept = sorted((span for row in rows for span in row.spans), key=lambda span: span.start)
    skipped = []
    for line in lines:
        position = line.span.start
        inside = [span for span in kept if line.span.start <= span.start < line.span.end]
        for span in inside:
            if span.start > position:
                skipped.append(Skipped(Span(position, span.start), "表格标记"))
            position = span.end
        if position < line.span.end:
            reason = "表格标记" if inside or set(line.text) <= set("|-: ") else "表头"
            skipped.append(Skipped(Span(position, line.span.end), reason))
    return skipped


def _append(spans: list[Span], line: Line, start: int, end: int) -> None:
    if end > start:
        spans.append(Span(line.span.start + start, line.span.start + end))
