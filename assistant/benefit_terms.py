"""On what terms a benefit is given: where to ask, until when, under which ceiling."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.benefit_wording import Grant
from index.dates import add_period
from index.types import Clause, Fact, Span

_AGENT = re.compile(
    r"(?:由|向|,经)(?!本人)([^,;。]{2,24}?)"
    r"(?:应当|分别|根据|按|适当|从|申请|给予|每年|授予|优先|依法|批准|要|$)"
)
_NEAREST_AGENT = re.compile(
    r"(?:^|[,:)])(?:鼓励)?([^,;:。]{2,22}?(?:部门|单位|机构|政府|基金会|财政|局|委员会))"
    r"(?:应当|应|要|可以|可|将)?(?:按[^,]{0,8}|采取措施|适当|依法)?$"
)
_LIMIT = re.compile(
    r"(?:同一[^,;。]{1,8},)?[^,;。]{0,8}(?:最高|累计)不超过[^,;。]+|"
    r"(?:已[^,;。]{2,16}的,)?[^,;。]{0,24}不重复(?:奖补|补贴|享受|奖励)[^,;。]*"
)
_SAME_SUBJECT = re.compile(r"同一|该项|上述|已享受")
_DUTY_ROLES = ("牵头单位", "责任单位")


def document_ends(clauses: Iterable[Clause]) -> dict[str, str]:
    """Return the last day of every document that states one, by (issue, document key)."""
    starts: dict[str, str] = {}
    terms: dict[str, str] = {}
    for clause in clauses:
        document = clause.document.id
        for fact in clause.facts:
            if fact.kind == "effective":
                starts[document] = fact.value
            elif fact.kind in {"expiry", "trial"} and not fact.role:
                terms[document] = fact.value
        starts.setdefault(document, clause.document.date)
    ends = {document: _last_day(starts[document], term) for document, term in terms.items()}
    return {document: end for document, end in ends.items() if end}


def _last_day(start: str, term: str) -> str:
    period = re.fullmatch(r"P(\d+)([YM])", term)
    if not period:
        return term
    number = int(period[1])
    if len(start) < len("2022-12-01"):
        return ""
    years, months = (number, 0) if period[2] == "Y" else (0, number)
    return add_period(start, years, months)


def find_until(clause: Clause, start: int, end: int) -> str:
    """Return the last day that the words ``clause.text[start:end]`` state for themselves."""
    days = [f.value for f in clause.facts if f.kind == "expiry" and start <= f.start < end]
    return days[-1] if days else ""


def find_limit(text: str, start: int, end: int, sentence_end: int) -> Span | None:
    """Return the ceiling or exclusion that follows a grant within ``text[start:end]``.

    The next sentence counts where it speaks of the same: 同一企业，该项奖励累计不超过….
    """
    found = _LIMIT.search(text, start, end)
    if not found and _SAME_SUBJECT.match(text, sentence_end):
        found = _LIMIT.match(text, sentence_end)
    return Span(*found.span()) if found else None


def find_office(clause: Clause, before: str, base: int) -> str:
    """Return where to ask, verbatim: the leading office, a responsible one, or who pays.

    ``before`` is the half-width text from ``base`` of the clause up to the grant.
    """
    for role in _DUTY_ROLES:
        duties = [fact for fact in clause.facts if fact.kind == "duty" and fact.role == role]
        nearest = _annotation_behind(duties, base)
        if nearest:
            return clause.text[nearest[0].start : nearest[-1].end]
    agents = list(_AGENT.finditer(before))
    if agents:
        start, end = agents[-1].span(1)
        return clause.text[base + start : base + end]
    agent = _NEAREST_AGENT.search(before)
    return clause.text[base + agent.start(1) : base + agent.end(1)] if agent else ""


def _annotation_behind(duties: list[Fact], position: int) -> list[Fact]:
    """Return the duties written in one place: behind ``position``, or a table row's only ones."""
    behind = [fact for fact in duties if fact.start >= position] or duties
    together = behind[:1]
    for fact in behind[1:]:
        if fact.start - together[-1].end > 2:
            break
        together.append(fact)
    return together


_CONDITION_LEAD = re.compile(
    r"[ ,:、]*(?:第[一二三四五六七八九十百]+条\s*)?(?:[(]?[一二三四五六七八九十\d]+[).、]\s*)?"
    r"(?:[^,对]{0,2}政府对|对于?|为|将|保障|凡|并|和|且)?"
)
_PAYER = r"(?!对)[^,的]{0,40}(?:部门|单位|机构|政府|基金会)(?!的)"
_CONDITION_TAIL = re.compile(
    rf"(?:[ ,]|(?:^|,)(?:由|向|按|经|{_PAYER})[^,]*|应当|应|要|可|每[年个]|按|为|其|一次性|"
    r"只?依法(?:依规)?)+$"
)
# Words that limit: 事迹突出的, 投产后, 缓缴期间, 在风险可控情况下, 鼓励有条件的县….
_LIMITING = re.compile(
    r"[的后时](?:$|,)|期间(?:$|,)|情况下|方式(?:$|,)|^鼓励|^支持有条件|的费用$|产生的[^,]*费用$"
)
# The region begins with what limits it: the only 对, or whoever is encouraged to give.
_OPENS = re.compile(r"[ ,]*(?:对(?!.*,[^,]*(?<![应面])对)|鼓励|支持有条件)")
_BARE_GRANT = re.compile("给予|予以|颁发|按照|免收|由|实行市场调节价")


def find_condition(
    part: str, done: int, grant: Grant, receiver: Span | None, who: str
) -> Span | None:
    """Return the words before a grant that limit it, None where they only name who or who pays.

    They begin behind ``done``, the end of the grant before, at the part that names the receiver.
    Where nobody is named at all, they are what the grant is about.
    """
    start = done
    if receiver and not _OPENS.match(part[done : receiver.end]):
        start = max(done, part.rfind(",", done, receiver.start) + 1)
    lead = _CONDITION_LEAD.match(part, start, grant.start)
    start = lead.end() if lead else start
    tail = _CONDITION_TAIL.search(part, start, grant.start)
    stop = tail.start() if tail else grant.start
    words = part[start:stop]
    if not words or (receiver and Span(start, stop) == receiver):
        return None
    limits = _LIMITING.search(words) or (receiver and "的" in words)
    about = not who and _BARE_GRANT.match(part, grant.start)
    return Span(start, stop) if limits or about else None
