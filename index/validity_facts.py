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
_REPEALED = re.compile(
    r"《(?P<title>[^》]+)》\s*(?:[（(](?P<number>[^（）()]*?号)[）)])?\s*"
    r"(?:同时|即行|相应)?(?:停止执行|废止|失效)"
)
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
        number = found["number"] or ""
        known = re.search(DOC_NO, number)
        value = normal_doc_no(known[0]) if known else found["title"]
        yield _fact("repeals", value, found)


def _period(number: str, unit: str) -> str:
    """Return an ISO 8601 duration."""
    return f"P{int(parse_numeral(number))}{'Y' if unit == '年' else 'M'}"


def _fact(kind: str, value: str, found: re.Match[str], role: str = "") -> Fact:
    return Fact(kind, value, found[0], found.start(), found.end(), role)
