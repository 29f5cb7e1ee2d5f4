"""Lines into paragraphs: sentences that a page or column break cut are whole again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from index.folding import fold
from index.lines import Line, ends_sentence, is_annotation
from index.markers import Marker, parse_marker
from index.repair import repair_interleaved
from index.types import Document, Span

# A heading says what follows and ends no sentence; longer lines are cut sentences.
_MAX_HEADING = 60
_HEADING_KINDS = {"chapter", "section", "level1", "level2", "box"}
# 姓名：职务, alone on its line, above what the person is responsible for.
_PERSON = re.compile(r"^[一-龥]{2,4}[：:]\S*?(?:市长|县长|区长|秘书长|巡视员|书记|主任|组成员)\S*$")
# 部门：负责…, one paragraph for each office.
_OFFICE = re.compile(r"^[^：:，。]{2,45}[：:]\s*(?:会同[^，。]{1,40})?负责")
_OFFICE_LIST = re.compile(r"^(?:市?\S{2,10}(?:局|委|办|部|院|厅|署|行|委员会|办公室|中心)\s+)+\S+$")
_ROSTER_OPENING = re.compile(r"名单如下[：:]$")
_ROSTER_ENTRY = re.compile(r"^[一-龥]{1,2}\s?[一-龥]{1,2}\s+\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading, or run of table lines, with its mark and the source it is made of."""

    kind: str  # text heading title person office byline annotation note attachments table
    text: str
    spans: tuple[Span, ...]
    marker: Marker | None = None
    lines: tuple[Line, ...] = ()  # of a table
    repaired: bool = False
    breaks: bool = False  # a list entry that starts on a line of its own


def join_lines(document: Document, lines: Sequence[Line]) -> list[Paragraph]:
    """Return the paragraphs of a document's body (the lines after its 文号 line)."""
    reordered = repair_interleaved(lines)
    joined = list(_join(document, reordered or lines))
    if reordered is None:
        return joined
    return [replace(p, repaired=_is_out_of_order(p)) for p in joined]


def _join(document: Document, lines: Sequence[Line]) -> Iterator[Paragraph]:
    in_articles = any((m := parse_marker(line.text)) and m.kind == "article" for line in lines)
    pending: Paragraph | None = None
    in_roster = False
    for line, following in zip_longest(lines, lines[1:]):
        if line.is_table:
            if pending and pending.kind == "table" and not line.after_blank:
                pending = replace(pending, lines=(*pending.lines, line))
                continue
            if pending:
                yield pending
            pending = Paragraph("table", "", (line.span,), lines=(line,))
            continue
        in_roster = in_roster and not line.text.startswith(("（此件", "(此件"))
        if pending and _continues(pending, line, in_roster):
            pending = _extend(pending, line)
        else:
            if pending:
                yield pending
            pending = _open_paragraph(document, line, following, pending, in_articles)
            if in_roster:
                pending = replace(pending, breaks=True)
        in_roster = in_roster or bool(_ROSTER_OPENING.search(pending.text))
    if pending:
        yield pending


def _open_paragraph(
    document: Document,
    line: Line,
    following: Line | None,
    previous: Paragraph | None,
    in_articles: bool,
) -> Paragraph:
    marker = parse_marker(line.text)
    kind = _kind(document, line, following, marker, previous, in_articles)
    if kind == "item":
        # An article's items and an attachment list's numbers are part of the paragraph's text.
        return Paragraph("text", line.text, (line.span,), None, breaks=True)
    return Paragraph(kind, line.text, (line.span,), marker)


def _kind(
    document: Document,
    line: Line,
    following: Line | None,
    marker: Marker | None,
    previous: Paragraph | None,
    in_articles: bool,
) -> str:
    text = line.text
    if marker is None:
        return _unmarked_kind(document, line, following, previous)
    if marker.kind in {"note", "attachments"}:
        return marker.kind
    if marker.kind == "annex":
        return "heading"
    if previous and previous.kind == "attachments" and marker.kind == "level3":
        return "attachments"
    if in_articles and marker.kind in {"level2", "level3", "level4", "dash"}:
        return "item"
    if marker.kind == "level4":
        return "item"
    if marker.kind in _HEADING_KINDS and _is_bare(text):
        return "heading"
    return "text"


def _unmarked_kind(
    document: Document, line: Line, following: Line | None, previous: Paragraph | None
) -> str:
    text = line.text
    if is_annotation(text):
        return "annotation"
    if previous and previous.marker and previous.marker.kind == "annex":
        return "title"
    if len(fold(text)) >= 8 and fold(text) in fold(document.title):
        return "title"
    if following and following.is_table and not ends_sentence(text):
        return "title"
    if _PERSON.match(text):
        return "person"
    if _OFFICE.match(text):
        return "office"
    if _OFFICE_LIST.match(text):
        return "byline"
    return "text"


def _is_bare(text: str) -> bool:
    """Return whether a marked line is a heading alone: 一、指导思想."""
    return (
        len(text) <= _MAX_HEADING
        and not re.search(r"[。；;]\S", _outside_brackets(text))
        and (not re.search(r"[。；;：:，,、]$", text))
    )


def _outside_brackets(text: str) -> str:
    return re.sub(r"[〔（(\[].*?[〕）)\]]", "", text)


def _continues(previous: Paragraph, line: Line, in_roster: bool) -> bool:
    """Return whether ``line`` goes on with the sentence that ``previous`` left unfinished."""
    if previous.kind in {"heading", "title", "table", "note", "byline", "person"}:
        return False
    if parse_marker(line.text) or ends_sentence(previous.text):
        return False
    if in_roster and _ROSTER_ENTRY.match(line.text):
        return False
    return not (_PERSON.match(line.text) or _OFFICE.match(line.text))


def _extend(paragraph: Paragraph, line: Line) -> Paragraph:
    return replace(
        paragraph,
        text=paragraph.text + joint(paragraph.text, line.text) + line.text,
        spans=(*paragraph.spans, line.span),
    )


def join_text(paragraphs: Sequence[Paragraph]) -> str:
    """Return the text of a clause: its paragraphs, one a line."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def joint(before: str, after: str) -> str:
    """Return what stands between two lines of one sentence: a space between Latin words only."""
    latin = before[-1:].isascii() and before[-1:].isalnum()
    return " " if latin and after[:1].isascii() and after[:1].isalnum() else ""


def _is_out_of_order(paragraph: Paragraph) -> bool:
    starts = [span.start for span in paragraph.spans]
    return starts != sorted(starts)
