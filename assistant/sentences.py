"""A clause cut into the pieces an answer quotes: sentences, list items, table cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.rows import split_cells
from index.types import Clause

# A full stop ends a piece; a semicolon does not end it inside an item that lists alternatives,
# but long items are cut there.
_STOP = re.compile(r"[^。！？\n]*[。！？]?[”’）)〕\]]*|\n")
_LONG = 160
_CUT = re.compile(r"[^；;]*[；;]?")
# The mark that opens a clause or an item, left out of a quote: 第十一条, （二）, 3.
_MARK = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+条\s*|[一二三四五六七八九十]+、|(?:-\s*)?[（(][一二三四五六七八九十\d]+[）)]\s*"
    r"|\d{1,2}\s*[.．、](?!\d)\s*|——)"
)
_ANNOTATION = re.compile(r"^[〔（(【\[]?(?:责任单位|牵头单位|配合单位|完成时限)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a clause: ``clause.text[start:end] == text``."""

    clause: Clause
    text: str
    start: int
    end: int
    kind: str  # sentence, item (of a list), lead (opens a list), cell, annotation, heading

    @property
    def length(self) -> int:
        """Characters of the quote."""
        return self.end - self.start


def split_sentences(clause: Clause) -> list[Sentence]:
    """Return the pieces of a clause in order."""
    if clause.kind == "row":
        return _split_row(clause)
    pieces: list[Sentence] = []
    position = 0
    for line in clause.text.split("\n"):
        listed = bool(pieces) and pieces[-1].kind in {"lead", "item"} and _is_entry(line)
        pieces += _split_line(clause, line, position, listed)
        position += len(line) + 1
    return pieces


def _is_entry(line: str) -> bool:
    """Return whether a line is a list entry without a mark: a name and a post, no sentence."""
    return not line.rstrip().endswith(tuple("。；：！？;:"))


def _split_line(clause: Clause, line: str, offset: int, listed: bool) -> list[Sentence]:
    mark = _MARK.match(line)
    item = listed or (bool(mark) and offset > 0)
    begin = mark.end() if mark else 0
    pieces = []
    for found in _STOP.finditer(line, begin):
        for start, end in _cut_long(line, found.start(), found.end()):
            text = line[start:end]
            if not text.strip():
                continue
            start += len(text) - len(text.lstrip())
            end -= len(text) - len(text.rstrip())
            kind = _kind(line[start:end], item, offset == 0 and start == begin, clause)
            pieces.append(Sentence(clause, line[start:end], offset + start, offset + end, kind))
    return pieces


def _cut_long(line: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= _LONG:
        return [(start, end)]
    cuts = [(f.start(), f.end()) for f in _CUT.finditer(line, start, end) if f[0]]
    return cuts or [(start, end)]


def _kind(text: str, item: bool, first: bool, clause: Clause) -> str:
    if _ANNOTATION.match(text):
        return "annotation"
    if text.rstrip().endswith(("：", ":")):
        return "lead"
    if item:
        return "item"
    # 提升脐橙种苗品质。 is what an item is called, not what it says.
    if first and clause.kind == "item" and len(text) <= 26 and not re.search(r"[，,\d]", text):
        return "heading"
    return "sentence"


def _split_row(clause: Clause) -> list[Sentence]:
    pieces = []
    position = clause.text.find("|") + 1
    for raw in clause.text.strip().strip("|").split("|"):
        text = raw.strip()
        if text:
            start = position + len(raw) - len(raw.lstrip())
            pieces += _split_cell(clause, text, start)
        position += len(raw) + 1
    return pieces


def _split_cell(clause: Clause, text: str, start: int) -> list[Sentence]:
    """Cut a long cell at its numbered tasks."""
    if len(text) <= _LONG:
        return [Sentence(clause, text, start, start + len(text), "cell")]
    pieces = []
    for found in re.finditer(r".+?(?:[。；](?=\s|$|\d{1,2}[.．])|[。]|$)", text, re.DOTALL):
        piece = found[0]
        begin = found.start() + len(piece) - len(piece.lstrip())
        end = found.end() - (len(piece) - len(piece.rstrip()))
        if end > begin:
            pieces.append(Sentence(clause, text[begin:end], start + begin, start + end, "cell"))
    return pieces


def column_of(sentence: Sentence) -> str:
    """Return the name of the column a table cell stands under, "" elsewhere."""
    if sentence.kind != "cell" or not sentence.clause.columns:
        return ""
    names = split_cells(sentence.clause.columns)
    index = sentence.clause.text.count("|", 0, sentence.start) - 1
    return names[index] if 0 <= index < len(names) else ""
