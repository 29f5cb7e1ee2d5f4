"""Records as an HTML table: sortable heads, a card for each row where there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.page import text, text_views
from assistant.page.markup import clause_link, escape, short_place
from assistant.page.view_area import view_action
from assistant.types import Status
from index.types import Clause

# More rows than this make a phone slow; the download has them all.
MAX_SHOWN = 300
_STATUS_CLASS = {"有效": "good", "未载明": "plain"}
# A dash to the eye, words to the ear; a card leaves such a cell out.
UNSTATED = f'<span aria-hidden="true">—</span><span class="unseen">{text_views.NONE_STATED}</span>'
_ARIA_SORT = {"asc": "ascending", "desc": "descending"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``orders`` are what its head sorts by in turn, as key-asc or key-desc."""

    name: str
    orders: tuple[str, ...] = ()


def render_records(
    caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], order: str = ""
) -> str:
    """Return rows of HTML cells as a table; a hint where there are none.

    Roles are written out because views.css shows rows as cards, which takes a table's own away.
    """
    if not rows:
        return f'<p class="hint">{text_views.NOTHING_FOUND}</p>'
    head = "".join(_head(column, order) for column in columns)
    body = "".join(_row(columns, row) for row in rows[:MAX_SHOWN])
    hint = escape(text_views.TABLE_HINT.format(caption=caption))
    cut = text_views.SHOWN_OF.format(total=len(rows), shown=MAX_SHOWN)
    return (
        f'<div class="records" role="region" aria-label="{hint}" tabindex="0">'
        f'<table role="table"><caption class="unseen">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
        + (f'<p class="hint">{cut}</p>' if len(rows) > MAX_SHOWN else "")
    )


def _head(column: Column, order: str) -> str:
    name = escape(column.name)
    if not column.orders:
        return f'<th role="columnheader" scope="col">{name}</th>'
    at = column.orders.index(order) if order in column.orders else -1
    following = column.orders[(at + 1) % len(column.orders)]
    sorted_as = _ARIA_SORT[order.rsplit("-", 1)[1]] if at >= 0 else "none"
    button = f'<button type="button" {view_action("sort", order=following)}>{name}</button>'
    return f'<th role="columnheader" scope="col" aria-sort="{sorted_as}">{button}</th>'


def _row(columns: Sequence[Column], cells: Sequence[str]) -> str:
    written = "".join(map(_cell, columns, cells))
    return f'<tr role="row">{written}</tr>'


def _cell(column: Column, cell: str) -> str:
    css = "silent" if cell == UNSTATED else "stated"
    return f'<td role="cell" class="{css}" data-label="{escape(column.name)}">{cell}</td>'


def status_badge(status: Status) -> str:
    """Return a status as the badge that the source pane shows too."""
    css = _STATUS_CLASS.get(status, "bad")
    return f'<span class="status {css}">{escape(text.STATUS_NOTES[status])}</span>'


def place_link(clause: Clause, start: int = 0, end: int = 0) -> str:
    """Return a chip that opens a clause in the source pane with some characters marked."""
    return clause_link(clause.id, escape(short_place(clause)), start, end, css="chip")


def stated(value: str) -> str:
    """Return a value as HTML, a dash where the gazette does not say."""
    return escape(value) if value else UNSTATED


def summary_line(*parts: str) -> str:
    """Return what a list shows in one line that a screen reader hears when it changes."""
    return f'<p class="summary" role="status">{escape("；".join(p for p in parts if p))}。</p>'
