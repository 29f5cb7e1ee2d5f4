"""A clause by name: its full text, where it stands, its neighbours and whether it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.lookup import look_up
from assistant.retrieve import store_names
from assistant.validity import clause_validity
from index.store import Store
from index.types import Clause


def find_clauses(name: str, store: Store, as_of: date | None = None) -> list[dict[str, Any]]:
    """Return the clauses a name means, as JSON objects with text and neighbours.

    A name is a clause id, or words that name a document and an article, or a document alone,
    which gives all its clauses.

    :raises LookupError: when nothing has that name.
    """
    if name in store.clauses:
        ids = [name]
    else:
        lookup = look_up(name, store_names(store))
        ids = list(lookup.clause_ids)
        if not ids and not lookup.missing:
            ids = [c.id for key in lookup.documents for c in store_names(store).clauses[key]]
        ids = ids or list(lookup.people)
        if not ids:
            missing = "、".join(lookup.missing) or name
            raise LookupError(f"{missing}：公报中没有这一条款；请写明文号或标题和条号")
    return [describe_clause(store.clauses[id_], store, as_of or date.today()) for id_ in ids]


def describe_clause(clause: Clause, store: Store, as_of: date) -> dict[str, Any]:
    """Return a clause as a JSON object; its text is read again from the store."""
    own = store_names(store).clauses[clause.document.id]
    place = own.index(clause)
    validity = clause_validity(clause, store.clauses, as_of)
    return {
        "clause_id": clause.id,
        "issue": clause.document.issue_name,
        "doc_no": clause.document.doc_no,
        "title": clause.document.title,
        "name": clause.document.name,
        "date": clause.document.date,
        "page": clause.document.page,
        "path": list(clause.path),
        "clause": clause.label,
        "columns": clause.columns,
        "text": store.reread(clause.id),
        "repaired": clause.repaired,
        "status": validity.status,
        "valid_from": validity.start,
        "valid_until": validity.end,
        "previous": own[place - 1].id if place else "",
        "next": own[place + 1].id if place + 1 < len(own) else "",
    }


def format_clause(clause: dict[str, Any]) -> str:
    """Return a described clause as text for a terminal."""
    number = f"（{clause['doc_no']}）" if clause["doc_no"] else ""
    where = " > ".join([clause["issue"], f"《{clause['name']}》{number}", *clause["path"]])
    page = f"，自第{clause['page']}页起" if clause["page"] else ""
    columns = f"{clause['columns']}\n" if clause["columns"] else ""
    return (
        f"{where} > {clause['clause']}\n{columns}{clause['text']}\n"
        f"〔{clause['status']}{page}；编号 {clause['clause_id']}〕"
    )
