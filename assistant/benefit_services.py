"""Benefits a task list names as a service to apply for: 一次性创业补贴申领, 老年人高龄津贴申请."""

from __future__ import annotations

import re

from assistant.benefit_wording import Grant

# Sentences that put services on line or over the counter; elsewhere a list names subjects only.
_SERVED = re.compile(r"上线|秒批|一事通办|帮办代办|帮代办|服务专区|提供[^。]*服务")
_ITEM = re.compile(r"(?:[^、,;。|()]|\([^()]{1,8}\)(?=[^、,;。|]))+(?:\([^()]{1,8}\))?")
_LEAD = re.compile(
    r"^\s*(?:\d+\.\s*)?(?:持续|优先|加快|配合|积极)?(?:推进|推出|推动|上线|提供)?"
    r"(?:[^、]{2,4}服务\()?(?:全市|本地)?(?:线上)?\s*"
)
_TAIL = re.compile(r"(?:等(?:[“服事帮人]|服务|相关)|实现|服务(?:上线|实现)|上线|相关帮).*$")
_NAMES = {
    "补贴": "补贴|津贴|创业补贴",
    "奖励": "奖励金",
    "补助": "补助|抚恤金",
    "待遇": "失业保险金|报销",
    "减免": "稳岗返还|返还",
    "缓缴": "缓缴",
    "贷款": "担保贷款",
}
_ACT = "(?:申领|申请|申报|查询|返还|报销|年审)"
# An item without a verb is a benefit where the list is of rows: 医疗救助, 中高考优待.
_BARE = {"救助": "救助", "优先服务": "优待", "法律援助": "法律援助"}


def find_services(sentence: str, in_table: bool) -> list[Grant]:
    """Return the benefits a half-width sentence lists as services; none overlap, none twice.

    Items without a verb (医疗救助) are services only ``in_table``; in running text they are topics.
    """
    if not _SERVED.search(sentence):
        return []
    grants: list[Grant] = []
    named: set[str] = set()
    for match in _ITEM.finditer(sentence):
        lead = _LEAD.match(match[0])
        start = lead.end() if lead else 0
        item = _TAIL.sub("", match[0][start:]).rstrip()
        kind = _kind_of(item, in_table)
        if kind and not any(name.startswith(item) for name in named):
            named.add(item)
            begin = match.start() + start
            grants.append(Grant(kind, begin, begin + len(item)))
    return grants


def _kind_of(item: str, in_table: bool) -> str:
    for kind, words in _NAMES.items():
        if re.search(f"(?:{words})", item) and re.search(rf"{_ACT}\S*$", item):
            return kind
    for kind, word in _BARE.items():
        if in_table and re.fullmatch(rf"\S{{0,6}}{word}(?:\(\S+\))?(?:申请)?", item):
            return kind
    return ""
