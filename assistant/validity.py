"""Validity: whether a clause may be relied on at a date, and the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.plan_period import PlanPeriod, find_period
from assistant.types import Validity
from assistant.validity_wording import OLDER
from index.clause_table import ClauseTable, as_table
from index.contents import DOC_NO, normal_doc_no
from index.dates import add_period
from index.folding import fold
from index.types import Clause, Document, Fact

_PERIOD = re.compile(r"P(\d+)([YM])")


@dataclass(frozen=True, slots=True)
class _Date:
    """A day and the sentence it was read from."""

    day: str = ""  # ISO 8601, "" where nothing states it
    clause_id: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class _Terms:
    """When a document takes effect, ends, is repealed by another, and the plan's own last day."""

    start: _Date
    end: _Date
    repealed: _Date
    period: PlanPeriod | None  # the years its name gives
    planned: _Date  # the last day of these


def clause_validity(clause: Clause, clauses: Mapping[str, Clause], as_of: date) -> Validity:
    """Return the validity of a clause on ``as_of``.

    A document that states when it takes effect and no end is 有效; one that states neither, or is
    issued on trial for an unstated time, is 未载明. Repeal counts from the day the repealing
    document is dated. A clause's own end counts until its document's is past. A plan that states no
    end holds for the years its name gives.
    """
    terms = _document_terms(as_table(clauses), clause.document)
    validity = _judge(clause, terms, as_of)
    period = terms.period
    if validity.end or period is None or period.last_day >= as_of.isoformat():
        return validity
    over = _validity("已过有效期", validity.start, period.last_day, terms.planned)
    return replace(over, plan_over=period.words)


def _judge(clause: Clause, terms: _Terms, as_of: date) -> Validity:
    today = as_of.isoformat()
    start, end = terms.start, terms.end
    if not (end.day and end.day < today):
        end = _own_end(clause) or end
    if terms.repealed.day and terms.repealed.day <= today:
        return _validity("已废止", start.day, terms.repealed.day, terms.repealed)
    if end.day and end.day < today:
        return _validity("已过有效期", start.day, end.day, end)
    if not end.day and is_on_trial(clause.document):
        return _validity("未载明", start.day, "", start)
    if start.day and start.day > today:
        return _validity("未施行", start.day, end.day, start)
    if end.day and not start.day and clause.document.date > today:
        return _validity("未施行", clause.document.date, end.day, end)
    if start.day or end.day:
        return _validity("有效", start.day, end.day, end if end.day else start)
    return Validity("未载明")


def _validity(status: str, start: str, end: str, basis: _Date) -> Validity:
    return Validity(status, start, end, basis.clause_id, basis.sentence)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _document_terms(table: ClauseTable, document: Document) -> _Terms:
    own = table.of_document(document.id)
    start = next(
        (_dated(clause, fact, fact.value) for clause, fact in _stated(own, {"effective"})), _Date()
    )
    begins = start.day or document.date
    ends = (
        _dated(clause, fact, _end_date(fact.value, begins))
        for clause, fact in _stated(own, {"expiry", "trial"})
        if fact.role != "条款"
    )
    end = next((end for end in ends if end.day), _Date())
    period = find_period(document)
    planned = _last_planned(own, period) if period else _Date()
    return _Terms(start, end, _repeal(table, document), period, planned)


def _last_planned(own: tuple[Clause, ...], period: PlanPeriod) -> _Date:
    """Return a plan's last day with the line of its head that names the years."""
    head = own[0]
    named = (line for line in head.text.split("\n") if fold(period.words) in fold(line))
    return _Date(period.last_day, head.id, next(named, head.text))


def _stated(own: tuple[Clause, ...], kinds: set[str]) -> list[tuple[Clause, Fact]]:
    return [(c, fact) for c in own for fact in c.facts if fact.kind in kinds and fact.value]


def _own_end(clause: Clause) -> _Date | None:
    """Return the end a clause states for what it grants: 延长至2022年12月."""
    return next((_dated(clause, f, f.value) for f in clause.facts if f.role == "条款"), None)


def is_on_trial(document: Document) -> bool:
    """Return whether a document is issued on trial (试行)."""
    return document.name.rstrip("）)").endswith("试行")


def _end_date(value: str, start: str) -> str:
    period = _PERIOD.fullmatch(value)
    if not period:
        return value
    if not start:
        return ""
    count = int(period[1])
    return add_period(start, count if period[2] == "Y" else 0, count if period[2] == "M" else 0)


@lru_cache(maxsize=4)
def _repeals(table: ClauseTable) -> tuple[tuple[Clause, Fact], ...]:
    return tuple(_stated(tuple(table.values()), {"repeals"}))


def find_repeal(
    question: str, table: ClauseTable, nearest: Document | None = None
) -> tuple[str, Clause] | None:
    """Return what a question names that a clause repeals, by its 文号 or name, and that clause.

    The document repealed is an older one, most often not in the corpus itself. It may be called the
    old one, or the one of its year, of the document ``nearest`` to the question, which repeals it.
    None where nothing is.
    """
    named = {normal_doc_no(written) for written in re.findall(DOC_NO, question)}
    for clause, fact in _repeals(table):
        if any(number.endswith(fact.value) for number in named):
            return fact.value, clause
    older = OLDER.search(question)
    if named or older is None or nearest is None:
        return None
    for clause, fact in _repeals(table):
        if clause.document.id == nearest.id and (not older[1] or f"〔{older[1]}〕" in fact.value):
            return fact.value, clause
    return None


def _repeal(table: ClauseTable, document: Document) -> _Date:
    """Return the first repeal of a document by another that is not older than it."""
    names = {document.doc_no, document.name, document.title} - {""}
    found = [
        _dated(clause, fact, clause.document.date)
        for clause, fact in _repeals(table)
        if fact.value in names
        and clause.document.id != document.id
        and clause.document.date >= document.date
    ]
    return min(found, key=lambda dated: dated.day, default=_Date())


def _dated(clause: Clause, fact: Fact, day: str) -> _Date:
    """Return a day with the whole sentence its fact stands in."""
    start = max(clause.text.rfind(mark, 0, fact.start) for mark in "。\n") + 1
    ends = [p for mark in "。\n" if (p := clause.text.find(mark, fact.end - 1)) >= 0]
    end = min(ends) + 1 if ends else len(clause.text)
    return _Date(day, clause.id, clause.text[start:end].strip())
