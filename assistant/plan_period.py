"""The years a plan is for, as its name says: （2022-2024年）, “十四五”.

A plan rarely states a period of validity, yet what it promises is of its years: after the last of
them it is past its end, and whether it is continued, the gazette does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.types import Document

_YEARS = re.compile(r"(?:19|20)\d{2}年?[—–\-－~～至到]+((?:19|20)\d{2})年?")
_FIVE_YEARS = re.compile(r"[“\"]?十([一二三四五六七八九])五[”\"]?")
_DIGITS = "一二三四五六七八九"
# The tenth five-year plan ended in 2005, every later one five years after the one before.
_TENTH_ENDED = 2005


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """``words`` of a document's name that say its years, and the last of them."""

    words: str
    last_year: int

    @property
    def last_day(self) -> str:
        """The last day, ISO 8601."""
        return f"{self.last_year}-12-31"


def find_period(document: Document) -> PlanPeriod | None:
    """Return the years a document's name gives it, None where it gives none."""
    years = _YEARS.search(document.name)
    if years:
        return PlanPeriod(years[0], int(years[1]))
    plan = _FIVE_YEARS.search(document.name)
    if plan:
        return PlanPeriod(plan[0], _TENTH_ENDED + 5 * (_DIGITS.index(plan[1]) + 1))
    return None
