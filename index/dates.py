"""Dates as the gazette writes them, read into ISO 8601."""

from __future__ import annotations

import calendar
import re
from datetime import date

# 2022年10月31日, 2022 年 12 月, 2023年底, 2023年6月底
DATE_PATTERN = r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?(?:底|末)?"
_PARTS = re.compile(r"((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?")


def last_day(text: str) -> str:
    """Return the last day a written date covers: 2022年12月 -> 2022-12-31, 2025年 -> 2025-12-31.

    :raises ValueError: when ``text`` does not begin with a year.
    """
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()


def first_day(text: str) -> str:
    """Return the first day a written date covers: 2022年12月 -> 2022-12-01.

    :raises ValueError: when ``text`` does not begin with a year.
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1).isoformat()


def add_period(start: str, years: int, months: int) -> str:
    """Return the last day of a period that begins on ``start`` (ISO 8601).

    A period of years ends on the day before its anniversary, 民法典 第二百零二条: 2022-12-01 and
    two years give 2024-11-30.
    """
    begin = date.fromisoformat(start)
    total = begin.month - 1 + months + 12 * years
    year, month = begin.year + total // 12, total % 12 + 1
    day = min(begin.day, calendar.monthrange(year, month)[1])
    return date.fromordinal(date(year, month, day).toordinal() - 1).isoformat()


def chinese_date(iso: str) -> str:
    """Return 2022年10月31日 for 2022-10-31, as the gazette writes dates."""
    parts = zip(iso.split("-"), "年月日", strict=False)
    return "".join(f"{int(number)}{unit}" for number, unit in parts)


def _parts(text: str) -> tuple[int, int, int]:
    found = _PARTS.match(text.strip())
    if not found:
        raise ValueError(f"{text!r}: not a date; expected 2022年10月31日 or a part of it")
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)
