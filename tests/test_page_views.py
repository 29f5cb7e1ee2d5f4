"""惠民惠企, 查条款 and 关于 as data, tables and files; values read from the gazette by hand."""

import base64
import csv
import io
import json
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.appointments import find_appointments
from assistant.benefit_list import (
    count_groups,
    largest_sum,
    list_benefits,
    select_benefits,
    sort_benefits,
)
from assistant.coverage import cover_issues, find_contact, find_standing
from assistant.document_tree import list_documents, open_line, select_documents
from assistant.page import text_views
from assistant.page.benefit_table import benefits_csv, group_choices, render_benefits
from assistant.page.clause_people import appointments_csv, select_appointments
from assistant.page.clause_tasks import render_tasks, tasks_csv
from assistant.page.clause_timeline import render_timeline, select_milestones, timeline_csv
from assistant.page.clause_tree import render_tree, search_clauses
from assistant.page.clauses import render_found
from assistant.page.evaluation import read_report, render_report
from assistant.page.records import MAX_SHOWN, Column, render_records
from assistant.page.spreadsheet import guard_cell, write_csv
from assistant.tasks import find_tasks, group_offices, is_same_office, name_task, select_tasks
from assistant.timeline import find_milestones
from assistant.types import Filters
from index.facts import find_facts
from index.types import Fact
from tests.gazette_factories import read_shipped, shipped_clause
from tests.store_factories import make_bridges, make_document, make_store

TODAY = date(2026, 1, 15)
LAST_DAY_OF_101 = date(2023, 12, 31)


@cache
def clauses():
    return {c.id: replace(c, facts=find_facts(c)) for c in read_shipped().clauses}


@cache
def benefits(as_of=TODAY):
    return tuple(list_benefits(clauses(), as_of))


@cache
def tasks():
    return tuple(find_tasks(clauses().values()))


def places(items):
    return [item.clause.id.removeprefix("2022-05/赣市府") for item in items]


def read_file(file):
    """Return (name, rows) of a CSV file as page.js gets it."""
    made = json.loads(file)
    data = base64.b64decode(made["data"])
    assert data.startswith(b"\xef\xbb\xbf")  # Excel reads UTF-8 only so
    assert made["type"] == "text/csv;charset=utf-8"
    return made["name"], list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def bridges(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


# 任务分工.

FORESTRY = [  # every place that gives 市林业局 a duty, read from the gazette
    "办字〔2022〕96号/附件/序号20",  # the only one with a day stands first
    "字〔2022〕72号/二/（二）/4",
    "字〔2022〕72号/二/（三）/8/段2",
    "字〔2022〕72号/二/（三）/11",
    "字〔2022〕72号/二/（四）/17",
    "办发〔2022〕18号/附件/序号2",
    "办发〔2022〕24号/三/（二）",
    "办发〔2022〕24号/六/（八）",
    "办发〔2022〕24号/七/（九）",
    "办发〔2022〕24号/七/（十）",
    "办发〔2022〕24号/七/（十一）",
    "办发〔2022〕24号/七/（十三）",
    "办发〔2022〕24号/十/（二十四）",
    "办字〔2022〕96号/二/（五）/20",
    "办字〔2022〕98号/附件/序号21",
]


def test_an_office_has_all_its_tasks_over_all_documents():
    found = select_tasks(tasks(), ["市林业局"])
    assert places(found) == FORESTRY
    assert {task.role for task in found} == {"责任单位"}
    assert [[fact.text for fact in task.deadlines] for task in found][:2] == [["2024年12月"], []]
    assert found[0].due == "2024-12-31"
    assert all(task.clause.text[task.start : task.end] == "市林业局" for task in found)


def test_what_an_office_leads_stands_first_and_by_day():
    found = select_tasks(tasks(), ["市行政审批局"])
    led = [task for task in found if task.role == "牵头单位"]
    assert found[: len(led)] == led
    assert len(led) == 10
    days = [task.due for task in led]
    assert days == sorted(days, key=lambda day: day or "9999")
    assert select_tasks(tasks(), ["市行政审批局"], ["牵头单位"]) == led


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("赣市府字〔2022〕72号/二/（二）/4", "培育壮大农业龙头。"),
        ("赣市府字〔2022〕72号/二/（三）/8/段2", "8. 全域创建绿色有机基地"),
        ("赣市府办字〔2022〕96号/附件/序号20", "提升生态治理智能化水平"),
        ("赣市府办发〔2022〕18号/附件/序号2", "市森林防灭火应急指挥部"),
    ],
)
def test_a_task_is_called_what_the_clause_calls_it(place, name):
    assert name_task(clauses()[f"2022-05/{place}"]) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("市工信局", "市工业和信息化局", True),
        ("市人力资源和社会保障局", "市人社局", True),
        ("各县(市、区）人民政府", "各县（市、区）人民政府", True),
        ("各县（市、区）人民政府", "各有关县（市、区）人民政府", False),
        ("市公安局", "市公安局交警支队", False),
        ("市农业农村局", "市林业局", False),
        ("县自然资源局", "市自然资源局", False),
    ],
)
def test_offices_are_told_apart_however_they_are_written(one, other, same):
    assert is_same_office(one, other) is same
    assert is_same_office(other, one) is same


