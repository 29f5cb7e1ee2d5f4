"""Rows of a table as clauses' text: which cell stands under which column."""

from __future__ import annotations

import re

from index.types import Clause

_NUMBERED = re.compile(r"^(\d{1,3})(?:\s*[.．、]\s*\S|$)")
_MAX_LABEL = 24


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
