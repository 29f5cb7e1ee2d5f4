from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures import find_figures
from index.numerals import to_chinese


def read(text):
    return [(figure.kind, figure.value, figure.unit) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三万元", 30000),
        ("3万元", 30000),
        ("30000元", 30000),
        ("30,000元", 30000),
        ("３万元", 30000),
        ("1,361万元", 13610000),
        ("55.23 亿元", 5523000000),
        ("不超过5万元", 50000),
        ("3万多元", 30000),
    ],
)
def test_money(text, value):
    assert read(text) == [("money", value, "元")]


def test_a_range_is_its_two_ends_and_shares_the_multiplier():
    assert read("给予100-500万元项目资金") == [("money", 1000000, "元"), ("money", 5000000, "元")]
    assert read("五千元至二万元奖金") == [("money", 5000, "元"), ("money", 20000, "元")]
    assert read("5000-1万元") == [("money", 5000, "元"), ("money", 10000, "元")]
    assert read("18-60周岁") == [("age", 18, "岁"), ("age", 60, "岁")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("百分之二十五", 25, "%"),
        ("25%", 25, "%"),
        ("８.５％", Decimal("8.5"), "%"),
        ("百分之百", 100, "%"),
        ("提高20个百分点", 20, "百分点"),
    ],
)
def test_percentages(text, value, unit):
    assert read(text) == [("percent", value, unit)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022年10月31日", "2022-10-31"),
        ("2022 年 12 月 1 日", "2022-12-01"),
        ("二〇二六年3月1日", "2026-03-01"),
        ("二○二六年三月一日", "2026-03-01"),
        ("2026-03-01", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("2022年12月", "2022-12"),
        ("2022年9月底", "2022-09-30"),
        ("2024年2月底", "2024-02-29"),
        ("2025年底", "2025-12-31"),
        ("2025年", "2025"),
        ("9月16日", "--09-16"),
    ],
)
def test_dates(text, value):
    assert read(text) == [("date", value, "")]


def test_years_of_a_range_or_list():
    values = [value for _, value, _ in read("2023—2025年，2021、2022、2023年")]
    assert values == ["2023", "2025", "2021", "2022", "2023"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("二十日", 20, "日"),
        ("20天", 20, "日"),
        ("6个月", 6, "月"),
        ("半年", 6, "月"),
        ("一年半", 18, "月"),
        ("18个月", 18, "月"),
        ("一年零六个月", 18, "月"),
        ("3年", 36, "月"),
        ("10年内", 120, "月"),
        ("5个工作日", 5, "工作日"),
        ("七个工作日", 7, "工作日"),
        ("12小时", 12, "小时"),
        ("每年", 12, "月"),
        ("每季度", 3, "月"),
    ],
)
def test_durations(text, value, unit):
    assert read(text) == [("duration", value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("200个", 200, "个"),
        ("16 人", 16, "人"),
        ("200名", 200, "人"),
        ("5亩", 5, "亩"),
        ("680公里", 680000, "米"),
        ("37.5万立方米/日", 375000, "立方米/日"),
        ("1.03万吨/日", 10300, "吨/日"),
        ("35千伏", 35000, "伏"),
        ("200 千瓦", 200000, "瓦"),
        ("350亿千瓦时", 35 * 10**12, "瓦时"),
        ("16个批次", 16, "批"),
        ("Ⅲ级", 3, "级"),
        ("III级", 3, "级"),
        ("三级", 3, "级"),
    ],
)
def test_counts(text, value, unit):
    assert read(text) == [("count", value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("第二十四条", 24, "条"), ("第21次", 21, "次"), ("第（三）项", 3, "项"), ("第3年", 3, "年")],
)
def test_ordinals(text, value, unit):
    assert read(text) == [("ordinal", value, unit)]


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "［］", "【】", "（）", "()"])
def test_document_numbers_in_any_brackets(brackets):
    left, right = brackets
    figures = find_figures(f"按照赣市府办发{left}2022{right}22 号执行")
    assert [(f.kind, f.value, f.unit) for f in figures] == [("document", "2022-22", "赣市府办发")]


def test_words_before_a_document_number_stay_out():
    figure = find_figures("办法的通知\n赣市府发〔2022〕14号 2022年9月22日")[0]
    assert figure.text == "赣市府发〔2022〕14号"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("“赣服通”5.0版", "5.0版"),
        ("1+5+N产业", "1+5+n"),
        ("GB/T19001质量管理体系", "gb/t19001"),
        ("（GB/T 19580）", "gb/t19580"),
        ("DL/T5729-2016", "dl/t5729-2016"),
        ("电话(0797)8992217", "(0797)8992217"),
        ("IPv6改造", "ipv6"),
        ("5G网络", "5g"),
        ("3·15", "3·15"),
    ],
)
def test_codes_are_not_split_into_numbers(text, value):
    assert read(text) == [("other", value, "")]


@pytest.mark.parametrize(
    "text",
    [
        "统一部署",
        "进一步",
        "万一",
        "第二十一一次",
        "十四五时期",
        "百家争鸣",
        "千方百计",
        "万元",
        "",
    ],
)
def test_words_and_broken_numerals_are_no_figures(text):
    assert find_figures(text) == []


def test_numbers_do_not_join_across_spaces_and_full_stops():
    assert [figure.text for figure in find_figures("达到25。2025年，3，500家，6㎡ 500件")] == [
        "25",
        "2025年",
        "3",
        "500家",
        "6㎡",
        "500件",
    ]


@given(st.integers(1, 999999))
def test_a_number_is_the_same_amount_in_either_script(number):
    assert read(f"{to_chinese(number)}元") == read(f"{number}元") == [("money", number, "元")]


@given(st.text(alphabet="一二十百万亿两半第年月日个元%0123456789.,-至/〔〕号条 \n赣", max_size=40))
def test_figures_lie_in_the_text_and_do_not_overlap(text):
    end = 0
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert figure.start >= end
        end = figure.end