def test_an_office_is_found_under_every_way_it_is_written():
    groups = group_offices(tasks())
    assert groups["市发改委"] == ("市发改委", "市发展改革委")
    assert groups["市林业局"] == ("市林业局",)
    assert sum(len(names) for names in groups.values()) == len({t.office for t in tasks()})


def test_tasks_as_a_spreadsheet():
    found = select_tasks(tasks(), ["市林业局"])
    name, (header, *rows) = read_file(tasks_csv("市林业局", found))
    assert name == "任务清单-市林业局.csv"
    assert header == list(text_views.TASK_CSV)
    assert len(rows) == 15
    assert rows[0][:5] == [
        "市林业局", "责任单位", "提升生态治理智能化水平", "2024年12月", "2024-12-31",
    ]  # fmt: skip
    assert rows[0][6] == "赣市府办字〔2022〕96号"


# 时间表.


def test_days_on_which_documents_take_effect_and_end():
    found = [m for m in find_milestones(clauses()) if m.kind != "完成时限"]
    assert [(m.kind, m.day, places([m])[0]) for m in found] == [
        ("施行", "2022-09-27", "发〔2022〕15号/第三十四条"),
        ("施行", "2022-09-28", "办发〔2022〕19号/第四十条"),
        ("施行", "2022-10-09", "办字〔2022〕101号/末段"),
        ("施行", "2022-10-16", "办发〔2022〕23号/第二十九条"),
        ("施行", "2022-10-31", "发〔2022〕14号/第二十三条"),
        ("施行", "2022-12-01", "办发〔2022〕21号/第五十一条"),
        ("有效期届满", "2022-12-31", "办字〔2022〕101号/一/2"),
        ("有效期届满", "2023-12-31", "办字〔2022〕101号/末段"),
        ("有效期届满", "2024-10-11", "办字〔2022〕103号/末段"),
        ("有效期届满", "2024-11-30", "办发〔2022〕21号/第五十一条"),
    ]


def test_deadlines_stand_by_day_and_those_without_a_day_last():
    found = find_milestones(clauses())
    days = [milestone.day for milestone in found]
    dated = [day for day in days if day]
    assert days == sorted(dated) + [""] * (len(days) - len(dated))
    assert (found[0].day, places(found[:1])) == ("2022-08-31", ["办字〔2022〕98号/三/（一）"])
    assert {m.text for m in found if not m.day} == {
        "长期坚持", "5个工作日", "2个工作日", "4个工作日",
    }  # fmt: skip
    assert all(m.clause.text[m.start : m.end] == m.text for m in found)


