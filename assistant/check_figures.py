"""The figure guard: every figure of a sentence must occur in the clauses it cites.

Similarity cannot do this: 给予20万元 resembles 给予10万元 by every measure of text. Figures are
read and compared as values, so 三万元, 3万元 and 30000元 are one and 2万元 is another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check_marks import without_marks
from index.figures import Figure, find_figures
from index.folding import fold
from index.units import units_agree

# 一个, 一批, 一项: an article rather than a number when written as 一 before one of these.
_ARTICLE_UNITS = frozenset("个批项件种条类套份支张片家座处所人组级")
# 每天 is backed by 1万吨/日.
_RATES = {"天": "/日", "日": "/日", "月": "/月", "年": "/年"}
_LEADING_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def check_figures(sentence: str, evidence: Sequence[str]) -> list[str]:
    """Return the figures of ``sentence``, as written, that no text of ``evidence`` backs.

    Citation marks and list numbers are not figures. Standards, versions and telephone numbers
    must occur as they are written, everything else by value and unit.
    """
    stated = [figure for text in evidence for figure in find_figures(text)]
    folded = [fold(text) for text in evidence]
    return [
        claimed.text
        for claimed in find_figures(without_marks(sentence))
        if not _is_article(claimed)
        and not any(figures_agree(claimed, figure) for figure in stated)
        and not any(_occurs(claimed, text) for text in folded)
        and not _in_table_column(claimed, stated, folded)
    ]


def _is_article(figure: Figure) -> bool:
    return figure.unit in _ARTICLE_UNITS and figure.text.startswith("一") and figure.value == 1


def _occurs(claimed: Figure, folded: str) -> bool:
    """Return whether a code occurs whole: 5.0版 in “赣服通”5.0版, but not GB/T1900 in GB/T19001."""
    if claimed.kind != "other":
        return False
    code = re.escape(str(claimed.value))
    return re.search(rf"(?<![a-z\d]){code}(?![a-z\d])", folded) is not None


def _in_table_column(claimed: Figure, stated: Sequence[Figure], folded: Sequence[str]) -> bool:
    """Return whether a cell holds the number and its column names the unit: （亿元）… 110.8."""
    number = _LEADING_NUMBER.match(claimed.text)
    if number is None or claimed.kind in ("date", "ordinal", "other"):
        return False
    bare = find_figures(number.group())
    unit = fold(claimed.text[number.end() :])
    return any(f"({unit})" in text for text in folded) and any(
        figure.kind == "number" and figure.value == bare[0].value for figure in stated
    )


# How many characters before a figure say what it measures, in the sentence and in the clause,
# and by how many shared bigrams another figure of the clause must fit better to be the one meant.
_CONTEXT = 14
_MARGIN = 2
_STOP = re.compile(r"[,.;:，。；：\n]")


def misplaced_figures(sentence: str, evidence: Sequence[str]) -> list[str]:
    """Return the figures of ``sentence`` that its evidence gives for something else.

    到2025年450万亩 is misplaced where the clause says 到2025年430万亩, 到2030年450万亩: another
    figure of the same unit follows the same words. Figures that share one introduction
    (分别给予…) are not told apart.
    """
    claimed = without_marks(sentence)
    found = []
    for figure in find_figures(claimed):
        if figure.kind in ("ordinal", "document", "number", "other"):
            continue
        fits, better = _best_introductions(figure, _introduction(claimed, figure), evidence)
        if fits is not None and better >= fits + _MARGIN:
            found.append(figure.text)
    return found


def _best_introductions(
    claimed: Figure, words: set[str], evidence: Sequence[str]
) -> tuple[int | None, int]:
    """Return how many of ``words`` introduce an equal figure, and how many a different one.

    The first is None where the evidence has no equal figure.
    """
    equal: int | None = None
    different = 0
    for text in evidence:
        for stated in find_figures(text):
            if (stated.kind, stated.unit) != (claimed.kind, claimed.unit):
                continue
            shared = len(words & _introduction(text, stated))
            if figures_agree(claimed, stated):
                equal = max(equal or 0, shared)
            else:
                different = max(different, shared)
    return equal, different


def _introduction(text: str, figure: Figure) -> set[str]:
    before = _STOP.split(text[: figure.start])[-1]
    words = fold(before)[-_CONTEXT:]
    return {words[i : i + 2] for i in range(len(words) - 1)}


def figures_agree(claimed: Figure, stated: Figure) -> bool:
    """Return whether ``stated`` backs ``claimed``: the same quantity, or one less exactly put.

    2022年 is backed by 2022年9月底 but not the other way round; a number without a unit by any
    figure of that value; a 文号 also by a longer form, 府发〔2022〕14号 by 赣市府发〔2022〕14号.
    """
    if claimed.text.startswith("每") and stated.unit.endswith(_RATES.get(claimed.text[1:], "-")):
        return True
    if claimed.kind == "number":
        year = stated.kind == "date" and str(stated.value)[:4] == str(claimed.value)
        return year or claimed.value == stated.value
    if claimed.kind != stated.kind:
        return False
    if claimed.kind == "date":
        return _dates_agree(str(claimed.value), str(stated.value))
    if claimed.value != stated.value:
        return False
    if claimed.kind == "document":
        return claimed.unit.endswith(stated.unit) or stated.unit.endswith(claimed.unit)
    return units_agree(claimed.unit, stated.unit)


def _dates_agree(claimed: str, stated: str) -> bool:
    if not claimed.startswith("--"):
        return stated.startswith(claimed)
    month_and_day = stated[1:] if stated.startswith("--") else stated[4:]
    return month_and_day.startswith(claimed[1:])
