"""Who a benefit is for, read from the words around it, and the groups a reader looks under.

All text is in half-width punctuation; a part is what stands between two commas.
"""

from __future__ import annotations

import re

from index.types import Clause, Span

# Nouns a beneficiary ends in.
_NOUN = (
    "(?:人员|个人|集体|居民|农民|农户|林农|群众|家庭|亲属|遗属|子女父母|子女|儿童|老年人|残疾人|"
    "未成年人|人口|工作者|毕业生|职工|父母|对象|群体|劳动力|学生|企业|加工厂|合作社|组织|"
    "个体工商户|个体户|商户|用户|主体|电影院|研究院|经营者|大户|农场|纳税人|人才|博士|硕士|教师|村民|市民|公司|被征用方)"
)
# These receive only where 对 or 为 points at them: elsewhere they pay, or are the subject matter.
_RECEIVER = f"(?:{_NOUN}|单位|机构|传承人|中心)"
_SUBJECT = "(?:项目|工程)"  # what a grant is for, where nobody is named
_JOIN = "(?:、|和|及|以及|与|或者?|的)"


def _phrase(noun: str) -> re.Pattern[str]:
    """Return a pattern for words up to the first noun, and on through what is joined to it."""
    return re.compile(rf"[^,]*?{noun}(?:{_JOIN}[^,]*?{noun})*")


def _whole(noun: str) -> re.Pattern[str]:
    """Return a pattern for a part that ends in a noun, a bracket behind it included."""
    return re.compile(rf"[^,]*{noun}(?:\([^()]*\))?")


_TOPIC = (_whole(_NOUN), _phrase(_NOUN))
_DIRECTED = (_whole(_RECEIVER), _phrase(_RECEIVER), _phrase(_SUBJECT))
# 对 and 为 that point at someone: not 对接, 应对, 认定为, 成为.
_TOWARDS = re.compile(
    r"(?<![应面相绝针核比])对(?!接|外|象|标|照|口|策|比)(?:于)?|(?:(?<=[,;)当应可要会县市区府门])|^)为(?!了|主|其)"
)
_UNNAMED = re.compile(r"[^,]{2,30}?(?=按|,|$)")  # 对获评驰名商标的, …
# 对企业经营正常、…，暂时资金周转困难的小微企业: the bare noun is only part of the condition.
_LATER = re.compile(rf",[^,;]*的([^,;的]{{1,8}}?{_NOUN})")
_PUT_INTO = re.compile(r"将([^,;。]{2,30})$")
_SKIPPED = re.compile(
    r"\s+|第[一二三四五六七八九十百]+条|[(]?[一二三四五六七八九十\d]+[).、]|(?:新)?认定(?:为|的)|"
    r"鼓励|保障|积极|大力|重点|支持|扶持|引导|回应|畅通|规范发展"
)
# A part that begins so has no subject of its own.
_NO_SUBJECT = re.compile(
    r"由|经|向|从|属于|不?符合[^的]*条件的$|生活|愿意|贯彻|协调|浓厚|健全|整体|规范|开展|优化|推动|推进|"
    r"做好|及时|强化|持续|深入|各县|各级|市、县|进一步|通过|完善|落实|建立|将"
)
_MAX_BARE_HEAD = 2  # 企业, 组织, 项目 alone do not say who; the words before them do
# The words of a grant that name the beneficiary: 减免|子女|学杂费, 给予|就学子女|助学补助.
_GRANT_VERB = (
    r"(?:每[年人])?(?:适当)?(?:减免|不得?向|给予|购买|落实|实施|完善|降低|加大|开展|积极探索建立|"
    r"不得[^,给]*给)"
)
_NAMED = re.compile(
    rf"(?:{_GRANT_VERB})([^,、;\d]{{0,14}}?(?:{_NOUN}|{_SUBJECT})(?:[和或与]{_NOUN})*)|"
    r"(?:安排资金支持|免费[为向])([^,;。]{1,16}?)(?:发展|提供)"
)
_VERB = re.compile(rf"{_GRANT_VERB}|颁发|纳入|列入|享受|吸纳|由|从|按|可")
_OPENING = re.compile(rf"[^,、;\d]{{0,8}}?{_NOUN}(?:[和或与][^,、;]{{0,4}}?{_NOUN})*")


