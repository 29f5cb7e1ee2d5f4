"""Who has which tasks: every duty the documents give an office, with its deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.sentences import split_sentences
from index.folding import fold
from index.rows import name_cells
from index.types import Clause, Fact

_TASK_COLUMN = re.compile(r"任务|事项|项目|工作|内容")
_ROLES = ("牵头单位", "责任单位", "配合单位")
# 市工信局 is short for 市工业和信息化局; below four characters too many names would match.
_MIN_SHORT = 4
_BODY = "局委办府院会社部"
_LIST = re.compile(r"[（(<〈、各]")


@dataclass(frozen=True, slots=True)
class Task:
    """An office's part in what a clause orders: ``clause.text[start:end] == office``."""

    clause: Clause
    office: str  # as written there
    role: str  # 牵头单位 责任单位 配合单位
    name: str  # what is to be done, verbatim: 培育壮大农业龙头。
    deadlines: tuple[Fact, ...]  # of the clause, in its order
    start: int
    end: int

    @property
    def due(self) -> str:
        """The earliest day a deadline names, ISO 8601; "" where none names a day."""
        return min((f.value for f in self.deadlines if is_day(f.value)), default="")


def is_day(value: str) -> bool:
    """Return whether a deadline's value is a day, not 长期坚持 or 5个工作日."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None


def find_tasks(clauses: Iterable[Clause]) -> list[Task]:
    """Return every task in source order; an office named twice in one role of a clause once."""
    tasks = []
    for clause in clauses:
        deadlines = tuple(fact for fact in clause.facts if fact.kind == "deadline")
        seen: set[tuple[str, str]] = set()
        for fact in clause.facts:
            if fact.kind == "duty" and (fact.value, fact.role) not in seen:
                seen.add((fact.value, fact.role))
                name = name_task(clause)
                tasks.append(
                    Task(clause, fact.value, fact.role, name, deadlines, fact.start, fact.end)
                )
    return tasks


def name_task(clause: Clause) -> str:
    """Return what a clause orders, in its own words: its title, or its first sentence.

    A table row is named by the column of tasks, a further paragraph by the item it belongs to.
    """
    if clause.kind == "row":
        return _name_row(clause)
    if clause.kind == "paragraph" and clause.path:
        return clause.path[-1]
    pieces = [s for s in split_sentences(clause) if s.kind != "annotation"]
    return pieces[0].text if pieces else clause.text


def _name_row(clause: Clause) -> str:
    cells = [(column, cell) for column, cell in name_cells(clause) if not cell.isdigit()]
    offices = {fact.value for fact in clause.facts if fact.kind == "duty"}
    named = [cell for column, cell in cells if _TASK_COLUMN.search(column)]
    others = [cell for _, cell in cells if cell not in offices]
    return (named or others or [clause.text])[0]


def group_offices(tasks: Sequence[Task]) -> dict[str, tuple[str, ...]]:
    """Return each office's most used name with all ways it is written, most tasks first.

    Names differ in punctuation, 各县(市、区) and 各县（市、区）, or one abbreviates the other.
    """
    counts = Counter(task.office for task in tasks)
    groups: dict[str, list[str]] = {}
    for name, _ in sorted(counts.items(), key=lambda item: -item[1]):
        known = next((lead for lead in groups if is_same_office(lead, name)), name)
        groups.setdefault(known, []).append(name)
    totals = {lead: sum(counts[name] for name in names) for lead, names in groups.items()}
    return {lead: tuple(groups[lead]) for lead in sorted(groups, key=lambda o: -totals[o])}


def is_same_office(one: str, other: str) -> bool:
    """Return whether two names are of one office: 市工信局 and 市工业和信息化局.

    The short name's characters stand in the long one in order, first and last alike. Names of
    many offices (各县（市、区）人民政府) must agree in every word.
    """
    short, long = sorted((fold(one), fold(other)), key=len)
    if short == long:
        return True
    if _LIST.search(one) or _LIST.search(other) or len(short) < _MIN_SHORT:
        return False
    if short[0] != long[0] or short[-1] != long[-1] or short[-1] not in _BODY:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def select_tasks(
    tasks: Iterable[Task], offices: Sequence[str], roles: Sequence[str] = _ROLES
) -> list[Task]:
    """Return the tasks of an office under any of its names, those it leads first, then by day.

    Tasks without a day stand behind those with one.
    """
    mine = [task for task in tasks if task.office in offices and task.role in roles]
    return sorted(mine, key=lambda t: (_ROLES.index(t.role), t.due or "9999"))
