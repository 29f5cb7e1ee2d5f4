"""时间表: deadlines and the days documents take effect and end, as a plot of days to open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

import gradio as gr

from assistant.page import text_views
from assistant.page.markup import escape
from assistant.page.records import place_link, summary_line
from assistant.page.spreadsheet import csv_file
from assistant.page.store_loader import StoreGetter
from assistant.page.view_area import QUIET, SAVE, view_area
from assistant.tasks import name_task
from assistant.timeline import Milestone, find_milestones
from index.store import Store

_KINDS = ("完成时限", "施行", "有效期届满")
# A list short enough to read at once is shown open.
_FEW = 12


@lru_cache(maxsize=2)
def store_milestones(store: Store) -> tuple[Milestone, ...]:
    """Return every milestone of a store by day."""
    return tuple(find_milestones(store.clauses))


def build_timeline(get_store: StoreGetter) -> None:
    """Build the view."""
    with gr.Row(elem_classes="filters"):
        kinds = gr.CheckboxGroup(list(_KINDS), value=list(_KINDS), label=text_views.MILESTONE_KINDS)
        ahead = gr.Checkbox(False, label=text_views.AHEAD_ONLY)
    with gr.Row(elem_classes="view-tools"):
        download = gr.Button(text_views.DOWNLOAD, size="sm", elem_id="timeline-csv")
    area = view_area(elem_id="timeline")
    file = gr.Textbox(visible="hidden")

    def choose(wanted: list[str], only_ahead: bool) -> list[Milestone]:
        return select_milestones(store_milestones(get_store()), wanted, only_ahead, date.today())

    def show(wanted: list[str], only_ahead: bool) -> str:
        return render_timeline(choose(wanted, only_ahead), date.today())

    def export(wanted: list[str], only_ahead: bool) -> str:
        return timeline_csv(choose(wanted, only_ahead))

    inputs = [kinds, ahead]
    area.shown(show, inputs, [area], **QUIET)
    changed = [kinds.change, ahead.change]
    gr.on(changed, show, inputs, [area], trigger_mode="always_last", **QUIET)
    made = download.click(export, inputs, [file], **QUIET)
    made.success(None, [file], None, js=SAVE)


def select_milestones(
    milestones: Sequence[Milestone], kinds: Sequence[str], only_ahead: bool, today: date
) -> list[Milestone]:
    """Return the milestones of some kinds, on request only those after today."""
    return [
        milestone
        for milestone in milestones
        if milestone.kind in kinds and (not only_ahead or milestone.day > today.isoformat())
    ]


def render_timeline(milestones: Sequence[Milestone], today: date) -> str:
    """Return one line for each day, as long as it holds milestones, that opens to list them."""
    if not milestones:
        return f'<p class="hint" role="status">{text_views.NOTHING_FOUND}</p>'
    ahead = sum(milestone.day > today.isoformat() for milestone in milestones)
    summary = summary_line(
        text_views.TIMELINE_SHOWN.format(count=len(milestones), ahead=ahead, today=today)
    )
    days = [(day, list(group)) for day, group in groupby(milestones, key=lambda m: m.day)]
    longest = max(len(group) for _, group in days)
    is_open = len(milestones) <= _FEW
    items = "".join(_day(day, group, longest, today, is_open) for day, group in days)
    return f'{summary}<ol class="timeline" aria-label="{text_views.TIMELINE}">{items}</ol>'


def _day(day: str, group: Sequence[Milestone], longest: int, today: date, is_open: bool) -> str:
    width = round(100 * len(group) / longest)
    state = _distance(day, today)
    css = "ahead" if day > today.isoformat() else "past"
    items = "".join(_milestone(milestone) for milestone in group)
    count = text_views.MILESTONES_OF_DAY.format(count=len(group))
    return (
        f'<li class="{css}"><details{" open" if is_open else ""}><summary>'
        f'<span class="day">{escape(day or text_views.NO_DAY)}</span>'
        f'<span class="bar" aria-hidden="true"><i style="width:{width}%"></i></span>'
        f'<span class="count">{count}</span><span class="left">{state}</span>'
        f"</summary><ul>{items}</ul></details></li>"
    )


def _distance(day: str, today: date) -> str:
    if not day:
        return ""
    days = (date.fromisoformat(day) - today).days
    if days == 0:
        return text_views.DAY_TODAY
    return text_views.DAYS_LEFT.format(days=days) if days > 0 else text_views.DAY_PASSED


def _milestone(milestone: Milestone) -> str:
    link = place_link(milestone.clause, milestone.start, milestone.end)
    return (
        f'<li><span class="tag kind">{milestone.kind}</span> {escape(_subject(milestone))} '
        f'<span class="case">{escape(milestone.text)}</span> {link}</li>'
    )


def _subject(milestone: Milestone) -> str:
    """Return what a milestone is of: a task, or the document whose term it is."""
    if milestone.kind == "完成时限":
        return name_task(milestone.clause)
    return milestone.clause.document.cite


def timeline_csv(milestones: Sequence[Milestone]) -> str:
    """Return milestones as a CSV file for page.js to save."""
    return csv_file(text_views.TIMELINE_FILE, text_views.MILESTONE_CSV, map(_csv_cells, milestones))


def _csv_cells(milestone: Milestone) -> tuple[str, ...]:
    clause, document = milestone.clause, milestone.clause.document
    return (
        milestone.day, milestone.kind, milestone.text, _subject(milestone), document.name,
        document.doc_no, clause.label, clause.id,
    )  # fmt: skip
