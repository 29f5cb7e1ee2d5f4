"""查条款: browse and search the documents, and what officials look for across all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import gradio as gr

from assistant.document_tree import select_documents
from assistant.limits import check_question
from assistant.page import text, text_views
from assistant.page.clause_people import build_people
from assistant.page.clause_tasks import build_tasks
from assistant.page.clause_timeline import build_timeline
from assistant.page.clause_tree import (
    distinct,
    document_choices,
    listed_documents,
    render_tree,
    search_clauses,
)
from assistant.page.events import event_values
from assistant.page.markup import escape
from assistant.page.store_loader import StoreGetter
from assistant.page.view_area import QUIET, view_area, view_frame
from assistant.types import Filters
from index.store import Store


@dataclass(frozen=True, slots=True)
class _Fields:
    """What is asked for: words and filters, in the order the handlers take them."""

    words: gr.Textbox
    document: gr.Dropdown
    kind: gr.Dropdown
    issuer: gr.Dropdown
    status: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox

    def inputs(self) -> list[gr.Textbox | gr.Dropdown]:
        """Return all fields in order."""
        return [self.words, *self.filters()]

    def filters(self) -> list[gr.Textbox | gr.Dropdown]:
        """Return the filters in order."""
        return [self.document, self.kind, self.issuer, self.status, self.since, self.until]


def build_clauses(get_store: StoreGetter) -> gr.HTML:
    """Build the tab; return the frame whose links open clauses."""
    frame = view_frame()
    with frame, gr.Tabs():
        with gr.Tab(text_views.CLAUSES_BROWSE, id="browse"):
            _build_browser(get_store)
        with gr.Tab(text_views.CLAUSES_TASKS, id="tasks"):
            build_tasks(get_store)
        with gr.Tab(text_views.CLAUSES_TIMELINE, id="timeline"):
            build_timeline(get_store)
        with gr.Tab(text_views.CLAUSES_PEOPLE, id="people"):
            build_people(get_store)
    return frame


def _build_browser(get_store: StoreGetter) -> None:
    with gr.Row(elem_classes="ask", equal_height=True):
        words = gr.Textbox(
            "",
            label=text_views.SEARCH_LABEL,
            placeholder=text_views.SEARCH_HINT,
            max_lines=1,
            scale=8,
            elem_id="clause-words",
        )
        find = gr.Button(text_views.SEARCH, variant="primary", scale=1, min_width=88)
    fields, reset = _build_filters(words)
    area = view_area(elem_id="clauses")
    _wire_browser(get_store, fields, find, reset, area)


def _wire_browser(
    get_store: StoreGetter, fields: _Fields, find: gr.Button, reset: gr.Button, area: gr.HTML
) -> None:
    unfolded = gr.Textbox("", visible="hidden")

    def fill(*asked: str | None) -> tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown, str]:
        documents = listed_documents(get_store(), date.today())
        return (
            gr.Dropdown(choices=document_choices(documents)),
            gr.Dropdown(choices=distinct(e.document.kind for e in documents)),
            gr.Dropdown(choices=distinct(e.document.issuer for e in documents)),
            show(*asked),
        )

    def show(*asked: str | None) -> str:
        return render_found(get_store(), *asked)

    def unfold(event: gr.EventData, current: str, *asked: str | None) -> tuple[str, str]:
        chosen = event_values(event).get("document", "")
        chosen = "" if chosen == current else chosen
        return chosen, show(chosen, *asked)

    asked = [unfolded, *fields.inputs()]
    triggers = [fields.words.submit, find.click, *(f.change for f in fields.filters())]
    area.shown(fill, asked, [fields.document, fields.kind, fields.issuer, area], **QUIET)
    gr.on(triggers, show, asked, [area], trigger_mode="always_last", **QUIET)
    area.unfold(unfold, asked, [unfolded, area], **QUIET)
    cleared = reset.click(lambda: [""] * len(asked), None, asked, **QUIET)
    cleared.then(show, asked, [area], **QUIET)


def _build_filters(words: gr.Textbox) -> tuple[_Fields, gr.Button]:
    everything = [(text_views.ALL, "")]
    statuses = [(shown, name) for name, shown in text.STATUS_NOTES.items()]
    with gr.Accordion(text_views.FILTERS, open=False):
        with gr.Row(elem_classes="filters"):
            document = gr.Dropdown(everything, value="", label=text_views.DOCUMENT)
            kind = gr.Dropdown(everything, value="", label=text_views.KIND, filterable=False)
            issuer = gr.Dropdown(everything, value="", label=text_views.ISSUER, filterable=False)
            status = gr.Dropdown(
                [*everything, *statuses], value="", label=text_views.STATUS, filterable=False
            )
            since = gr.Textbox(
                "", label=text_views.SINCE, placeholder=text_views.DAY_HINT, max_lines=1
            )
            until = gr.Textbox(
                "", label=text_views.UNTIL, placeholder=text_views.DAY_HINT, max_lines=1
            )
        with gr.Row(elem_classes="view-tools"):
            reset = gr.Button(text_views.RESET, size="sm")
    return _Fields(words, document, kind, issuer, status, since, until), reset


def _day_field(label: str) -> gr.Textbox:
    return gr.Textbox("", label=label, placeholder=text_views.DAY_HINT, max_lines=1)


def render_found(
    store: Store, unfolded: str | None, words: str | None, *filters: str | None
) -> str:
    """Return what is asked for as HTML: the tree without words, what they find with them.

    ``filters`` are document, kind, issuer, status, since and until; "" or None does not restrict.
    """
    document, kind, issuer, status, since, until = (value or "" for value in filters)
    try:
        days = _read_day(since), _read_day(until)
        asked = check_question(words) if words and words.strip() else ""
    except ValueError as error:
        return f'<p class="hint" role="alert">{escape(str(error))}</p>'
    wanted = Filters(issuer=issuer, kind=kind, since=days[0], until=days[1], status=status)
    listed = [
        entry
        for entry in select_documents(listed_documents(store, date.today()), wanted)
        if not document or entry.document.id == document
    ]
    if asked:
        return search_clauses(asked, store, listed, unfolded or "")
    return render_tree(listed, unfolded or document)


def _read_day(written: str) -> str:
    """Return a day as ISO 8601, "" for none.

    :raises ValueError: when it is no day.
    """
    day = written.strip()
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError as error:
        raise ValueError(text_views.BAD_DAY.format(day=day[:20])) from error