def find_receiver(words: str, grant: str) -> Span | None:
    """Return who ``words``, which stand before a grant, name as receiving it; None where nobody.

    Whoever 对 or 为 points at comes first, then whom the grant itself names (``find_named``
    finds that one), then the subject of the sentence.
    """
    return _find_directed(words) or (None if find_named(grant) else find_subject(words))


def _find_directed(words: str) -> Span | None:
    for match in reversed(list(_TOWARDS.finditer(words))):
        found = _read(words[match.end() :].split(",")[0], _DIRECTED)
        if found and found.end - found.start <= _MAX_BARE_HEAD:
            later = _LATER.search(words, match.end() + found.end)
            if later:
                return Span(*later.span(1))
        if not found and match[0] != "为":
            unnamed = _UNNAMED.match(words, match.end())
            found = Span(0, unnamed.end() - match.end()) if unnamed else None
        if found:
            return Span(match.end() + found.start, match.end() + found.end)
    put = _PUT_INTO.search(words)
    return Span(*put.span(1)) if put else None


def find_subject(words: str) -> Span | None:
    """Return the person or body a sentence is about: in the part before the grant, or the first."""
    parts = list(re.finditer("[^,]+", words))
    for patterns, candidates in ((_TOPIC[:1], parts[-1:]), (_TOPIC, parts)):
        for part in candidates:
            found = _read(part[0], patterns)
            if found:
                return Span(part.start() + found.start, part.start() + found.end)
    return None


def find_named(grant: str) -> Span | None:
    """Return whom the words of a grant name themselves, as an object or at their beginning."""
    named = _NAMED.match(grant)
    if named:
        return Span(*named.span(1 if named[1] else 2))
    opening = None if _VERB.match(grant) else _OPENING.match(grant)
    return Span(*opening.span()) if opening else None


def _read(part: str, patterns: tuple[re.Pattern[str], ...]) -> Span | None:
    """Return the beneficiary in one part: its head, or all of it where the head says too little."""
    start = 0
    while skipped := _SKIPPED.match(part, start):
        start = skipped.end()
    text = part[start:].rstrip("的 ")
    if not text or _NO_SUBJECT.match(part[start:]):
        return None
    whole, *phrases = patterns
    matches = [whole.fullmatch(text), *(phrase.match(text) for phrase in phrases)]
    match = next(filter(None, matches), None)
    if not match:
        return None
    phrase = re.sub(r"\([^()]*\)$", "", match[0])
    head = phrase.rfind("的") + 1
    keeps_all = len(phrase) - head <= _MAX_BARE_HEAD or phrase.count("的") > 1
    return Span(start + (0 if keeps_all else head), start + match.end())


# What a reader calls himself, and the words that mean him, in the order of the filter.
_GROUPS = {
    "农户": "农户|农民(?!专业合作|合作)|林农|竹农|果农|惠农|涉农|种植户",
    "合作社": "合作社|农村集体经济组织|农业(?:市场)?经营主体",
    "龙头企业": "龙头企业",
    "个体户": "个体工商户|个体户|个体经营",
    "小微企业": "小微|微型企业|中小",
    "企业": "(?<!电网)企业|市场主体|创新主体|组织|研究院|电影院|加工厂",
    "居民": "居民|群众|家庭|参保|医保|生育|救助|特困|低保|生活困难|困难(?:群众|人员|家庭|群体)",
    "老年人": "老年人|高龄",
    "残疾人": "残疾人",
    "未成年人": "儿童|未成年人|学生|入学|中高考|(?<!独生)子女",
    "求职创业者": "就业|失业|毕业生|求职|创业",
    "社区工作者": "社区工作者|社会工作",
}
_GROUP_PATTERNS = {name: re.compile(words) for name, words in _GROUPS.items()}
# A document whose name says whom it is about: 某市见义勇为人员奖励和保障实施办法.
_ABOUT = re.compile(r"(?:[^市县省区]{2,8}[市县省区])?([一-鿿]{2,8}?(?:人员|人才|工作者|家庭))")


def find_groups(clause: Clause, wording: str) -> tuple[str, ...]:
    """Return the groups of readers a benefit concerns, by its document's name and its wording."""
    about = _ABOUT.match(clause.document.name)
    groups = [about[1]] if about else []
    return (*groups, *(name for name, words in _GROUP_PATTERNS.items() if words.search(wording)))
