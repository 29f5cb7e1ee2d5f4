"""What a collection holds, and whom to ask about the gazette itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.types import Clause

_FIELD = re.compile(r"^(?P<label>[^：:。]{2,12})[：:](?P<value>.*)$")
# The printer's particulars stand behind the editors'.
_PRINTER = re.compile(r"承印|印刷")
_STANDING = re.compile(r"同等效力|赠阅")
# The kind of document that is the issue's own cover, contents and imprint.
MASTHEAD = "刊头"


@dataclass(frozen=True, slots=True)
class IssueCoverage:
    """One issue: how much of it is held, and the days its documents are dated."""

    issue: str
    name: str
    documents: int
    clauses: int
    first: str  # ISO 8601, "" where no document is dated
    last: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the gazette's office, as a masthead prints it; "" what it does not print."""

    clause: Clause
    office: str
    phone: str
    address: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a gazette says of itself, 与正式文件同等效力: ``text`` without its line breaks."""

    clause: Clause
    text: str
    start: int
    end: int


def cover_issues(clauses: Iterable[Clause]) -> list[IssueCoverage]:
    """Return the coverage of every issue, newest first; the masthead is no document."""
    own: dict[str, list[Clause]] = {}
    for clause in clauses:
        own.setdefault(clause.document.issue, []).append(clause)
    return [_cover(own[issue]) for issue in sorted(own, reverse=True)]


def _cover(clauses: list[Clause]) -> IssueCoverage:
    document = clauses[0].document
    published = {c.document.id for c in clauses if c.document.kind != MASTHEAD}
    dates = sorted({c.document.date for c in clauses} - {""})
    first, last = (dates[0], dates[-1]) if dates else ("", "")
    return IssueCoverage(
        document.issue, document.issue_name, len(published), len(clauses), first, last
    )


def find_contact(clauses: Iterable[Clause]) -> Contact | None:
    """Return the contact printed in the newest masthead; None where none prints a telephone."""
    for clause in _mastheads(clauses):
        fields = _read_fields(clause.text)
        phone = _first(fields, "电话")
        if phone:
            address, postcode = _first(fields, "地址"), _first(fields, "邮编")
            return Contact(clause, _first(fields, "编辑出版"), phone, address, postcode)
    return None


def _mastheads(clauses: Iterable[Clause]) -> list[Clause]:
    found = [c for c in clauses if c.document.kind == MASTHEAD]
    return sorted(found, key=lambda c: c.document.issue, reverse=True)


def _read_fields(text: str) -> dict[str, str]:
    """Return label → value of the lines before the printer's; a line without label continues."""
    fields: dict[str, str] = {}
    label = ""
    for line in text.split("\n"):
        found = _FIELD.match(line.strip())
        label = re.sub(r"\s", "", found["label"]) if found else label
        if _PRINTER.search(label):
            break
        if label:
            fields[label] = fields.get(label, "") + re.sub(
                r"\s+", "", found["value"] if found else line
            )
    return fields


def _first(fields: Mapping[str, str], label: str) -> str:
    return next((value for name, value in fields.items() if name.startswith(label)), "")


def find_standing(clauses: Iterable[Clause]) -> list[Standing]:
    """Return what the newest masthead says of the gazette's force and price.

    A statement may run over two printed lines: 本刊所登文件与 / 正式文件同等效力.
    """
    for clause in _mastheads(clauses):
        found = [_statement(clause, match) for match in _STANDING.finditer(clause.text)]
        if found:
            return found
    return []


def _statement(clause: Clause, match: re.Match[str]) -> Standing:
    text = clause.text
    start = text.rfind("\n", 0, match.start()) + 1
    line_end = text.find("\n", match.end())
    end = len(text) if line_end < 0 else line_end
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    # A line that ends in a preposition goes on in the next one.
    if start and text[above : start - 1].endswith(("与", "和", "同", "具有")):
        start = above
    return Standing(clause, re.sub(r"\s+", "", text[start:end]), start, end)
