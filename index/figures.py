"""Figures in gazette text: amounts, percentages, dates, ages, durations, counts, ordinals, 文号.

Values are normalised so that equal quantities compare equal however they are written: 三万元
and 30000元, 二十日 and 20天, 一年半 and 18个月, 百分之二十五 and 25%. The readers below run over
folded text in order, each on what the earlier ones left, so that 第3年 is no duration.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from index.folding import fold_with_offsets
from index.numerals import NUMERAL, parse_numeral
from index.units import UNIT_NAMES, UNITS, Kind


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``source[start:end] == text``.

    ``value`` is a Decimal in ``unit``; for a date an ISO 8601 date as exact as the text (2022-12,
    --09-16 where the year is not written), for a 文号 "2022-14", for ``other`` (standards, phone
    numbers, versions) the folded characters themselves. The ends of a range are two figures.
    """

    kind: Kind
    value: Decimal | str
    unit: str
    text: str
    start: int
    end: int


# A numeral begins here: not inside another one, and for Chinese digits not inside a word such as
# 统一, 唯一, 之一 or 进一步.
_BEGIN = (
    r"(?:(?<![\da-z第\[])(?<!\d\.)(?=\d)"
    r"|(?<![\da-z第\[〇零一二三四五六七八九十百千万亿两统唯单之同专逐进另划归合])(?!\d))"
)
_YEAR = r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_RANGE = "[-~至到]"

# What has digits but counts nothing: gb/t19580, dl/t5729-2016, 1+5+n, telephones, 5.0版, 3·15.
_CODE = re.compile(
    r"(?<![a-z\d])(?:(?!k?m[23](?![a-z\d]))[a-z]+(?:[/-][a-z]+)*[-/]?\d+(?:[./-]?[a-z\d]+)*"
    r"|[a-z\d]+(?:\+[a-z\d]+)+"
    r"|\(?0\d{2,3}\)?-?\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)"
    r"|\d+(?:\.\d+)+版|\d{1,2}[:·]\d{1,2}(?!\d))"
)
_LEAD = "(?:根据|依据|按照|依照|参照|执行|落实|以及|[以和及与由见即对将在按的])*"
_DOCUMENT = re.compile(rf"{_LEAD}([一-鿿]{{2,9}}?)[\[(]({_YEAR})[\])](\d+)号")
_DATE = re.compile(
    rf"(?<!\d)({_YEAR})年(?:({_SMALL})月)?(?:(?<=月)({_SMALL})[日号]|(底|末))?"
    rf"|(?<!\d)({_YEAR})(?=(?:[-~至到、—]{_YEAR})*[-~至到、]{_YEAR}年)"
    r"|(?<!\d)([12]\d{3})([-/.])(\d{1,2})\7(\d{1,2})(?!\d)"
)
_MONTH_DAY = re.compile(
    rf"(?<![\d个])({_SMALL})(?:月(?:({_SMALL})[日号]|(底|末))?|(?={_RANGE}{_SMALL}月))"
)
_ORDINAL = re.compile(rf"第\(?({NUMERAL})\)?([条款项章节编届次批期号页名年季步阶轮版卷])")
_ROMAN_GRADE = re.compile(r"(?<![a-z])(i{1,3}|iv|v)级")
_HUNDREDTH = re.compile(rf"([百千])分之({NUMERAL}|百)(?:{_RANGE}(?:百分之)?({NUMERAL}))?")
_AND_HALF = re.compile(rf"{_BEGIN}({NUMERAL})(?:年零?({NUMERAL})个月|年半|个半(月|小时))")
_HALF = re.compile(r"(?<![年月个大多过前后上下])半个?(年|月|日|天|小时)")
_EVERY = re.compile(r"每(年|月|季度|周|日|天)(?!度|份)")
_MEASURED = re.compile(
    rf"{_BEGIN}(?:({NUMERAL})(?={_RANGE}{NUMERAL}))?(?:{_RANGE})?({NUMERAL})[余多来]?"
    rf"({UNIT_NAMES})(?:/({UNIT_NAMES}))?"
)
_SUFFIXED = re.compile(r"(?<![a-z\d])(?<!\d\.)\d+[a-z]+")
_NUMBER = re.compile(rf"(?<![\da-z])(?<!\d\.)(?=\d)({NUMERAL})")


def _at(match: re.Match[str], group: int, kind: Kind, value: Decimal | str, unit: str) -> Figure:
    start, end = match.span(group)
    return Figure(kind, value, unit, "", start, end)


def _read_code(match: re.Match[str]) -> Iterator[Figure]:
    yield _at(match, 0, "other", match.group(), "")


def _read_document(match: re.Match[str]) -> Iterator[Figure]:
    value = f"{parse_numeral(match.group(2))}-{int(match.group(3))}"
    yield replace(_at(match, 0, "document", value, match.group(1)), start=match.start(1))


def _iso(year: str, month: str | None, day: str | None, end: str | None) -> str:
    """Return an ISO date; ``end`` (底, 末) means the last day of the month or year written."""
    y = str(parse_numeral(year)) if year else "-"
    m = int(parse_numeral(month)) if month else 12 if end else 0
    last = calendar.monthrange(int(y) if year else 2022, m)[1] if end and 1 <= m <= 12 else 0
    d = int(parse_numeral(day)) if day else last
    if not (m <= 12 and d <= 31):
        raise ValueError(f"no such date: month {m}, day {d}")
    return y + (f"-{m:02}" if m else "") + (f"-{d:02}" if d else "")


