"""The figure guard: every figure of a sentence must occur in the clauses it cites.

Similarity cannot do this: 给予20万元 resembles 给予10万元 by every measure of text. Figures are
read and compared as values, so 三万元, 3万元 and 30000元 are one and 2万元 is another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check_marks import without_marks
from index.figures import Figure, figures_agree, find_figures
from index.folding import fold

# 一个, 一批, 一项: an article rather than a number when written as 一 before one of these.
_ARTICLE_UNITS = frozenset("个批项件种条类套份支张片家座处所人组级")
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

    到2025年450万亩 is misplaced where the clause says 到2025年430万亩, 到2030年450万亩: another figure
    of the same unit follows the same words. Figures that share one introduction (分别给予…) are not
    told apart.
    """
    claimed = without_marks(sentence)
    found = []
    for figure in find_figures(claimed):
        if figure.kind in ("ordinal", "document", "number", "other"):
            continue
        words = _introduction(claimed, figure)
        right, wrong = 0, 0
        for text in evidence:
            for stated in find_figures(text):
                if (stated.kind, stated.unit) == (figure.kind, figure.unit):
                    shared = len(words & _introduction(text, stated))
                    if figures_agree(figure, stated):
                        right = max(right, shared)
                    else:
                        wrong = max(wrong, shared)
        if wrong >= right + _MARGIN:
            found.append(figure.text)
    return found


def _introduction(text: str, figure: Figure) -> set[str]:
    before = _STOP.split(text[: figure.start])[-1]
    words = fold(before)[-_CONTEXT:]
    return {words[i : i + 2] for i in range(len(words) - 1)}
