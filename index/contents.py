"""The table of contents: title, 文号, date and start page of every item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.folding import fold

DOC_NO = r"[一-龥]{2,12}[〔\[［(（【]\s*(?:19|20)\d{2}\s*[〕\]］)）】]\s*\d+\s*号"
DATE = r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"

_CELL_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_PAGE = re.compile(r"[\s…．.·]*(\d{1,4})\s*$")
_ENTRY = re.compile(rf"^(?P<title>.+?)\s*(?P<number>{DOC_NO})\s*{DATE}$")
# An entry without 文号 must still show that it points at a page.
_LEADER = re.compile(r"…|\.{3,}|·{3,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents."""

    title: str
    doc_no: str  # "" for news
    date: str  # ISO 8601, ""
    page: int | None


def parse_contents(table_text: str) -> list[Entry]:
    """Return the entries of the table-of-contents rows in ``table_text``, in order."""
    entries = []
    for paragraph in _CELL_PARAGRAPH.findall(table_text):
        page = _PAGE.search(paragraph)
        if not page:
            continue
        body = paragraph[: page.start()].strip()
        found = _ENTRY.match(body)
        if found:
            date = f"{int(found[3]):04d}-{int(found[4]):02d}-{int(found[5]):02d}"
            entries.append(Entry(found["title"], found["number"], date, int(page[1])))
        elif _LEADER.search(paragraph):
            entries.append(Entry(body.rstrip("….· "), "", "", int(page[1])))
    return entries


def normal_doc_no(text: str) -> str:
    """Return a 文号 in its standard form, 赣市府发〔2022〕14号, whatever brackets it came with."""
    folded = fold(text)
    return re.sub(r"[\[(](\d{4})[\])]", r"〔\1〕", folded)
