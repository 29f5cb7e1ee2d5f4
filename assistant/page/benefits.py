"""惠民惠企: every benefit of the gazette as a table; each row opens its clause."""

from __future__ import annotations

from datetime import date
from typing import cast

import gradio as gr

from assistant.benefit_list import ListedBenefit, SortKey, select_benefits, sort_benefits
from assistant.page import benefit_table, text, text_views
from assistant.page.events import event_values
from assistant.page.store_loader import StoreGetter
from assistant.page.view_area import QUIET, SAVE, view_area, view_frame
from assistant.types import Status

_DEFAULTS = ("", "", "", "", "source-asc")  # group, kind, status, words, order
_STATUSES: tuple[Status, ...] = ("有效", "未载明", "未施行", "已过有效期", "已废止")


def build_benefits(get_store: StoreGetter) -> gr.HTML:
    """Build the tab; return the frame whose links open clauses."""
    frame = view_frame()
    with frame:
        _build(get_store)
    return frame


def _build(get_store: StoreGetter) -> None:
    gr.Markdown(text_views.BENEFITS_INTRO)
    fields = _filters()
    with gr.Row(elem_classes="view-tools"):
        download = gr.Button(text_views.DOWNLOAD, size="sm", elem_id="benefits-csv")
        reset = gr.Button(text_views.RESET, size="sm")
    area = view_area(elem_id="benefits")
    file = gr.Textbox(visible="hidden")

    def every() -> tuple[ListedBenefit, ...]:
        return benefit_table.listed_benefits(get_store(), date.today())

    def show(*chosen: str) -> str:
        rows = _choose(every(), *chosen)
        return benefit_table.render_benefits(rows, every(), chosen[0] or "", chosen[4])

    def fill(*chosen: str) -> tuple[gr.Radio, gr.Dropdown, str]:
        kinds = sorted({row.benefit.kind for row in every()})
        return (
            gr.Radio(choices=benefit_table.group_choices(every())),
            gr.Dropdown(choices=[(text_views.ALL, ""), *((kind, kind) for kind in kinds)]),
            show(*chosen),
        )

    def sort(event: gr.EventData) -> str:
        order = event_values(event).get("order", "")
        return order if order in text_views.SORTS else _DEFAULTS[4]

    def export(*chosen: str) -> str:
        return benefit_table.benefits_csv(_choose(every(), *chosen), date.today())

    area.shown(fill, fields, [fields[0], fields[1], area], **QUIET)
    gr.on([f.change for f in fields], show, fields, [area], trigger_mode="always_last", **QUIET)
    area.sort(sort, None, [fields[4]], **QUIET)
    reset.click(lambda: _DEFAULTS, None, fields, **QUIET)
    made = download.click(export, fields, [file], **QUIET)
    made.success(None, [file], None, js=SAVE)


def _filters() -> list[gr.Radio | gr.Dropdown | gr.Textbox]:
    group, kind, status, words, order = _DEFAULTS
    everyone = [(text_views.ALL, "")]
    statuses = [(text.STATUS_NOTES[name], name) for name in _STATUSES]
    orders = [(name, value) for value, name in text_views.SORTS.items()]
    who = gr.Radio(everyone, value=group, label=text_views.I_AM, elem_id="benefit-groups")
    with gr.Row(elem_classes="filters"):
        search = gr.Textbox(
            words,
            label=text_views.BENEFIT_SEARCH,
            placeholder=text_views.BENEFIT_SEARCH_HINT,
            max_lines=1,
            elem_id="benefit-words",
        )
        what = gr.Dropdown(everyone, value=kind, label=text_views.BENEFIT_KIND, filterable=False)
        held = gr.Dropdown(
            [*everyone, *statuses], value=status, label=text_views.STATUS, filterable=False
        )
        by = gr.Dropdown(orders, value=order, label=text_views.SORT, filterable=False)
    return [who, what, held, search, by]


def _choose(
    every: tuple[ListedBenefit, ...], group: str, kind: str, status: str, words: str, order: str
) -> list[ListedBenefit]:
    rows = select_benefits(every, group or "", kind or "", status or "", words)
    key, _, direction = order.partition("-")
    if key == "source":
        return rows
    return sort_benefits(rows, cast(SortKey, key), direction == "desc")