def test_the_timeline_counts_what_is_ahead_and_lists_each_day_once():
    found = find_milestones(clauses())
    today = date(2024, 12, 1)
    ahead = select_milestones(found, ["完成时限"], True, today)
    assert {m.day for m in ahead} == {"2024-12-31", "2025-12-31"}
    shown = render_timeline(found, today)
    assert shown.count('<span class="day">2022-12-31</span>') == 1
    assert f"其中{len(ahead)}个在今天（2024-12-01）以后" in shown
    assert "还有30天" in shown
    name, rows = read_file(timeline_csv(ahead))
    assert (name, len(rows)) == ("时间表.csv", len(ahead) + 1)


# 人事任免.

APPOINTMENTS = """
76 何翔 免 赣州市生态文明研究中心副主任
77 唐晓青 任 赣州市民政局副局长
77 丁毅 免 赣州市民政局副局长
77 李升隆 免 赣州市文化广电新闻出版旅游局副局长
77 陆经龙 免 赣州市水利局副局长
77 杨会清 免 赣州市农业农村局副局长
78 季勤 任 赣州市科学技术局副局长
78 翟朋 任 赣州市文化广电新闻出版旅游局副局长
78 胡春梅 任 赣州市统计局副局长
78 曾小云 任 赣州市乡村振兴局副局长
78 赵志钢 免 赣州市科学技术局副局长
82 曹培倩 任 赣州市人民政府金融工作办公室副主任(挂职一年半)
83 赖德亮 任 赣州市生态环境技术服务中心主任(试用期一年)
83 温江涛 免 赣州市人民政府副秘书长、赣州市人民政府办公室主任
83 郑保平 免 赣南卫生健康职业学院副院长
"""


def test_every_appointment_and_removal():
    found = find_appointments(clauses().values())
    expected = [line.split(" ") for line in APPOINTMENTS.strip().splitlines()]
    assert [
        [a.clause.document.doc_no.split("〕")[1].rstrip("号"), a.person, a.action, a.post]
        for a in found
    ] == expected
    noted = [a.person for a in found if a.note == "以上同志挂职时间一年"]
    assert noted == ["季勤", "翟朋", "胡春梅", "曾小云"]


def test_appointments_by_person_and_by_post():
    found = find_appointments(clauses().values())
    assert [a.person for a in select_appointments(found, "民政局")] == ["唐晓青", "丁毅"]
    assert [a.action for a in select_appointments(found, "温江涛 秘书长")] == ["免"]
    _, rows = read_file(appointments_csv(select_appointments(found, "季勤")))
    assert rows[1][:5] == [
        "季勤", "任职", "赣州市科学技术局副局长", "以上同志挂职时间一年", "2022-09-30",
    ]  # fmt: skip


# 惠民惠企.


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


# Tables and files.


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


# 查条款.


def test_documents_by_kind_date_and_status():
    listed = list_documents(clauses(), TODAY)
    assert len(listed) == 34  # 33 items and the masthead

    def numbers(**filters):
        found = select_documents(listed, Filters(**filters))
        return [entry.document.doc_no.split("〕")[1] for entry in found]

    assert numbers(kind="人事") == ["76号", "77号", "78号", "81号", "82号", "83号"]
    assert numbers(since="2022-10-22", until="2022-10-25") == ["82号", "83号", "24号", "107号"]
    ended = ["72号", "20号", "21号", "96号", "99号", "101号", "103号"]
    assert numbers(status="已过有效期") == ended
    assert numbers(issuer="赣州市人民政府", kind="办法") == ["14号", "15号"]


def test_a_row_is_one_line_without_bars():
    row = shipped_clause("赣市府办字〔2022〕96号/附件/序号20")
    assert open_line(row, 20) == "20 提升生态治理智能化水平 完善国土…"


def test_the_tree_unfolds_one_document():
    listed = list_documents(clauses(), TODAY)
    shown = render_tree(listed, "2022-05/赣市府发〔2022〕14号")
    assert shown.count('aria-expanded="true"') == 1
    assert shown.count('aria-expanded="false"') == 33
    assert "第二十三条 本办法自2022年10月31日起施行。" in shown
    assert "2022年第5期（33篇）" in shown
    assert text_views.NOTHING_FOUND in render_tree([], "")


