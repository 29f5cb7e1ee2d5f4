"""Who a benefit is for, read from the words before it, and the groups a reader looks under."""

from __future__ import annotations

import re

from index.types import Clause, Span

# Nouns a beneficiary ends in. 单位 and 机构 stand behind 对 only: elsewhere they are who pays.
_PEOPLE = (
    "人员|个人|集体|居民|农民|农户|林农|群众|家庭|亲属|遗属|子女|儿童|老年人|残疾人|未成年人|人口|"
    "工作者|毕业生|职工|父母|对象|群体|劳动力|学生"
)
_BODIES = (
    "企业|合作社|组织|个体工商户|个体户|商户|用户|项目|主体|电影院|研究院|经营者|创新主体|秧中心|"
    "农机具|被征用方|产业"
)
_NOUN = f"(?:{_PEOPLE}|{_BODIES})"
_RECEIVER = f"(?:{_PEOPLE}|{_BODIES}|单位|机构|传承人)"
_JOIN = "(?:、|和|及|以及|与|或者?|的)"
_TOPIC = re.compile(rf"[^,]*?{_NOUN}(?:{_JOIN}[^,]*?{_NOUN})*")
_DIRECTED = re.compile(rf"[^,]*?{_RECEIVER}(?:{_JOIN}[^,]*?{_RECEIVER})*")
_WHOLE = re.compile(rf"[^,]*{_RECEIVER}(?:\([^()]*\))?")
# 对 and 为 that point at someone: not 对接, 应对, 认定为, 为了.
_TOWARDS = re.compile(
    r"(?<![应面相绝针核比])对(?!接|外|象|标|照|口|策|比)(?:于)?|(?<![认称作成确列定])为(?!了|主|其|引领)"
)
_LEADING = re.compile(
    r"第[一二三四五六七八九十百]+条\s*|[(]?[一二三四五六七八九十\d]+[).、]\s*|认定为|新认定的|"
    r"(?:每年)?(?:选择|选取)一批|鼓励有条件的[^,;]{2,12}?(?=为|对)|鼓励(?:有条件的)?|保障(?=持有)|"
    r"积极|大力|重点|支持|扶持|落实|完善|完善规范|探索|建立|实施|加强|用于|将"
)
_MAX_BARE_HEAD = 2  # 企业, 组织, 项目 alone do not say who; the words before them do


def find_receiver(segment: str, start: int) -> Span | None:
    """Return who the grant at ``start`` of a half-width segment is for, None where not said."""
    directed = [match for match in _TOWARDS.finditer(segment, 0, start)]
    for match in reversed(directed):
        found = _receiver(segment[match.end() : start], _DIRECTED, may_be_bare=match[0] != "为")
        if found:
            return _shift(found, match.end())
    position = 0
    for part in segment[:start].split(","):
        found = _receiver(part, _TOPIC, may_be_bare=False)
        if found and not _is_payer(part):
            return _shift(found, position)
        position += len(part) + 1
    return None


def find_named(grant: str) -> Span | None:
    """Return who the words of a grant name themselves: 减免见义勇为人员救治期间的医疗费用."""
    match = re.search(rf"[^,、;的予免]{{0,8}}?{_NOUN}", grant)
    if not match:
        return None
    start = match.start() + len(_verb(match[0]))
    return Span(start, match.end()) if match.end() - start > 1 else None


def _verb(words: str) -> str:
    found = re.match(
        r"适当|不?向|给予|购买|落实|实施|完善|降低|转嫁|加大|安排资金支持|享受|减免|为|"
        r"提供|颁发|纳入|不得以任何理由转嫁或摊派给|积极探索建立|其",
        words,
    )
    return found[0] if found else ""


def _receiver(text: str, pattern: re.Pattern[str], may_be_bare: bool) -> Span | None:
    offset = 0
    while leading := _LEADING.match(text, offset):
        offset = leading.end()
    phrase = text[offset:].split(",")[0]
    bare = phrase.rstrip("的 ")
    match = _WHOLE.fullmatch(bare) or pattern.match(bare)
    if not match:
        ends_open = phrase.endswith("的") and may_be_bare
        return Span(offset, offset + len(phrase)) if ends_open else None
    head = bare.rfind("的", 0, match.end()) + 1
    is_bare = match.end() - head <= _MAX_BARE_HEAD
    relative = re.search(r"的.*的", bare[: match.end()])
    begin = 0 if is_bare or relative else head
    return Span(offset + begin, offset + match.end())


def _is_payer(part: str) -> bool:
    return re.match(r"由|经|向|从", part.strip()) is not None


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


# What a reader calls himself, and the words that mean him. Order is the order of the filter.
_GROUPS = {
    "农户": "农户|农民|林农|竹农|果农|惠农|涉农|种植户",
    "合作社": "合作社|农村集体经济组织|农业市场经营主体|农业经营主体",
    "龙头企业": "龙头企业",
    "个体户": "个体",
    "小微企业": "小微|微型企业|中小",
    "企业": "企业|市场主体|创新主体|组织|项目",
    "居民": "居民|群众|家庭|参保|医保|生育|救助对象|特困|低保|困难人员|困难群",
    "老年人": "老年人|高龄",
    "残疾人": "残疾",
    "未成年人": "儿童|未成年人|学生|入学|中高考",
    "求职者": "就业|失业|毕业生|求职|创业",
    "社区工作者": "社区工作者|社会工作",
}
_GROUP_PATTERNS = {name: re.compile(words) for name, words in _GROUPS.items()}
# A document whose name says whom it is about: 某市见义勇为人员奖励和保障实施办法.
_SUBJECT = re.compile(r"^(?:[^市县省区]{2,8}[市县省区])?([一-鿿]{2,8}?(?:人员|人才|工作者|家庭))")


def find_groups(clause: Clause, wording: str) -> tuple[str, ...]:
    """Return the groups of readers a benefit concerns, by its wording and its document."""
    subject = _SUBJECT.match(clause.document.name)
    groups = [subject[1]] if subject else []
    return (*groups, *(name for name, words in _GROUP_PATTERNS.items() if words.search(wording)))
