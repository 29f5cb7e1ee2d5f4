"""Money a clause gives or waives: each amount with what it is called, 奖励 50万元, 补贴 30%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.figures import Figure, find_figures
from index.types import Clause, Fact

# What money is called when it is given, or not taken. The nearest one names an amount's role.
BENEFIT_WORDS = (
    "奖励|奖补|奖金|补贴|补助|补偿|津贴|资助|扶持|减免|免收|减收|免征|减征|缓缴|缓收|贴息|资金支持|"
    "救助|抚恤"
)
_BENEFIT = re.compile(BENEFIT_WORDS)
# An amount belongs to the benefit named in the same stretch of a sentence, a percentage to one
# close by: 按投资额的1%比例给予奖励, 费用的30%予以补贴.
_STRETCH = re.compile(r"[^。；;\n]+")
_MAX_PERCENT_GAP = 6
# What stands before an amount that is a condition, a statistic or a penalty, not a benefit.
_CONDITION = re.compile(
    r"(?:投资|收入|产值|销售额|营收|规模|纳税额|中标价|突破|结余|累计(?!不超过)|罚款|违约金|节约|追回|"
    r"(?<!不)超过|达到?)[^，,。；;]{0,12}$"
)
_LISTED_CONDITION = re.compile(r"(?:突破|超过|达到?)[^，,。；;给予奖补]{1,24}$")


def find_amounts(clause: Clause) -> Iterator[Fact]:
    """Yield an amount fact for every sum of money given as a benefit; value in yuan, or a rate."""
    for stretch in _STRETCH.finditer(clause.text):
        words = list(_BENEFIT.finditer(stretch[0]))
        if not words:
            continue
        for figure in find_figures(stretch[0]):
            nearest = min(words, key=lambda word: _gap(word, figure))
            if not _is_given(figure, stretch[0], _gap(nearest, figure)):
                continue
            start = stretch.start() + figure.start
            end = stretch.start() + figure.end
            value = f"{figure.value}{figure.unit}"
            yield Fact("amount", value, figure.text, start, end, nearest[0])


def _gap(word: re.Match[str], figure: Figure) -> int:
    """Return how many characters stand between a benefit word and a figure."""
    return max(word.start() - figure.end, figure.start - word.end())


def _is_given(figure: Figure, text: str, gap: int) -> bool:
    if figure.kind == "percent":
        return gap <= _MAX_PERCENT_GAP
    if figure.kind != "money":
        return False
    before = text[: figure.start]
    return not (_CONDITION.search(before) or _LISTED_CONDITION.search(before))
