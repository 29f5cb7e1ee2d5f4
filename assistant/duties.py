"""Complete lists of who must do what: all tasks of an office, all documents that state a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.types import Lookup
from index.folding import fold
from index.types import Clause

_ASKS_TASKS = re.compile(
    r"(?:牵头|负责|承担|责任|参与|配合)[^，。？?]{0,8}(?:哪|什么|几|多少)|(?:哪|什么|几)[^，。？?]{0,6}(?:任务|工作|事项|职责)"
)
_LEADS = re.compile(r"牵头")
# A short office name such as 市林业局 stands for 市林业局 in a duty; 各县（市、区）人民政府 for itself.
_MIN_OFFICE = 3


def find_tasks(question: str, lookup: Lookup, clauses: Mapping[str, Clause]) -> list[Clause]:
    """Return every clause in which the office a question names has a duty, in source order.

    [] unless the question asks for an office's tasks. A question that says 牵头 gets only what the
    office leads; a document it names restricts the list.
    """
    if not _ASKS_TASKS.search(question):
        return []
    office = _named_office(question, clauses.values())
    if not office:
        return []
    roles = {"牵头单位"} if _LEADS.search(question) else {"牵头单位", "责任单位", "配合单位"}
    return [
        clause
        for clause in clauses.values()
        if (not lookup.documents or clause.document.key in lookup.documents)
        and any(f.kind == "duty" and f.role in roles and f.value == office for f in clause.facts)
    ]


def _named_office(question: str, clauses: Iterable[Clause]) -> str:
    """Return the longest office of any duty that stands in the question."""
    offices = {f.value for clause in clauses for f in clause.facts if f.kind == "duty"}
    named = [o for o in offices if len(o) >= _MIN_OFFICE and fold(o) in fold(question)]
    return max(named, key=lambda office: (len(office), office), default="")


def task_line(clause: Clause) -> str:
    """Return what a task is called: a row's second cell, or the run-in title of an item."""
    if clause.kind == "row":
        cells = [cell.strip() for cell in clause.text.strip().strip("|").split("|")]
        return next((cell for cell in cells if cell and not cell.isdigit()), clause.label)
    first = clause.text.split("\n")[0]
    return re.split(r"[。：:]", first, maxsplit=1)[0]


def deadline_of(clause: Clause) -> str:
    """Return a clause's 完成时限 as written, "" where it states none."""
    return next((f.text for f in clause.facts if f.kind == "deadline" and f.role), "")


def sort_by_document(clauses: Sequence[Clause]) -> list[Clause]:
    """Return clauses grouped by document, in source order."""
    return sorted(clauses, key=lambda clause: (clause.document.issue, clause.order))
