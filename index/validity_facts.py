"""What a clause says of validity: when a document takes effect, ends, and what it repeals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.contents import DOC_NO, normal_doc_no
from index.dates import DATE_PATTERN, first_day, last_day
from index.numerals import parse_numeral
from index.types import Clause, Fact

_EFFECTIVE = re.compile(
    rf"自\s*(?P<when>{DATE_PATTERN}|发布之日|印发之日|公布之日|下发之日)\s*起\s*"
    r"(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_NUMBER = r"(?P<number>\d+|[一二三四五六七八九十]+)\s*(?P<unit>年|个月)"
_TERM = re.compile(rf"有效期(?:限)?\s*(?:为|是)?\s*{_NUMBER}")
_TRIAL = re.compile(
    rf"试行期(?:限)?\s*(?:为|是)?\s*{_NUMBER}|试行\s*(?P<n2>\d+|[一两二三四五])\s*年"
)
_UNTIL = re.compile(rf"有效期\s*(?:截至|截止到?|至|到)\s*(?P<date>{DATE_PATTERN})")
_EXTENDED = re.compile(rf"(?:延长|延续|执行|实施|缓缴)至\s*(?P<date>{DATE_PATTERN})")
# One title or a list of them: 《甲》（某府发〔2017〕1号）、《乙》同时废止.
_TITLE = (
    r"《(?P<title>[^》]+)》\s*"
    r"(?:[（(](?P<number>[^（）()]*?(?:[（(]\d{4}[）)]\s*\d+\s*)?号)[）)])?"
)
_UNNAMED_TITLE = re.sub(r"\?P<\w+>", "?:", _TITLE)
_REPEALED = re.compile(
    rf"(?P<titles>{_UNNAMED_TITLE}(?:\s*(?:、|，|,|和|及|以及)\s*{_UNNAMED_TITLE})*)\s*"
    r"(?:同时|即行|相应|予以)*(?:停止执行|废止|失效)(?![一-龥])"
)
_LISTED_TITLE = re.compile(_TITLE)
# A period of validity is a document's own only where the sentence speaks of the document; a
# prize or a certificate has one too.
_OF_DOCUMENT = re.compile(
    r"本(?:办法|规定|细则|意见|措施|政策措施|方案|通知|规划|计划|政策)|起(?:施行|实施|执行)"
)


def find_validity(clause: Clause) -> Iterator[Fact]:
    """Yield effective, expiry, trial and repeals facts."""
    text = clause.text
    for found in _EFFECTIVE.finditer(text):
        when = found["when"]
        value = clause.document.date if when.endswith("之日") else first_day(when)
        yield _fact("effective", value, found)
    if _OF_DOCUMENT.search(text):
        for found in _TERM.finditer(text):
            yield _fact("expiry", _period(found["number"], found["unit"]), found)
        for found in _TRIAL.finditer(text):
            number, unit = found["number"] or found["n2"], found["unit"] or "年"
            yield _fact("trial", _period(number, unit), found)
        for found in _UNTIL.finditer(text):
            yield _fact("expiry", last_day(found["date"]), found)
    for found in _EXTENDED.finditer(text):
        yield _fact("expiry", last_day(found["date"]), found, role="条款")
    for found in _REPEALED.finditer(text):
        yield from _repeals(found)


def _repeals(found: re.Match[str]) -> Iterator[Fact]:
    """Yield one fact per title; the last one's characters include what becomes of them all."""
    titles = list(_LISTED_TITLE.finditer(found.string, found.start(), found.end("titles")))
    ends = [title.start() + len(title[0].rstrip()) for title in titles[:-1]] + [found.end()]
    for title, end in zip(titles, ends, strict=True):
        known = re.search(DOC_NO, title["number"] or "")
        value = normal_doc_no(known[0]) if known else title["title"]
        yield Fact("repeals", value, found.string[title.start() : end], title.start(), end)


def _period(number: str, unit: str) -> str:
    """Return an ISO 8601 duration."""
    return f"P{int(parse_numeral(number))}{'Y' if unit == '年' else 'M'}"


def _fact(kind: str, value: str, found: re.Match[str], role: str = "") -> Fact:
    return Fact(kind, value, found[0], found.start(), found.end(), role)
