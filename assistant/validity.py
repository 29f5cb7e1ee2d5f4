"""Validity: whether a clause may be relied on at a date, and the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from assistant.types import Validity
from index.dates import add_period
from index.types import Clause, Fact

_PERIOD = re.compile(r"P(\d+)([YM])")


def clause_validity(clause: Clause, clauses: Mapping[str, Clause], as_of: date) -> Validity:
    """Return the validity of a clause on ``as_of``.

    A document that states when it takes effect and no end is 有效; one that states neither, or is
    issued on trial for an unstated time, is 未载明. Repeal counts from the day the repealing
    document is dated.
    """
    own = [c for c in clauses.values() if c.document.key == clause.document.key]
    start, start_source = _effective(own)
    today = as_of.isoformat()
    end, end_source = _end(clause, own, start or clause.document.date, today)
    repealed = _repeal(clause, clauses)
    if repealed and repealed[0] <= today:
        return Validity("已废止", start, repealed[0], *_basis(repealed[1], repealed[2]))
    if end and end < today:
        return Validity("已过有效期", start, end, *end_source)
    if not end and _is_on_trial(clause):
        return Validity("未载明", start, "", *start_source)
    if start and start > today:
        return Validity("未施行", start, end, *start_source)
    if end and not start and clause.document.date > today:
        return Validity("未施行", clause.document.date, end, *end_source)
    if start or end:
        return Validity("有效", start, end, *(end_source if end else start_source))
    return Validity("未载明")


def _effective(own: list[Clause]) -> tuple[str, tuple[str, str]]:
    for clause in own:
        for fact in clause.facts:
            if fact.kind == "effective" and fact.value:
                return fact.value, _basis(clause, fact)
    return "", ("", "")


def _end(clause: Clause, own: list[Clause], start: str, today: str) -> tuple[str, tuple[str, str]]:
    """Return the end that counts today: the document's once it is past, a clause's own before."""
    document = ("", ("", ""))
    for other in own:
        for fact in other.facts:
            if fact.kind in {"expiry", "trial"} and fact.role != "条款":
                end = _end_date(fact.value, start)
                if end and not document[0]:
                    document = (end, _basis(other, fact))
    if document[0] and document[0] < today:
        return document
    for fact in clause.facts:
        if fact.kind == "expiry" and fact.role == "条款":
            return fact.value, _basis(clause, fact)
    return document


def _is_on_trial(clause: Clause) -> bool:
    """Return whether a document is issued on trial (试行) without saying for how long."""
    return clause.document.name.rstrip("）)").endswith("试行")


def _end_date(value: str, start: str) -> str:
    period = _PERIOD.fullmatch(value)
    if not period:
        return value
    if not start:
        return ""
    count = int(period[1])
    return add_period(start, count if period[2] == "Y" else 0, count if period[2] == "M" else 0)


def _repeal(clause: Clause, clauses: Mapping[str, Clause]) -> tuple[str, Clause, Fact] | None:
    document = clause.document
    for other in clauses.values():
        for fact in other.facts:
            names = {document.doc_no, document.name, document.title} - {""}
            if fact.kind == "repeals" and fact.value in names and other.document != document:
                return other.document.date, other, fact
    return None


def _basis(clause: Clause, fact: Fact) -> tuple[str, str]:
    """Return (clause id, the whole sentence a fact stands in)."""
    start = max(clause.text.rfind(mark, 0, fact.start) for mark in "。\n") + 1
    ends = [p for mark in "。\n" if (p := clause.text.find(mark, fact.end - 1)) >= 0]
    end = min(ends) + 1 if ends else len(clause.text)
    return clause.id, clause.text[start:end].strip()
