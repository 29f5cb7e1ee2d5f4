"""The benefits of a collection as a reader filters and sorts them, each with its status today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.benefits import Benefit, find_benefits
from assistant.types import Status
from assistant.validity import clause_validity
from index.clause_table import as_table
from index.figures import find_figures
from index.folding import fold
from index.types import Clause

SortKey = Literal["source", "kind", "who", "amount", "until", "status"]

# What is given to enterprises is given to small ones too; their own benefits stand first.
WIDER = {
    "小微企业": "企业",
    "龙头企业": "企业",
    "老年人": "居民",
    "残疾人": "居民",
    "未成年人": "居民",
}
_STATUSES: tuple[Status, ...] = ("有效", "未载明", "未施行", "已过有效期", "已废止")


@dataclass(frozen=True, slots=True)
class ListedBenefit:
    """A benefit and whether it can be claimed on the day of the list."""

    benefit: Benefit
    status: Status
    order: int  # place in the collection, from 0

    @property
    def clause(self) -> Clause:
        """The clause that grants it."""
        return self.benefit.clause


def list_benefits(clauses: Mapping[str, Clause], as_of: date) -> list[ListedBenefit]:
    """Return every benefit in source order with its status on ``as_of``."""
    table = as_table(clauses)
    found = find_benefits(table.values())
    return [
        ListedBenefit(benefit, _status(benefit, table, as_of), order)
        for order, benefit in enumerate(found)
    ]


def _status(benefit: Benefit, clauses: Mapping[str, Clause], as_of: date) -> Status:
    """Return the clause's status, unless the benefit states an end of its own."""
    status = clause_validity(benefit.clause, clauses, as_of).status
    if not benefit.until or status == "已废止":
        return status
    if benefit.until < as_of.isoformat():
        return "已过有效期"
    return "有效" if status == "已过有效期" else status


def count_groups(rows: Iterable[ListedBenefit]) -> dict[str, int]:
    """Return how many benefits name each group of readers, most first."""
    return dict(Counter(g for row in rows for g in row.benefit.groups).most_common())


def select_benefits(
    rows: Iterable[ListedBenefit],
    group: str = "",
    kind: str = "",
    status: str = "",
    words: str = "",
) -> list[ListedBenefit]:
    """Return the rows that pass every filter; "" lets all through.

    A group also gets what the wider group gets (小微企业: 企业), behind its own. ``words`` are
    looked for in a row, its document's title and 文号; all of them must occur.
    """
    wanted = [fold(word) for word in words.split()]
    chosen = [
        row
        for row in rows
        if (not group or _concerns(row, group))
        and (not kind or row.benefit.kind == kind)
        and (not status or row.status == status)
        and _mentions(row, wanted)
    ]
    return sorted(chosen, key=lambda row: bool(group) and group not in row.benefit.groups)


def _concerns(row: ListedBenefit, group: str) -> bool:
    return group in row.benefit.groups or WIDER.get(group) in row.benefit.groups


def _mentions(row: ListedBenefit, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    benefit, document = row.benefit, row.clause.document
    parts = (
        benefit.kind, benefit.who, benefit.what, benefit.amount, benefit.case, benefit.condition,
        benefit.limit, benefit.office, benefit.quote, *benefit.groups,
        document.name, document.doc_no, row.clause.label,
    )  # fmt: skip
    text = fold("\n".join(parts))
    return all(word in text for word in wanted)


def sort_benefits(
    rows: Sequence[ListedBenefit], key: SortKey, descending: bool = False
) -> list[ListedBenefit]:
    """Return the rows in another order; what a row does not say stands last either way.

    An amount counts by the largest sum of money in it; equal rows keep their order.
    """
    if key == "source":
        return list(rows)
    stated = [row for row in rows if _sort_value(row, key) is not None]
    silent = [row for row in rows if _sort_value(row, key) is None]
    return sorted(stated, key=lambda row: _comparable(row, key), reverse=descending) + silent


def _comparable(row: ListedBenefit, key: SortKey) -> tuple[Decimal, str]:
    value = _sort_value(row, key)
    return (value, "") if isinstance(value, Decimal) else (Decimal(0), value or "")


def _sort_value(row: ListedBenefit, key: SortKey) -> Decimal | str | None:
    if key == "amount":
        return largest_sum(row.benefit.amount)
    if key == "status":
        return str(_STATUSES.index(row.status))
    values = {"kind": row.benefit.kind, "who": row.benefit.who, "until": row.benefit.until}
    return values[key] or None


def largest_sum(amount: str) -> Decimal | None:
    """Return the largest sum of money in yuan that an amount states, None for 30% or 6个月."""
    sums = [f.value for f in find_figures(amount) if f.kind == "money"]
    return max((value for value in sums if isinstance(value, Decimal)), default=None)