def _read_date(match: re.Match[str]) -> Iterator[Figure]:
    year, month, day, end, listed, iso_year, _, iso_month, iso_day = match.groups()
    value = _iso(year or listed or iso_year, month or iso_month, day or iso_day, end)
    yield _at(match, 0, "date", value, "")


def _read_month_day(match: re.Match[str]) -> Iterator[Figure]:
    yield _at(match, 0, "date", _iso("", match.group(1), match.group(2), match.group(3)), "")


def _read_ordinal(match: re.Match[str]) -> Iterator[Figure]:
    yield _at(match, 0, "ordinal", parse_numeral(match.group(1)), match.group(2))


def _read_roman(match: re.Match[str]) -> Iterator[Figure]:
    value = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}[match.group(1)]
    yield _at(match, 0, "count", Decimal(value), "级")


def _read_hundredth(match: re.Match[str]) -> Iterator[Figure]:
    unit = "%" if match.group(1) == "百" else "‰"
    first = Decimal(100) if match.group(2) == "百" else parse_numeral(match.group(2))
    yield _at(match, 2 if match.group(3) else 0, "percent", first, unit)
    if match.group(3):
        yield _at(match, 3, "percent", parse_numeral(match.group(3)), unit)


def _read_and_half(match: re.Match[str]) -> Iterator[Figure]:
    whole, months, half_of = match.groups()
    if half_of:
        name = "月" if half_of == "月" else "小时"
        yield _at(match, 0, "duration", parse_numeral(whole) + Decimal("0.5"), name)
    else:
        extra = parse_numeral(months) if months else Decimal(6)
        yield _at(match, 0, "duration", parse_numeral(whole) * 12 + extra, "月")


def _read_half(match: re.Match[str]) -> Iterator[Figure]:
    name = match.group(1)
    unit = UNITS["个月" if name == "月" else name]
    yield _at(match, 0, "duration", unit.factor / 2, unit.name)


def _read_every(match: re.Match[str]) -> Iterator[Figure]:
    name = match.group(1)
    unit = UNITS["个月" if name in ("月", "季度") else name]
    yield _at(match, 0, "duration", unit.factor * (3 if name == "季度" else 1), unit.name)


def _read_measured(match: re.Match[str]) -> Iterator[Figure]:
    low, high, name, per = match.groups()
    unit = UNITS[name]
    measured = unit.name + (f"/{per.replace('天', '日')}" if per else "")
    if low:
        value = _shared_multiplier(low, high) * unit.factor
        yield _at(match, 1, unit.kind, value, measured)
    value = parse_numeral(high) * unit.factor
    yield replace(_at(match, 0, unit.kind, value, measured), start=match.start(2))


def _shared_multiplier(low: str, high: str) -> Decimal:
    """Return the value of ``low`` in 100-500万元, where its 万 is written once for both."""
    value = parse_numeral(low)
    shared = re.fullmatch(r"([\d.,]+)([十百千万亿]+)", high)
    if shared and low[-1].isdigit() and value < parse_numeral(shared.group(1)):
        return parse_numeral(low + shared.group(2))
    return value


def _read_number(match: re.Match[str]) -> Iterator[Figure]:
    yield _at(match, 1, "number", parse_numeral(match.group(1)), "")


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Figure]]], ...] = (
    (_CODE, _read_code),
    (_DOCUMENT, _read_document),
    (_DATE, _read_date),
    (_ORDINAL, _read_ordinal),
    (_ROMAN_GRADE, _read_roman),
    (_HUNDREDTH, _read_hundredth),
    (_AND_HALF, _read_and_half),
    (_HALF, _read_half),
    (_EVERY, _read_every),
    (_MONTH_DAY, _read_month_day),
    (_MEASURED, _read_measured),
    (_SUFFIXED, _read_code),
    (_NUMBER, _read_number),
)
# Folding removes white space and makes 。 a full stop; a bar in their place keeps two numbers from
# becoming one, and the words before a 文号 out of it.
_GAP = re.compile(
    r"(?<=[\d㎡㎥²³])[\s。，]+(?=\d)|(?<=[一-鿿])\s+(?=[一-鿿]{2,7}\s*[〔\[［（(【]\s*[12]\d{3})"
)


def find_figures(text: str) -> list[Figure]:
    """Return the figures of ``text`` in order; none overlap."""
    return list(_scan(text))


@lru_cache(maxsize=1024)  # the same few clauses are scanned for every sentence of an answer
def _scan(text: str) -> tuple[Figure, ...]:
    folded, offsets = fold_with_offsets(_GAP.sub(lambda gap: "|" * len(gap.group()), text))
    found: list[Figure] = []
    for pattern, reader in _READERS:
        taken: list[re.Match[str]] = []
        for match in pattern.finditer(folded):
            try:
                found.extend(reader(match))
            except ValueError:  # 第二十一一次, 十四五: looked like a numeral and is none
                continue
            taken.append(match)
        for match in taken:
            folded = folded[: match.start()] + "|" * len(match.group()) + folded[match.end() :]
    return tuple(_unfolded(figure, text, offsets) for figure in sorted(found, key=_start))


def _start(figure: Figure) -> int:
    return figure.start


def _unfolded(figure: Figure, text: str, offsets: list[int]) -> Figure:
    start, end = offsets[figure.start], offsets[figure.end - 1] + 1
    return replace(figure, text=text[start:end], start=start, end=end)
