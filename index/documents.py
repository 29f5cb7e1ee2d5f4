"""An issue into its documents: front matter, documents with a 文号, news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.contents import DATE, DOC_NO, Entry, normal_doc_no, parse_contents
from index.folding import fold
from index.lines import Line, ends_sentence, split_lines
from index.markers import parse_marker
from index.types import Document, Issue, Span

# The line under a title: 文号 and 成文日期, alone.
_NUMBER_LINE = re.compile(rf"^({DOC_NO})\s*{DATE}$")
# News opens with a by-line instead of a 文号.
_NEWS_OPENING = re.compile(r"^本报讯")
# A title may be broken over this many lines.
_MAX_TITLE_LINES = 4
# News titles in the table of contents differ by an OCR slip or two from those in the text.
_SAME_TITLE = 0.85

FRONT_KIND = "刊头"
NEWS_KIND = "动态"
# The first that occurs in a title names its kind; 通知 is what remains.
_KINDS = (
    ("人事", re.compile(r"任职|免职|任免|聘请|职务")),
    ("办法", re.compile(r"办法|规定|细则|条例")),
    ("规划", re.compile(r"发展规划|规划的通知|规划$")),
    ("方案", re.compile(r"方案|行动计划|计划")),
    ("意见", re.compile(r"意见|措施")),
)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a document begins: its title lines and, unless it is news, its 文号 line."""

    title: str
    doc_no: str
    date: str
    start: int


def split_documents(issue: Issue) -> list[Document]:
    """Split an issue into documents, the front matter (刊头) first.

    :raises ValueError: when no document is found, or two have the same 文号.
    """
    lines = list(split_lines(issue, Span(0, len(issue.text))))
    openings = list(_find_openings(lines, issue))
    if not openings:
        raise ValueError(
            f"{issue.path}: no document found; a document is a title followed by a line "
            "with its 文号 and date"
        )
    entries = parse_contents(issue.text[: openings[0].start])
    front = Document(
        issue=issue.id,
        issue_name=issue.name,
        key=FRONT_KIND,
        doc_no="",
        title=f"{issue.name}刊头与目录",
        name=f"{issue.name}刊头与目录",
        kind=FRONT_KIND,
        issuer="",
        date="",
        page=1,
        span=Span(0, openings[0].start),
    )
    ends = [opening.start for opening in openings[1:]] + [len(issue.text)]
    documents = [front]
    news = 0
    for opening, end in zip(openings, ends, strict=True):
        news += not opening.doc_no
        documents.append(_document(issue, opening, end, entries, news))
    _refuse_duplicates(issue, documents)
    return documents


def find_body(lines: Sequence[Line], document: Document) -> int:
    """Return the index of the first line below a document's title and 文号."""
    if document.kind == NEWS_KIND:
        return 1
    number = next((i for i, line in enumerate(lines) if _NUMBER_LINE.match(line.text)), -1)
    return number + 1


def _find_openings(lines: Sequence[Line], issue: Issue) -> Iterator[_Opening]:
    for position, line in enumerate(lines):
        number = _NUMBER_LINE.match(line.text)
        if number:
            first = _title_start(lines, position)
            title = "".join(part.text for part in lines[first:position])
            date = f"{int(number[2]):04d}-{int(number[3]):02d}-{int(number[4]):02d}"
            yield _Opening(
                _tidy_title(title), normal_doc_no(number[1]), date, lines[first].span.start
            )
        elif _NEWS_OPENING.match(line.text) and position:
            title_line = lines[position - 1]
            dated = re.search(r"(\d{1,2})月(\d{1,2})日", line.text)
            date = _news_date(issue, dated) if dated else ""
            yield _Opening(_tidy_title(title_line.text), "", date, title_line.span.start)


def _title_start(lines: Sequence[Line], position: int) -> int:
    """Return the index of a title's first line, walking back from the 文号 line at ``position``."""
    first = position
    while first > 0 and position - first < _MAX_TITLE_LINES:
        before = lines[first - 1]
        if before.is_table or ends_sentence(before.text) or parse_marker(before.text):
            break
        if _NUMBER_LINE.match(before.text):
            break
        first -= 1
        if _names_issuer(before.text):
            break
    return first


def _names_issuer(text: str) -> bool:
    """Return whether a title line opens with the body that issues: 某市人民政府办公室 关于…."""
    return bool(re.match(r"[一-龥]{2,20}?(?:人民政府|委员会|办公室|局|厅)", text))


def _tidy_title(text: str) -> str:
    """Return a title without the white space that line breaks left in it."""
    return re.sub(r"\s+", "", text)


def _news_date(issue: Issue, month_day: re.Match[str]) -> str:
    year = re.match(r"\d{4}", issue.id)
    return f"{year[0]}-{int(month_day[1]):02d}-{int(month_day[2]):02d}" if year else ""


def _document(
    issue: Issue, opening: _Opening, end: int, entries: Sequence[Entry], news: int
) -> Document:
    entry = _find_entry(opening, entries)
    kind = _kind(opening.title) if opening.doc_no else NEWS_KIND
    return Document(
        issue=issue.id,
        issue_name=issue.name,
        key=opening.doc_no or f"政务动态{news}",
        doc_no=opening.doc_no,
        title=opening.title,
        name=_instrument(opening.title),
        kind=kind,
        issuer=_issuer(opening.title),
        date=opening.date or (entry.date if entry else ""),
        page=entry.page if entry else None,
        span=Span(opening.start, end),
    )


def _find_entry(opening: _Opening, entries: Sequence[Entry]) -> Entry | None:
    if opening.doc_no:
        return next((e for e in entries if normal_doc_no(e.doc_no) == opening.doc_no), None)
    # Meeting reports differ in one numeral only, so the most similar entry is meant, not the first.
    scored = [
        (SequenceMatcher(None, fold(entry.title), fold(opening.title)).ratio(), -rank, entry)
        for rank, entry in enumerate(entries)
        if not entry.doc_no
    ]
    best = max(scored, default=None)
    return best[2] if best and best[0] >= _SAME_TITLE else None


def _kind(title: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(title)), "通知")


def _issuer(title: str) -> str:
    found = re.match(r"(.+?)(?:印发)?(?=关于|转发|印发)", title)
    return found[1] if found else ""


def _instrument(title: str) -> str:
    """Return the name of what a notice issues (印发…的通知), or the title itself."""
    found = re.search(r"(?:印发|转发)(?:.*?等部门)?(.+?)的通知$", title)
    return found[1] if found else title


def _refuse_duplicates(issue: Issue, documents: Sequence[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.key in seen:
            raise ValueError(
                f"{issue.path}: {document.key} occurs twice; remove one of the two documents"
            )
        seen.add(document.key)
