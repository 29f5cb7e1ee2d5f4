"""任务分工: all tasks of an office over all documents, and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import gradio as gr

from assistant.page import text_views
from assistant.page.markup import escape
from assistant.page.records import Column, place_link, render_records, stated, summary_line
from assistant.page.spreadsheet import csv_file
from assistant.page.store_loader import StoreGetter
from assistant.page.view_area import QUIET, SAVE, view_area
from assistant.tasks import Task, find_tasks, group_offices, select_tasks
from index.store import Store

# Stands for every office in the choice of one.
EVERY = "*"
_COLUMNS = tuple(Column(name) for name in text_views.TASK_COLUMNS)


@lru_cache(maxsize=2)
def store_tasks(store: Store) -> tuple[tuple[Task, ...], dict[str, tuple[str, ...]]]:
    """Return every task of a store, and its offices with the ways each is written."""
    tasks = tuple(find_tasks(store.clauses.values()))
    return tasks, group_offices(tasks)


def build_tasks(get_store: StoreGetter) -> None:
    """Build the view."""
    with gr.Row(elem_classes="filters"):
        office = gr.Dropdown([], label=text_views.OFFICE, elem_id="office", scale=2)
        roles = gr.CheckboxGroup(
            [(name, role) for role, name in text_views.ROLE_NAMES.items()],
            value=list(text_views.ROLE_NAMES),
            label=text_views.ROLES,
        )
    with gr.Row(elem_classes="view-tools"):
        download = gr.Button(text_views.DOWNLOAD, size="sm", elem_id="tasks-csv")
    area = view_area(elem_id="tasks")
    file = gr.Textbox(visible="hidden")

    def fill() -> tuple[gr.Dropdown, str]:
        choices = office_choices(get_store())
        return gr.Dropdown(choices=choices), f'<p class="hint">{text_views.CHOOSE_OFFICE}</p>'

    def show(chosen: str | None, wanted: list[str]) -> str:
        if not chosen:
            return f'<p class="hint">{text_views.CHOOSE_OFFICE}</p>'
        return render_tasks(chosen, chosen_tasks(get_store(), chosen, wanted), get_store())

    def export(chosen: str | None, wanted: list[str]) -> str:
        return tasks_csv(chosen or EVERY, chosen_tasks(get_store(), chosen or EVERY, wanted))

    area.shown(fill, None, [office, area], **QUIET)
    inputs = [office, roles]
    changed = [office.change, roles.change]
    gr.on(changed, show, inputs, [area], trigger_mode="always_last", **QUIET)
    made = download.click(export, inputs, [file], **QUIET)
    made.success(None, [file], None, js=SAVE)


def office_choices(store: Store) -> list[tuple[str, str]]:
    """Return (shown, value) of every office, those with most tasks first."""
    tasks, offices = store_tasks(store)
    counts = {lead: sum(t.office in names for t in tasks) for lead, names in offices.items()}
    every = text_views.OFFICE_COUNT.format(office=text_views.ALL_OFFICES, count=len(tasks))
    return [
        (every, EVERY),
        *(
            (text_views.OFFICE_COUNT.format(office=lead, count=count), lead)
            for lead, count in counts.items()
        ),
    ]


def chosen_tasks(store: Store, office: str, roles: Sequence[str]) -> list[Task]:
    """Return the tasks of an office under all its names, or of every office in source order."""
    tasks, offices = store_tasks(store)
    if office == EVERY:
        return [task for task in tasks if task.role in roles]
    return select_tasks(tasks, offices.get(office, (office,)), roles)


def render_tasks(office: str, tasks: Sequence[Task], store: Store) -> str:
    """Return an office's tasks as a table under a line that counts them."""
    others = [name for name in store_tasks(store)[1].get(office, ()) if name != office]
    named = "、".join(f"“{name}”" for name in others)
    summary = summary_line(
        text_views.TASKS_SHOWN.format(
            office=text_views.ALL_OFFICES if office == EVERY else office,
            count=len(tasks),
            led=sum(task.role == "牵头单位" for task in tasks),
            due=sum(bool(task.deadlines) for task in tasks),
        ),
        text_views.ALSO_WRITTEN.format(names=named) if others else "",
    )
    rows = [_cells(task, office) for task in tasks]
    return summary + render_records(text_views.TASKS_TABLE, _COLUMNS, rows)


def _cells(task: Task, office: str) -> tuple[str, ...]:
    role = f'<span class="tag kind">{text_views.ROLE_NAMES[task.role]}</span>'
    written = f" {escape(task.office)}" if task.office != office else ""
    document = task.clause.document
    return (
        escape(task.name),
        f"{role}{written}",
        stated("、".join(fact.text for fact in task.deadlines)),
        escape(document.cite),
        place_link(task.clause, task.start, task.end),
    )


def tasks_csv(office: str, tasks: Sequence[Task]) -> str:
    """Return tasks as a CSV file for page.js to save."""
    shown = text_views.ALL_OFFICES if office == EVERY else office
    name = text_views.TASKS_FILE.format(office=shown)
    return csv_file(name, text_views.TASK_CSV, map(_csv_cells, tasks))


def _csv_cells(task: Task) -> tuple[str, ...]:
    clause, document = task.clause, task.clause.document
    deadlines = "、".join(fact.text for fact in task.deadlines)
    return (
        task.office, task.role, task.name, deadlines, task.due, document.name, document.doc_no,
        clause.label, clause.text, clause.id,
    )  # fmt: skip
