"""Chinese and Arabic numerals as the gazette writes them, both ways.

One grammar covers 二十四, 二〇二二, 1.5万, 1,361万, 3万5千 and the formal 贰拾万: a numeral is
split at its largest unit, what stands left of the unit is multiplied by it, what stands right
is added.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_UNITS = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
_FORMS = str.maketrans(
    "〇○Ｏ两壹贰叁肆伍陆柒捌玖拾佰仟億萬", "零零零二一二三四五六七八九十百千亿万"
)

# 余 and 多 say "a little more" and may stand inside a number: 126余万.
_APPROXIMATE = re.compile("[余多]")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DIGIT_CLASS = "〇○零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
# 千 before these is the prefix kilo: 350亿千瓦时 is 350亿 of 千瓦时.
_MULTIPLIER = "(?:[十百万亿]|千(?![瓦伏米克赫帕卡]))"

# Source of a regular expression for one numeral in folded text (see index.folding): Arabic digits
# with optional multipliers, or Chinese digits; a bare 百, 千, 万 or 亿 is a word, not a number.
NUMERAL = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?"
    rf"(?:[余多]?{_MULTIPLIER}+(?:\d+(?:\.\d+)?{_MULTIPLIER}+)*)?"
    rf"|(?:[{_DIGIT_CLASS}]|[十拾](?![百千]))(?:[{_DIGIT_CLASS}拾佰仟]|{_MULTIPLIER})*"
    rf"(?:点[{_DIGIT_CLASS}]+{_MULTIPLIER}*)?)"
)


def parse_numeral(text: str) -> Decimal:
    """Return the value of a numeral: ``parse_numeral("二十四") == 24``, ``"1.5万"`` is 15000.

    Digits without a unit are read by position (二〇二二 is 2022), 半 alone is one half, and a last
    digit directly after a unit takes the next smaller one, as spoken (两万五 is 25000).

    Raises ValueError where ``text`` is no well-formed numeral.
    """
    plain = unicodedata.normalize("NFKC", text).strip().translate(_FORMS)
    plain = _APPROXIMATE.sub("", plain)
    if plain == "半":
        return Decimal("0.5")
    value = _value(plain) if plain else None
    if value is None:
        raise ValueError(f"not a numeral: {text!r}; give digits such as 二十四, 二〇二二 or 1.5万")
    return value


def _value(plain: str) -> Decimal | None:
    for unit, size in _UNITS.items():
        left, found, right = plain.rpartition(unit)
        if found:
            return _joined(left, size, right)
    if _ARABIC.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    whole, point, fraction = plain.partition("点")
    digits = _positional(whole)
    if digits is None or not point:
        return digits
    decimals = _positional(fraction)
    return None if decimals is None else digits + decimals.scaleb(-len(fraction))


def _joined(left: str, size: int, right: str) -> Decimal | None:
    """Return ``left`` times ``size`` plus ``right``, or None where that is no way to write it."""
    if not left and size >= _UNITS["万"]:
        return None
    head = _value(left.removeprefix("零")) if left else Decimal(1)
    if head is None or (size < _UNITS["万"] and head >= 10 and not left[-1].isascii()):
        return None
    if not right:
        return head * size
    tail = _value(right.removeprefix("零"))
    if tail is None or tail >= size:
        return None
    spoken = len(right) == 1 and right in _DIGITS and size > 10
    return head * size + (tail * size / 10 if spoken else tail)


def _positional(digits: str) -> Decimal | None:
    if not digits or any(digit not in _DIGITS for digit in digits):
        return None
    return Decimal("".join(str(_DIGITS[digit]) for digit in digits))


def to_chinese(number: int) -> str:
    """Return ``number``, from 0 to 99,999,999, in Chinese: 24 is 二十四, 105 is 一百零五.

    Raises ValueError outside that range: article numbers and counts are never longer.
    """
    if not 0 <= number < 10**8:
        raise ValueError(f"cannot write {number} in Chinese; give a number from 0 to 99999999")
    return _written(number).removeprefix("一") if 10 <= number < 20 else _written(number)


def _written(number: int) -> str:
    for unit, size in _UNITS.items():
        if number >= size:
            head, tail = divmod(number, size)
            joint = "零" if 0 < tail < size // 10 else ""
            return _written(head) + unit + joint + (_written(tail) if tail else "")
    return "零一二三四五六七八九"[number]
