"""Complete lists of who must do what: all tasks of an office, all documents that state a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.select import Quote
from assistant.sentences import column_of, split_sentences
from assistant.types import Leg, Lookup, Passage
from index.folding import fold
from index.types import Clause

_ASKS_TASKS = re.compile(
    r"(?:牵头|负责|承担|责任|参与|配合)[^，。？?]{0,8}(?:哪|什么|几|多少)"
    r"|(?:哪|什么|几)[^，。？?]{0,6}(?:任务|工作|事项|职责)"
)
_LEADS = re.compile(r"牵头")
# Shorter names stand inside too many others.
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


def select_tasks(clauses: Sequence[Clause]) -> list[Quote]:
    """Return, for each task, the pieces that name it and say by when."""
    quotes = []
    for clause in clauses:
        sentences = split_sentences(clause)
        name = next((s for s in sentences if not s.text.isdigit()), None)
        if name is None:
            continue
        due = [s for s in sentences if column_of(s) == "完成时限"]
        passage = Passage(0, clause, 1.0, (Leg("exact", 1, 1.0),))
        quotes.append(Quote(passage, (name, *due)))
    return quotes
