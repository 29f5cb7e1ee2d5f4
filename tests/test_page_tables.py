"""Tables and spreadsheets of any records: order, length, and nothing that runs."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.clause_tasks import render_tasks
from assistant.page.records import MAX_SHOWN, Column, render_records
from assistant.page.spreadsheet import guard_cell, write_csv
from assistant.tasks import find_tasks
from index.types import Fact
from tests.gazette_factories import shipped_clause
from tests.store_factories import make_bridges


@pytest.fixture(scope="module")
def bridges(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-2", "@x", "＝1", "\t=1", " =1", "　=1"])
def test_a_cell_that_would_run_as_a_formula_is_text(cell):
    assert guard_cell(cell) == f"'{cell}"


def test_an_ordinary_cell_stays_as_it_is():
    assert guard_cell("（一）奖励5万元 -10%") == "（一）奖励5万元 -10%"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_a_row_survives_the_file_and_never_begins_a_formula(cells):
    (row,) = csv.reader(io.StringIO(write_csv(cells, []).decode("utf-8-sig"), newline="")) or [[]]
    assert row == cells
    _, read = csv.reader(io.StringIO(write_csv(["列"], [cells]).decode("utf-8-sig"), newline=""))
    assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in cells]
    assert not any(cell.lstrip(" 　").startswith(("=", "+", "-", "@")) for cell in read)


def test_heads_sort_by_turns_and_say_how():
    columns = [Column("金额", ("amount-desc", "amount-asc")), Column("条件")]
    shown = render_records("表", columns, [("5万元", "")], "amount-desc")
    assert 'aria-sort="descending"' in shown
    assert 'data-order="amount-asc"' in shown
    assert 'aria-sort="none"' in render_records("表", columns, [("5万元", "")], "until-asc")
    assert shown.count("<button") == 1


def test_a_long_table_says_that_it_is_cut():
    shown = render_records("表", [Column("号")], [(str(n),) for n in range(MAX_SHOWN + 5)])
    assert shown.count("<tr") == MAX_SHOWN + 1
    assert f"共{MAX_SHOWN + 5}项" in shown


HOSTILE = '<img src=x onerror="alert(1)">'


def test_what_a_document_says_is_inert_in_a_table(bridges):
    clause = shipped_clause("赣市府字〔2022〕72号/二/（二）/4")
    fact = Fact("duty", HOSTILE, HOSTILE, 0, 4, "责任单位")
    hostile = replace(clause, text=HOSTILE, label=HOSTILE, kind="item", facts=(fact,))
    shown = render_tasks("市林业局", find_tasks([hostile]), bridges)
    assert "<img" not in shown
    assert "&lt;img src=x onerror=&quot;" in shown
