"""Rows of a table as clauses' text: which cell stands under which column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.tables import Row, Table, continues_table, is_section_row
from index.types import Clause, Span

_NUMBERED = re.compile(r"^(\d{1,3})(?:\s*[.．、]\s*\S|$)")
_MAX_LABEL = 24


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row with its name and what stands above it."""

    label: str  # 序号10
    text: str
    spans: tuple[Span, ...]
    columns: str  # "序号 | 单位 | 主要工作任务", "" for a form
    section: str  # the section row above it
    is_section: bool


class RowReader:
    """Names the rows of a document's tables; carries header and section over page breaks."""

    def __init__(self) -> None:
        """Begin before the first table."""
        self._header: Row | None = None
        self._section = ""
        self._label = ""

    def read(self, table: Table) -> Iterator[LabelledRow]:
        """Yield the rows of the next printed table."""
        if not continues_table(table, self._header):
            self._header, self._section, self._label = table.header, "", ""
        columns = " | ".join(self._header.cells) if self._header else ""
        for row in table.rows:
            if self._header is not None and is_section_row(row):
                self._section = row.cells[0]
                yield LabelledRow(row.cells[0], row.text, row.spans, columns, "", True)
            else:
                self._label = label_row(row.cells, self._label.split(" ")[0])
                yield LabelledRow(self._label, row.text, row.spans, columns, self._section, False)

    def end_table(self) -> None:
        """Take the next table as a new one, whatever its header."""
        self._header = None


def split_cells(text: str) -> list[str]:
    """Return the cells of a row's text, "| a | b |" -> ["a", "b"]."""
    return [cell.strip() for cell in text.strip().strip("|").split("|")]


def name_cells(clause: Clause) -> list[tuple[str, str]]:
    """Return (column name, cell) for a table row, empty cells left out; [] for other clauses."""
    if clause.kind != "row":
        return []
    names = split_cells(clause.columns) if clause.columns else []
    cells = split_cells(clause.text)
    names += [""] * (len(cells) - len(names))
    return [(name, cell) for name, cell in zip(names, cells, strict=False) if cell]


def label_row(cells: tuple[str, ...], above: str) -> str:
    """Return a row's label: 序号10, or its first filled cell.

    ``above`` is the label of the row above, which a merged first cell continues.
    """
    first = cells[0] if cells else ""
    numbered = _NUMBERED.match(first)
    if numbered:
        return f"序号{numbered[1]}"
    if first:
        return re.sub(r"\s+", "", first)[:_MAX_LABEL]
    filled = next((cell for cell in cells if cell), "空行")
    return f"{above} {filled[:_MAX_LABEL]}".strip()
