import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import NUMERAL, parse_numeral, to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十四", 24),
        ("十", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千零二十", 1020),
        ("三万", 30000),
        ("十万", 100000),
        ("两万五", 25000),
        ("两万零五", 20005),
        ("三百五", 350),
        ("一万亿", 10**12),
        ("五千万", 5 * 10**7),
        ("二〇二二", 2022),
        ("二○二六", 2026),
        ("半", Decimal("0.5")),
        ("八点五", Decimal("8.5")),
        ("三点零五万", 30500),
        ("贰拾万", 200000),
        ("1.5万", 15000),
        ("1,361", 1361),
        ("1,361万", 13610000),
        ("3万5千", 35000),
        ("1亿3000万", 130000000),
        ("15百", 1500),
        ("126余万", 1260000),
        ("２４", 24),
        ("0", 0),
    ],
)
def test_parse(text, value):
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", "万", "亿元", "三四十", "十百", "条", "1,36", "二十百", "点五"]
)
def test_malformed_numerals_are_refused(text):
    with pytest.raises(ValueError, match="not a numeral"):
        parse_numeral(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (19, "十九"),
        (24, "二十四"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (999, "九百九十九"),
        (1001, "一千零一"),
        (10010, "一万零一十"),
        (20500, "二万零五百"),
    ],
)
def test_to_chinese(number, text):
    assert to_chinese(number) == text


@pytest.mark.parametrize("number", [-1, 10**8])
def test_to_chinese_refuses_what_it_cannot_write(number):
    with pytest.raises(ValueError, match="from 0 to 99999999"):
        to_chinese(number)


def test_every_article_number_survives_the_round_trip():
    assert [parse_numeral(to_chinese(number)) for number in range(1, 1000)] == list(range(1, 1000))


@given(st.integers(0, 10**8 - 1))
def test_every_number_survives_the_round_trip(number):
    assert parse_numeral(to_chinese(number)) == number


@given(st.integers(0, 10**8 - 1))
def test_the_pattern_matches_whole_numerals(number):
    for text in (to_chinese(number), str(number), f"{number:,}"):
        assert re.fullmatch(NUMERAL, text)


def test_the_pattern_leaves_kilo_to_the_unit():
    match = re.match(NUMERAL, "350亿千瓦时")
    assert match is not None
    assert match.group() == "350亿"
