"""The benefits as a table and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from assistant.benefit_list import WIDER, ListedBenefit, count_groups, list_benefits
from assistant.page import text_views
from assistant.page.markup import emphasise, escape
from assistant.page.records import (
    Column,
    place_link,
    render_records,
    stated,
    status_badge,
    summary_line,
)
from assistant.page.spreadsheet import csv_file
from index.store import Store

_ORDERS = {
    "who": ("who-asc",),
    "what": ("kind-asc",),
    "amount": ("amount-desc", "amount-asc"),
    "until": ("until-asc", "until-desc"),
    "clause": ("source-asc",),
}
_COLUMNS = tuple(
    Column(name, _ORDERS.get(key, ())) for key, name in text_views.BENEFIT_COLUMNS.items()
)
_ENDED = {"已过有效期", "已废止"}


@lru_cache(maxsize=2)
def listed_benefits(store: Store, as_of: date) -> tuple[ListedBenefit, ...]:
    """Return the benefits of a store as they stand on a day."""
    return tuple(list_benefits(store.clauses, as_of))


def group_choices(rows: Sequence[ListedBenefit]) -> list[tuple[str, str]]:
    """Return (shown, value) of the 「我是…」 filter."""
    counted = [
        (text_views.GROUP_COUNT.format(group=group, count=count), group)
        for group, count in count_groups(rows).items()
    ]
    return [(text_views.GROUP_COUNT.format(group=text_views.ALL, count=len(rows)), ""), *counted]


def render_benefits(
    shown: Sequence[ListedBenefit], every: Sequence[ListedBenefit], group: str, order: str
) -> str:
    """Return the table of the benefits shown under a line that says what is and what is not."""
    rows = [_cells(row) for row in shown]
    table = render_records(text_views.BENEFITS_TABLE, _COLUMNS, rows, order)
    return _summary(shown, every, group) + table


def _summary(shown: Sequence[ListedBenefit], every: Sequence[ListedBenefit], group: str) -> str:
    ended = sum(row.status in _ENDED for row in shown)
    own = sum(group in row.benefit.groups for row in shown)
    silent = sum(not row.benefit.groups for row in every)
    return summary_line(
        text_views.BENEFITS_SHOWN.format(shown=len(shown), total=len(every)),
        text_views.BENEFITS_ENDED.format(count=ended) if ended else "",
        text_views.BENEFITS_WIDER.format(
            group=group, own=own, wider=WIDER[group], others=len(shown) - own
        )
        if group in WIDER and own < len(shown)
        else "",
        text_views.BENEFITS_SILENT.format(count=silent, all=text_views.ALL) if group else "",
    )


def _cells(row: ListedBenefit) -> tuple[str, ...]:
    """Return the cells of a row as HTML, in the order of the columns."""
    benefit = row.benefit
    groups = "".join(f'<span class="tag">{escape(g)}</span>' for g in benefit.groups)
    case = f' <span class="case">（{escape(benefit.case)}）</span>' if benefit.case else ""
    limit = f"<small>{emphasise(benefit.limit)}</small>" if benefit.limit else ""
    amount = emphasise(benefit.amount) if benefit.amount else stated("")
    return (
        f'{stated(benefit.who)}<span class="tags">{groups}</span>',
        f'<span class="tag kind">{escape(benefit.kind)}</span> {escape(benefit.what)}{case}',
        f"{amount}{limit}",
        stated(benefit.condition),
        stated(benefit.office),
        f"{escape(benefit.until)} {status_badge(row.status)}",
        place_link(row.clause, benefit.start, benefit.end),
    )


def benefits_csv(rows: Iterable[ListedBenefit], as_of: date) -> str:
    """Return the rows as a CSV file for page.js to save."""
    header = [name.format(date=as_of.isoformat()) for name in text_views.BENEFIT_CSV]
    return csv_file(
        f"{text_views.BENEFITS_FILE}-{as_of.isoformat()}", header, map(_csv_cells, rows)
    )


def _csv_cells(row: ListedBenefit) -> tuple[str, ...]:
    benefit, clause = row.benefit, row.clause
    return (
        benefit.kind, benefit.who, benefit.what, benefit.amount, benefit.case, benefit.condition,
        benefit.limit, benefit.office, benefit.until, row.status, clause.document.name,
        clause.document.doc_no, clause.label, benefit.quote, clause.id,
    )  # fmt: skip
