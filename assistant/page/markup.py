"""Text → HTML: everything is escaped here, then cited, emphasised or highlighted.

Documents, questions and model output are untrusted; no other module of the page writes a character
of theirs into HTML but through ``escape``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import quote

from index.figures import find_figures
from index.types import Clause

# Figures a reader looks for; ordinals, counts and 文号 would make a page of bold type.
_EMPHASISED = frozenset({"money", "percent", "date", "duration"})
_MARK = re.compile(r"\[(\d{1,3})\]")
_SHORT_NUMBER = re.compile(r"〔\d{4}〕\d+号")
_MAX_NAME = 12


def escape(text: str) -> str:
    """Return text as HTML that shows the same characters and does nothing."""
    return html.escape(text, quote=True)


def clause_url(clause_id: str, start: int = 0, end: int = 0) -> str:
    """Return the address, relative to the page, that reopens a clause with a quote marked."""
    at = f"&at={start}-{end}" if end > start else ""
    return f"?clause={quote(clause_id, safe='')}{at}"


def action(name: str, **values: str | int) -> str:
    """Return the attributes that make an element fire an event of the page (page.js)."""
    written = "".join(f' data-{key}="{escape(str(value))}"' for key, value in values.items())
    return f'data-act="{name}"{written}'


def clause_link(clause_id: str, content: str, start: int = 0, end: int = 0, css: str = "") -> str:
    """Return a link that opens a clause in the source pane; ``content`` is HTML already."""
    return (
        f'<a class="{escape(css or "open")}" href="{escape(clause_url(clause_id, start, end))}" '
        f"{action('open', clause=clause_id, start=start, end=end)}>{content}</a>"
    )


def short_place(clause: Clause) -> str:
    """Return a clause's place as short as it is still clear: 〔2022〕14号 第十一条."""
    number = _SHORT_NUMBER.search(clause.document.doc_no)
    name = clause.document.name
    short = name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME]}…"
    return f"{number[0] if number else short} {clause.label}"


def emphasise(text: str) -> str:
    """Return escaped text with its amounts, percentages, dates and durations in bold."""
    parts, last = [], 0
    for figure in find_figures(text):
        if figure.kind in _EMPHASISED:
            parts.append(escape(text[last : figure.start]))
            parts.append(f"<strong>{escape(figure.text)}</strong>")
            last = figure.end
    return "".join([*parts, escape(text[last:])])


def with_chips(text: str, chips: Mapping[str, str]) -> str:
    """Return text as HTML; each [n] that ``chips`` knows becomes that chip, others stay as text."""
    parts, last = [], 0
    for mark in _MARK.finditer(text):
        if mark[1] in chips:
            parts.append(emphasise(text[last : mark.start()]))
            parts.append(chips[mark[1]])
            last = mark.end()
    return "".join([*parts, emphasise(text[last:])])


def highlight(text: str, start: int, end: int, offset: int = 0) -> str:
    """Return ``text`` escaped, with the characters from ``start`` to ``end`` in <mark>.

    ``offset`` is where ``text`` begins in the string that ``start`` and ``end`` index.
    """
    first = min(max(start - offset, 0), len(text))
    last = min(max(end - offset, 0), len(text))
    if first >= last or not text[first:last].strip():
        return escape(text)
    return f"{escape(text[:first])}<mark>{escape(text[first:last])}</mark>{escape(text[last:])}"
