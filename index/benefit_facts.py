"""Money a clause promises or charges: each amount with what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.figures import find_figures
from index.types import Clause, Fact

# What money is called when it is given, or not taken. The nearest one names an amount's role.
BENEFIT_WORDS = [
    "奖励",
    "奖补",
    "奖金",
    "补贴",
    "补助",
    "补偿",
    "资助",
    "扶持",
    "减免",
    "免收",
    "减收",
    "免征",
    "缓缴",
    "缓收",
    "垫付",
    "贴息",
    "资金支持",
    "救助",
    "抚恤",
    "优惠",
]
_BENEFIT = re.compile("|".join(BENEFIT_WORDS))
# An amount belongs to the benefit named in the same stretch of a sentence.
_STRETCH = re.compile(r"[^。；;\n]+")
# What stands before an amount that is a condition or a statistic, not a benefit.
_CONDITION = re.compile(
    r"(?:投资|收入|产值|销售额|营收|规模|纳税额|中标价|突破|结余|累计|基金|罚款|违约金|超过?|达到?)"
    r"[^，,。；;]{0,12}$"
)


def find_amounts(clause: Clause) -> Iterator[Fact]:
    """Yield an amount fact for every sum of money given as a benefit; value in yuan, or a rate."""
    for stretch in _STRETCH.finditer(clause.text):
        benefit = _BENEFIT.search(stretch[0])
        if not benefit:
            continue
        for figure in find_figures(stretch[0]):
            if figure.kind not in {"money", "percent"}:
                continue
            before = stretch[0][: figure.start]
            if _CONDITION.search(before) and not _BENEFIT.search(stretch[0][figure.end :][:8]):
                continue
            start = stretch.start() + figure.start
            yield Fact(
                "amount",
                f"{figure.value}{figure.unit}",
                figure.text,
                start,
                start + len(figure.text),
                _nearest_benefit(stretch[0], figure.start),
            )


def _nearest_benefit(text: str, position: int) -> str:
    words = [(abs(found.start() - position), found[0]) for found in _BENEFIT.finditer(text)]
    return min(words)[1]
