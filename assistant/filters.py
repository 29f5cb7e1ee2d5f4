"""Filters: which clauses retrieval may return."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.types import Filters
from assistant.validity import clause_validity
from index.contents import normal_doc_no
from index.types import Clause


def allowed_clauses(
    clauses: Mapping[str, Clause], filters: Filters, as_of: date | None = None
) -> set[str]:
    """Return the ids of the clauses a filter lets through; an empty field does not restrict.

    A document without a date passes no filter by date.
    """
    number = normal_doc_no(filters.doc_no) if filters.doc_no else ""
    allowed = {
        clause.id
        for clause in clauses.values()
        if (not filters.issue or clause.document.issue == filters.issue)
        and (not number or clause.document.doc_no == number)
        and (not filters.issuer or clause.document.issuer == filters.issuer)
        and (not filters.kind or clause.document.kind == filters.kind)
        and (not filters.since or clause.document.date >= filters.since)
        and (not filters.until or "" < clause.document.date <= filters.until)
    }
    if not filters.status:
        return allowed
    statuses: dict[str, str] = {}
    for id_ in allowed:
        place = _judged_as(clauses[id_])
        if place not in statuses:
            validity = clause_validity(clauses[id_], clauses, as_of or date.today())
            statuses[place] = validity.status
    return {id_ for id_ in allowed if statuses[_judged_as(clauses[id_])] == filters.status}


def _judged_as(clause: Clause) -> str:
    """Return what clauses of one status have in common: their document, or a term of their own."""
    has_term = any(fact.role == "条款" for fact in clause.facts)
    return clause.id if has_term else clause.document.id