def test_a_place_named_is_shown_whole(bridges):
    listed = list_documents(bridges.clauses, TODAY)
    shown = search_clauses("桃府发〔2031〕7号第三条", bridges, listed)
    assert "按文号、条号查到1条" in shown
    assert "应当为其保密。" in shown
    missing = search_clauses("桃府发〔2031〕8号", bridges, listed)
    assert "公报中没有：" in missing
    assert "〔2031〕8号" in missing


def test_words_are_searched_only_where_the_filter_allows(tmp_path_factory):
    stairs = make_document(
        "第一条 楼梯损坏的，给予举报人500元奖励。",
        title="桃源市人民政府关于举报楼梯损坏奖励的通知",
        number="桃府发〔2031〕9号 2031年6月5日",
    )
    lamps = make_document(
        "第一条 路灯损坏的，给予举报人300元奖励。",
        title="桃源市人民政府关于举报路灯损坏奖励的通知",
        number="桃府发〔2031〕10号 2031年7月5日",
    )
    store = make_store(tmp_path_factory.mktemp("stairs"), stairs, lamps)
    everything = render_found(store, "", "损坏的给予举报人奖励", "", "", "", "", "", "")
    assert "500元" in everything
    assert "300元" in everything
    later = render_found(store, "", "损坏的给予举报人奖励", "", "", "", "", "2031-07-01", "")
    assert "500元" not in later
    assert "300元" in later
    assert "不是日期" in render_found(store, "", "", "", "", "", "", "去年", "")
    assert text_views.NOTHING_FOUND in render_found(store, "", "", "", "规划", "", "", "", "")


@pytest.mark.parametrize("words", ["\x00", "长" * 6000])
def test_words_that_cannot_be_searched_are_named(bridges, words):
    assert 'role="alert"' in render_found(bridges, "", words, *[""] * 6)


# 关于.


def test_the_contact_is_the_editors_not_the_printers():
    contact = find_contact(clauses().values())
    assert contact.phone == "(0797)8992217"
    assert contact.address == "赣州市市政中心1号楼1650室"
    assert contact.postcode == "341000"
    assert contact.office == "《赣州市人民政府公报》编辑部"
    assert find_contact([shipped_clause("赣市府发〔2022〕14号/第一条")]) is None


def test_what_the_gazette_says_of_its_standing():
    standing = find_standing(clauses().values())
    assert [s.text for s in standing] == ["(免费赠阅)", "本刊所登文件与正式文件同等效力"]
    assert all("".join(s.clause.text[s.start : s.end].split()) == s.text for s in standing)


def test_coverage_of_an_issue():
    (issue,) = cover_issues(clauses().values())
    assert (issue.name, issue.documents, issue.clauses) == ("2022年第5期", 33, len(clauses()))
    assert (issue.first, issue.last) == ("2022-09-01", "2022-10-27")


def summary(**metrics):
    return {"version": "dev-1", "questions": {"n": 10, "answerable": 8}, "metrics": metrics}


def test_figures_come_from_the_committed_report(tmp_path):
    path = tmp_path / "summary.json"
    row = {"value": 0.875, "low": 0.5, "high": 1.0, "n": 8}
    path.write_text(json.dumps(summary(correct=row, all_facts={**row, "value": None})))
    report = read_report(path)
    assert [(m.name, m.value, m.count) for m in report.measures] == [("correct", 0.875, 8)]
    shown = render_report(report)
    assert "可答8题、不可答2题" in shown
    assert 'style="width:87.5%"' in shown
    assert "50.0% – 100.0%" in shown


def test_the_committed_report_is_there():
    report = read_report()
    assert report.version.startswith("test-")
    assert {m.name for m in report.measures} == set(text_views.FIGURE_NAMES)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"version": "x"}'])
def test_without_a_report_the_page_says_so(tmp_path, content):
    path = tmp_path / "summary.json"
    if content is not None:
        path.write_text(content)
    assert read_report(path) is None
    assert text_views.FIGURES_NONE in render_report(read_report(path))
