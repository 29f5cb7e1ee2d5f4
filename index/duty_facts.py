"""Who must do it, and by when: annotations （牵头单位：…；完成时限：…） and table columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.dates import DATE_PATTERN, last_day
from index.rows import split_cells
from index.types import Clause, Fact

_ROLES = ("牵头单位", "责任单位", "配合单位", "完成时限")
_ROLE = re.compile(rf"({'|'.join(_ROLES)})\s*[:：]\s*")
# （市发改委、市财政局等按职责分工负责，各县（市、区）人民政府负责落实）: offices named before what
# they do, without a role.
_INSIDE = r"(?:[^（(〔［\[）)〕］\]]|[（(][^（()）]*[）)])*"
_SHARED = re.compile(
    rf"[（(〔［\[](?P<inside>{_INSIDE}?(?:按职责分工负责|负责落实){_INSIDE})[）)〕］\]]"
)
_CHARGE = re.compile(r"(?:按职责分工)?负责(?:落实)?")
_OFFICE_END = re.compile(r"[、，,;；。]")
# 市审计局等市直相关部门, 市农业农村局和各县人民政府 are two offices; 市人力资源和社会保障局 is one.
_JOINED = re.compile(r"(?<=[局委办部院府会司团])(?:等|和)(?=市|各|有关|相关)|等$")
# What an annotation says beside the offices: 排在第一位的为牵头单位，下同.
_REMARK = re.compile(r"[，,。；;]\s*(?:以下|下同|不再列出|排在第)")
_BEFORE = re.compile(rf"(?P<date>{DATE_PATTERN})\s*(?:之?前|以前|完成)")


def find_duties(clause: Clause) -> Iterator[Fact]:
    """Yield duty and deadline facts of a clause."""
    if clause.kind == "row":
        facts = list(_duties_of_row(clause))
    else:
        facts = [*_duties_of_annotation(clause), *_shared_duties(clause)]
    yield from facts
    for found in _BEFORE.finditer(clause.text):
        if not any(fact.start <= found.start() < fact.end for fact in facts):
            yield Fact("deadline", last_day(found["date"]), found[0], found.start(), found.end())


def _duties_of_annotation(clause: Clause) -> Iterator[Fact]:
    text = clause.text
    roles = list(_ROLE.finditer(text))
    limits = [role.start() for role in roles[1:]] + [len(text)]
    for role, limit in zip(roles, limits, strict=False):
        end = _annotation_end(text, role.end(), limit)
        yield from _facts_of_cell(role[1], text, role.end(), end)


def _annotation_end(text: str, start: int, limit: int) -> int:
    """Return where the annotation that holds ``start`` closes, brackets inside it kept whole."""
    depth = 0
    for position in range(start, limit):
        if text[position] in "（(〔[【":
            depth += 1
        elif text[position] in "）)〕]】":
            if depth == 0:
                return position
            depth -= 1
        elif text[position] == "\n":
            return position
    return limit


def _shared_duties(clause: Clause) -> Iterator[Fact]:
    for found in _SHARED.finditer(clause.text):
        start = found.start("inside")
        for charge in _CHARGE.finditer(clause.text, start, found.end("inside")):
            yield from _facts_of_cell("责任单位", clause.text, start, charge.start())
            start = charge.end()


def _duties_of_row(clause: Clause) -> Iterator[Fact]:
    names = split_cells(clause.columns) if clause.columns else []
    position = clause.text.find("|") + 1
    for name, raw in zip(names, clause.text.strip().strip("|").split("|"), strict=False):
        role = next((r for r in _ROLES if r in name.replace(" ", "")), "")
        if not role and name.replace(" ", "") in {"单位", "办公室所在单位", "责任部门"}:
            role = "责任单位"
        if role:
            yield from _facts_of_cell(role, clause.text, position, position + len(raw))
        position += len(raw) + 1


def _facts_of_cell(role: str, text: str, start: int, end: int) -> Iterator[Fact]:
    if role == "完成时限":
        written = text[start:end].strip(" 。;；")
        if written:
            dated = re.search(DATE_PATTERN, written)
            value = last_day(dated[0]) if dated else written
            begin = text.index(written, start)
            yield Fact("deadline", value, written, begin, begin + len(written), role)
        return
    remark = _REMARK.search(text, start, end)
    for begin, office in _split_offices(text, start, remark.start() if remark else end):
        named = office.removesuffix("牵头")
        own_role = role if named == office else "牵头单位"
        yield Fact("duty", named, named, begin, begin + len(named), own_role)


def _split_offices(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield (offset, office), not cutting inside brackets: 各县（市、区）人民政府 is one."""
    depth = 0
    begin = start
    for position in range(start, end + 1):
        character = text[position] if position < end else "、"
        if character in "（(<〈":
            depth += 1
        elif character in "）)>〉":
            depth -= 1
        elif (depth <= 0 and _OFFICE_END.match(character)) or character == " ":
            yield from _split_joined(text, begin, position)
            begin = position + 1


def _split_joined(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield (offset, office) of a list entry that may name two offices, 甲局等市直相关部门."""
    limits = [(found.start(), found.end()) for found in _JOINED.finditer(text, start, end)]
    for limit, following in [*limits, (end, end)]:
        office = text[start:limit].strip()
        if len(office) > 1:
            yield text.index(office, start), office
        start = following
