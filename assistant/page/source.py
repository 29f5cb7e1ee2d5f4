"""The source pane: a whole document, at one clause, with the quoted characters marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import parse_qs

from assistant.extract import place
from assistant.page import text
from assistant.page.markup import action, clause_url, escape, highlight
from assistant.types import Validity
from assistant.validity import clause_validity
from index.store import Store
from index.types import Clause

# A first line this short above others is the title of its item.
_MAX_LEAD = 40
_STATUS_CLASS = {"有效": "good", "未载明": "plain"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clause to show and the characters of it to mark; none where ``end`` is 0."""

    clause_id: str
    start: int = 0
    end: int = 0


def read_address(query: str) -> Wanted | None:
    """Read ?clause=…&at=start-end; None where the address names no clause."""
    values = parse_qs(query.lstrip("?"))
    if "clause" not in values:
        return None
    start, _, end = values.get("at", [""])[0].partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        start = end = "0"
    return Wanted(values["clause"][0], int(start), int(end))


def render_source(wanted: Wanted | None, store: Store, as_of: date | None = None) -> str:
    """Return the pane's HTML; a hint where nothing is wanted, a message where it is not there."""
    if wanted is None:
        return f'<p class="hint">{escape(text.SOURCE_EMPTY)}</p>'
    clause = store.clauses.get(wanted.clause_id)
    if clause is None:
        missing = text.SOURCE_MISSING.format(id=wanted.clause_id[:200])
        return f'<p class="hint" role="alert">{escape(missing)}</p>'
    own = store.clauses.of_document(clause.document.id)
    validity = clause_validity(clause, store.clauses, as_of or date.today())
    return (
        f'<article class="source" aria-label="{escape(text.SOURCE)}">'
        f"{_breadcrumb(clause)}{_facts(clause, validity)}{_tools(clause, own, store, wanted)}"
        f'<div class="document" tabindex="0" role="region" '
        f'aria-label="{escape(clause.document.name)}">{"".join(_body(own, clause, wanted))}</div>'
        "</article>"
    )


def _breadcrumb(clause: Clause) -> str:
    steps = [clause.document.issue_name, f"《{clause.document.name}》", *clause.path, clause.label]
    items = [f"<li>{escape(step)}</li>" for step in steps[:-1]]
    items.append(f'<li aria-current="location">{escape(steps[-1])}</li>')
    return f'<nav class="crumbs" aria-label="{text.BREADCRUMB}"><ol>{"".join(items)}</ol></nav>'


def _facts(clause: Clause, validity: Validity) -> str:
    document = clause.document
    facts = [
        document.doc_no,
        text.DATED.format(date=document.date) if document.date else "",
        text.PAGE.format(page=document.page) if document.page else "",
        text.FROM.format(date=validity.start) if validity.start else "",
        text.TO.format(date=validity.end) if validity.end else "",
    ]
    css = _STATUS_CLASS.get(validity.status, "bad")
    badge = f'<span class="status {css}">{escape(text.STATUS_NOTES[validity.status])}</span>'
    listed = "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)
    basis = f'<p class="basis">{escape(validity.basis)}</p>' if validity.basis else ""
    repaired = f'<p class="basis">{escape(text.REPAIRED)}</p>' if clause.repaired else ""
    return f'<p class="facts">{badge}{listed}</p>{basis}{repaired}'


def _tools(clause: Clause, own: Sequence[Clause], store: Store, wanted: Wanted) -> str:
    at = own.index(clause)
    before = own[at - 1] if at else None
    after = own[at + 1] if at + 1 < len(own) else None
    body = store.reread(clause.id)
    link = clause_url(clause.id, wanted.start, wanted.end)
    buttons = [
        _step(text.PREVIOUS, before),
        _step(text.NEXT, after),
        _copy(text.COPY_CLAUSE, body),
        _copy(text.COPY_CITATION, place(clause)),
        f'<button type="button" {action("copy", link=link)}>{text.COPY_LINK}</button>',
        f'<button type="button" {action("close")}>{text.CLOSE}</button>',
    ]
    return f'<div class="tools">{"".join(buttons)}</div>'


def _step(label: str, clause: Clause | None) -> str:
    if clause is None:
        return f'<button type="button" disabled>{label}</button>'
    attributes = action("open", clause=clause.id, start=0, end=0)
    return f'<button type="button" title="{escape(clause.label)}" {attributes}>{label}</button>'


def _copy(label: str, copied: str) -> str:
    return f'<button type="button" {action("copy", text=copied)}>{label}</button>'


def _body(own: Sequence[Clause], current: Clause, wanted: Wanted) -> Iterator[str]:
    for columns, group in groupby(own, key=lambda c: c.columns if c.kind == "row" else None):
        clauses = list(group)
        if columns is not None:
            yield _table(columns, clauses, current, wanted)
        else:
            yield from (_clause(clause, current, wanted) for clause in clauses)


def _attributes(clause: Clause, current: Clause, css: str) -> str:
    if clause.id == current.id:
        return f'class="{css} current" id="current-clause" tabindex="-1" aria-current="true"'
    return f'class="{css}"'


def _marked(clause: Clause, part: str, offset: int, current: Clause, wanted: Wanted) -> str:
    """Return a part of a clause, marked where it is the clause wanted."""
    if clause.id != current.id:
        return escape(part)
    return highlight(part, wanted.start, wanted.end, offset)


def _clause(clause: Clause, current: Clause, wanted: Wanted) -> str:
    lines, offset = [], 0
    parts = clause.text.split("\n")
    for number, line in enumerate(parts):
        content = _marked(clause, line, offset, current, wanted)
        lead = number == 0 and len(parts) > 1 and len(line) <= _MAX_LEAD
        lines.append(f'<p class="lead">{content}</p>' if lead else f"<p>{content}</p>")
        offset += len(line) + 1
    if clause.kind in {"head", "heading"}:
        joined = "<br>".join(line.removeprefix("<p>").removesuffix("</p>") for line in lines)
        joined = joined.replace('<p class="lead">', "").replace("</p>", "")
        tag = "h3" if clause.kind == "head" else "h4"
        return f"<{tag} {_attributes(clause, current, clause.kind)}>{joined}</{tag}>"
    return f"<section {_attributes(clause, current, clause.kind)}>{''.join(lines)}</section>"


def _table(columns: str, rows: Sequence[Clause], current: Clause, wanted: Wanted) -> str:
    names = [name.strip() for name in columns.split("|")] if columns else []
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        f"<tr {_attributes(row, current, 'row')}>{_cells(row, current, wanted)}</tr>"
        for row in rows
    )
    thead = f"<thead><tr>{head}</tr></thead>" if names else ""
    return f'<div class="table"><table>{thead}<tbody>{body}</tbody></table></div>'


def _cells(row: Clause, current: Clause, wanted: Wanted) -> str:
    cells, offset = [], 0
    for cell in row.text.split("|"):
        cells.append(f"<td>{_marked(row, cell, offset, current, wanted)}</td>")
        offset += len(cell) + 1
    # "| a | b |": what stands outside the outer bars is no cell.
    outer = row.text.startswith("|"), row.text.rstrip().endswith("|")
    return "".join(cells[1 if outer[0] else 0 : -1 if outer[1] else None])
