"""Complete lists of who must do what: all tasks of an office, all documents that state a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from assistant.select import Quote
from assistant.sentences import column_of, split_sentences
from assistant.types import Leg, Lookup, Passage
from index.clause_table import ClauseTable, as_table
from index.folding import fold
from index.types import Clause

_ASKS_TASKS = re.compile(
    r"(?:牵头|负责|承担|责任|参与|配合)(?!的?(?:部门|单位|人|领导|机构))[^，。？?]{0,8}(?:哪|什么|几|多少)"
    r"|(?:哪|什么|几)[^，。？?]{0,6}(?:任务|工作|事项|职责)"
)
# The tasks of a document that is not recognised are searched for, not listed from all of them.
_OF_DOCUMENT = re.compile(
    "(?:方案|办法|规划|计划|意见|措施|通知|文件)[”》」]?(?:[里中上，,]|“|规定|的|明确)"
)
_LEADS = re.compile(r"牵头")
# Shorter names stand inside too many others.
_MIN_OFFICE = 3


def find_tasks(question: str, lookup: Lookup, clauses: Mapping[str, Clause]) -> list[Clause]:
    """Return every clause in which the office a question names has a duty, in source order.

    [] unless the question asks for an office's tasks. A question that says 牵头 gets only what the
    office leads; a document it names restricts the list.
    """
    if not _ASKS_TASKS.search(question) or (_OF_DOCUMENT.search(question) and not lookup.documents):
        return []
    duties = _duties(as_table(clauses))
    office = _named_office(question, duties)
    if not office:
        return []
    roles = {"牵头单位"} if _LEADS.search(question) else {"牵头单位", "责任单位", "配合单位"}
    return [
        clause
        for clause in duties[office]
        if (not lookup.documents or clause.document.id in lookup.documents)
        and any(f.kind == "duty" and f.role in roles and f.value == office for f in clause.facts)
    ]


def find_idle_office(question: str, clauses: Mapping[str, Clause]) -> tuple[str, int]:
    """Return an office that leads nothing although its lead is asked for, and how much it shares.

    ("", 0) for every other question.
    """
    if not (_ASKS_TASKS.search(question) and _LEADS.search(question)):
        return "", 0
    duties = _duties(as_table(clauses))
    office = _named_office(question, duties)
    own = duties.get(office, [])
    leads = any(f.role == "牵头单位" and f.value == office for clause in own for f in clause.facts)
    return ("", 0) if leads or not office else (office, len(own))


@lru_cache(maxsize=4)
def _duties(table: ClauseTable) -> dict[str, list[Clause]]:
    """Return the clauses in which each office has a duty, in source order."""
    duties: dict[str, list[Clause]] = {}
    for clause in table.values():
        for office in dict.fromkeys(f.value for f in clause.facts if f.kind == "duty"):
            duties.setdefault(office, []).append(clause)
    return duties


def _named_office(question: str, offices: Iterable[str]) -> str:
    """Return the longest office that stands in the question."""
    asked = fold(question)
    named = [o for o in offices if len(o) >= _MIN_OFFICE and fold(o) in asked]
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
