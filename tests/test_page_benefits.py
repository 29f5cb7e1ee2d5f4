"""What is given to whom: data, table and file; values read from the gazette by hand."""

from datetime import date

import pytest

from assistant.benefit_list import (
    count_groups,
    largest_sum,
    select_benefits,
    sort_benefits,
)
from assistant.page.benefit_table import benefits_csv, group_choices, render_benefits
from tests.page_data import TODAY, benefits, read_file

LAST_DAY_OF_101 = date(2023, 12, 31)


@pytest.mark.parametrize(
    ("as_of", "statuses"),
    [
        (date(2022, 12, 1), ["有效", "有效", "有效"]),
        (date(2023, 6, 1), ["已过有效期", "已过有效期", "有效"]),
        (LAST_DAY_OF_101, ["已过有效期", "已过有效期", "有效"]),
        (date(2024, 1, 1), ["已过有效期", "已过有效期", "已过有效期"]),
    ],
)
def test_a_benefit_ends_when_it_says_or_when_its_document_does(as_of, statuses):
    rows = [r for r in benefits(as_of) if r.clause.id.endswith("赣市府办字〔2022〕101号/一/2")]
    assert [row.status for row in rows] == statuses


def test_nothing_is_filtered_out_unasked():
    assert select_benefits(benefits()) == list(benefits())
    assert any(row.status == "已过有效期" for row in benefits())


def test_a_group_gets_its_own_benefits_first_and_then_the_wider_groups():
    found = select_benefits(benefits(), group="小微企业")
    own = [row for row in found if "小微企业" in row.benefit.groups]
    assert found[: len(own)] == own
    assert all("企业" in row.benefit.groups for row in found[len(own) :])
    assert len(own) == count_groups(benefits())["小微企业"]
    farmers = select_benefits(benefits(), group="农户")
    assert all("农户" in row.benefit.groups for row in farmers)


def test_every_word_must_occur_however_it_is_typed():
    found = select_benefits(benefits(), words="竹产业 〔2022〕22号")
    assert found
    assert {row.clause.document.doc_no for row in found} == {"赣市府办发〔2022〕22号"}
    assert select_benefits(benefits(), words="[2022]22号 竹产业") == found
    assert select_benefits(benefits(), words="竹产业 量子") == []
    loans = select_benefits(benefits(), kind="贷款", status="已过有效期")
    assert {(row.benefit.kind, row.status) for row in loans} == {("贷款", "已过有效期")}


@pytest.mark.parametrize(
    ("amount", "largest"),
    [
        ("五千元至二万元", 20000),
        ("100-500万元", 5000000),
        ("不低于十万元", 100000),
        ("应缴水电气费用的30%", None),
        ("6个月", None),
        ("", None),
    ],
)
def test_an_amount_counts_by_its_largest_sum(amount, largest):
    assert largest_sum(amount) == largest


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("key", ["amount", "until", "who", "kind", "status"])
def test_sorting_keeps_every_row_and_puts_the_silent_last(key, descending):
    found = sort_benefits(benefits(), key, descending)
    assert sorted(row.order for row in found) == [row.order for row in benefits()]
    if key == "until":
        days = [row.benefit.until for row in found]
        dated = [day for day in days if day]
        assert days == sorted(dated, reverse=descending) + [""] * (len(days) - len(dated))


def test_the_largest_amount_first():
    first = sort_benefits(benefits(), "amount", descending=True)[0]
    assert first.benefit.amount == "100-500万元"


def test_benefits_as_a_spreadsheet():
    name, (header, *rows) = read_file(benefits_csv(benefits(), TODAY))
    assert name == "惠民惠企-2026-01-15.csv"
    assert header[9] == "状态（2026-01-15）"
    assert len(rows) == len(benefits()) == 168
    assert all(len(row) == len(header) for row in rows)
    wanted = [r for r in rows if r[12] == "第十一条" and r[11] == "赣市府发〔2022〕14号"]
    assert [row[3] for row in wanted] == [
        "五千元至二万元", "不低于二万元", "不低于五万元", "不低于十万元",
    ]  # fmt: skip
    assert {row[9] for row in wanted} == {"有效"}
    for listed, row in zip(benefits(), rows, strict=True):
        assert row[13].removeprefix("'") == listed.benefit.quote


def test_the_table_says_what_it_leaves_out():
    shown = select_benefits(benefits(), group="小微企业")
    page = render_benefits(shown, benefits(), "小微企业", "source-asc")
    own = sum("小微企业" in row.benefit.groups for row in shown)
    silent = sum(not row.benefit.groups for row in benefits())
    assert f"写明小微企业的{own}项在前，面向企业的{len(shown) - own}项在后" in page
    assert f"另有{silent}项未写明对象" in page
    assert page.count("<tr") == len(shown) + 1
    assert "已过有效期</span>" in page
    assert group_choices(benefits())[0] == ("全部（168）", "")
