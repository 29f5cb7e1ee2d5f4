"""人事任免: who was appointed to or removed from which post."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr

from assistant.appointments import Appointment, find_appointments
from assistant.page import text_views
from assistant.page.markup import escape
from assistant.page.records import Column, place_link, render_records, summary_line
from assistant.page.spreadsheet import csv_file
from assistant.page.store_loader import StoreGetter
from assistant.page.view_area import QUIET, SAVE, view_area
from index.folding import fold

_COLUMNS = tuple(Column(name) for name in text_views.PEOPLE_COLUMNS)


def build_people(get_store: StoreGetter) -> None:
    """Build the view."""
    words = gr.Textbox("", label=text_views.PEOPLE_SEARCH, max_lines=1, elem_id="people-words")
    with gr.Row(elem_classes="view-tools"):
        download = gr.Button(text_views.DOWNLOAD, size="sm", elem_id="people-csv")
    area = view_area(elem_id="people")
    file = gr.Textbox(visible="hidden")

    def choose(wanted: str) -> list[Appointment]:
        return select_appointments(find_appointments(get_store().clauses.values()), wanted)

    def show(wanted: str) -> str:
        return render_appointments(choose(wanted))

    def export(wanted: str) -> str:
        return appointments_csv(choose(wanted))

    area.shown(show, [words], [area], **QUIET)
    words.change(show, [words], [area], trigger_mode="always_last", **QUIET)
    made = download.click(export, [words], [file], **QUIET)
    made.success(None, [file], None, js=SAVE)


def select_appointments(found: Sequence[Appointment], words: str) -> list[Appointment]:
    """Return the appointments whose person, post or note holds every one of ``words``."""
    wanted = [fold(word) for word in words.split()]
    return [a for a in found if all(w in fold(f"{a.person}\n{a.post}\n{a.note}") for w in wanted)]


def render_appointments(found: Sequence[Appointment]) -> str:
    """Return appointments as a table under a line that counts them."""
    appointed = sum(a.action == "任" for a in found)
    summary = summary_line(
        text_views.PEOPLE_SHOWN.format(
            count=len(found), appointed=appointed, removed=len(found) - appointed
        )
    )
    rows = [_cells(appointment) for appointment in found]
    return summary + render_records(text_views.PEOPLE_TABLE, _COLUMNS, rows)


def _cells(appointment: Appointment) -> tuple[str, ...]:
    note = f"<small>{escape(appointment.note)}</small>" if appointment.note else ""
    action = escape(text_views.ACTIONS[appointment.action])
    return (
        f"<strong>{escape(appointment.person)}</strong>",
        f'<span class="tag kind">{action}</span>',
        f"{escape(appointment.post)}{note}",
        escape(appointment.clause.document.date),
        place_link(appointment.clause, appointment.start, appointment.end),
    )


def appointments_csv(found: Sequence[Appointment]) -> str:
    """Return appointments as a CSV file for page.js to save."""
    return csv_file(text_views.PEOPLE_FILE, text_views.PEOPLE_CSV, map(_csv_cells, found))


def _csv_cells(appointment: Appointment) -> tuple[str, ...]:
    clause, document = appointment.clause, appointment.clause.document
    action = text_views.ACTIONS[appointment.action]
    return (
        appointment.person, action, appointment.post, appointment.note, document.date,
        document.name, document.doc_no, clause.id,
    )  # fmt: skip
