"""Units of measure and measure words, as the gazette writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "money", "percent", "date", "age", "duration", "count", "ordinal", "document", "number", "other"
]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a name in the text means: ``factor`` times the canonical unit ``name``."""

    kind: Kind
    name: str
    factor: Decimal


_SCALED: tuple[tuple[Kind, str, str], ...] = (
    ("money", "元", "元=1 块钱=1 元人民币=1"),
    ("money", "美元", "美元=1"),
    ("money", "港元", "港元=1 港币=1"),
    ("percent", "%", "%=1"),
    ("percent", "百分点", "个百分点=1 百分点=1"),
    ("percent", "‰", "‰=1"),
    ("age", "岁", "岁=1 周岁=1"),
    ("duration", "月", "个月=1 年=12"),
    ("duration", "日", "日=1 天=1 星期=7 个星期=7 周=7"),
    ("duration", "工作日", "工作日=1 个工作日=1"),
    ("duration", "小时", "小时=1 个小时=1"),
    ("duration", "分钟", "分钟=1"),
    ("count", "米", "米=1 公里=1000 千米=1000 km=1000 厘米=0.01 毫米=0.001"),
    ("count", "平方米", "平方米=1 m2=1 平方公里=1000000 km2=1000000 公顷=10000"),
    ("count", "立方米", "立方米=1 m3=1"),
    ("count", "吨", "吨=1 公斤=0.001 千克=0.001"),
    ("count", "瓦", "瓦=1 千瓦=1000 kw=1000 兆瓦=1000000 mw=1000000"),
    ("count", "瓦时", "千瓦时=1000 kwh=1000"),
    ("count", "伏", "伏=1 千伏=1000 kv=1000"),
    ("count", "人", "人=1 名=1 位=1"),
    ("count", "批", "批=1 批次=1 个批次=1"),
)
_MEASURE_WORDS = (
    "个/人次/家/家次/户/亩/项/件/条/种/类/次/台/套/辆/座/处/所/栋/间/层/株/头/只/羽/支/张/份/本/"
    "册/篇/场/期/届/级/倍/片/组/口/盏/大/季度/号/款/章/节/页/轮/床"
)

UNITS: dict[str, Unit] = {
    name: Unit(kind, unit, Decimal(factor))
    for kind, unit, names in _SCALED
    for name, _, factor in (entry.partition("=") for entry in names.split())
} | {name: Unit("count", name, Decimal(1)) for name in _MEASURE_WORDS.split("/")}

# A measure word is none where one of these characters makes another word of it: 3周年, 一次性,
# 四位一体, 二大会, 一条件.
_OTHER_WORDS = {
    "周": "年岁边围期密末",
    "年": "级龄代",
    "次": "性",
    "位": "一于置",
    "大": "会家学力型量幅数",
    "人": "民才员口均事",
    "名": "单称义录额牌",
    "号": "召",
    "条": "件例",
    "项": "目",
    "本": "级市办地部辖",
    "口": "岸径",
    "所": "有在需属得称",
    "片": "区",
    "处": "理置罚于分",
    "场": "所地景",
    "组": "织成建长",
    "间": "接隔",
    "支": "持队出行付部撑",
    "家": "庭具电长政",
    "种": "植业子苗质源",
    "类": "型别似",
    "户": "籍口主",
    "批": "准示复发量",
    "台": "账风",
    "轮": "换岗",
    "层": "面",
    "级": "别",
}

# Source of a regular expression for one unit in folded text; longer names are tried first.
UNIT_NAMES = "|".join(
    re.escape(name) + (f"(?![{_OTHER_WORDS[name]}])" if name in _OTHER_WORDS else "")
    for name in sorted(UNITS, key=len, reverse=True)
)

# 个 counts anything countable; these say only more precisely what is counted.
_COUNTED_BY_GE = frozenset("人家户项件条种类座处所栋支份组片款台套")


def units_agree(claimed: str, stated: str) -> bool:
    """Return whether two canonical units can measure the same: 15家 and 15个, 300元 and 300元/亩.

    A unit without its "/亩" part says less than one with it and does not contradict it.
    """
    if claimed == stated:
        return True
    counted, _, per = claimed.partition("/")
    counted_too, _, per_too = stated.partition("/")
    if per and per_too and per != per_too:
        return False
    if counted == counted_too:
        return True
    return {counted, counted_too} <= _COUNTED_BY_GE | {"个"} and "个" in {counted, counted_too}
