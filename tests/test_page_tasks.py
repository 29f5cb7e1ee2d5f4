"""Who must do what, by office: data, table and file; values read from the gazette by hand."""

import pytest

from assistant.page import text_views
from assistant.page.clause_tasks import tasks_csv
from assistant.tasks import group_offices, is_same_office, name_task, select_tasks
from tests.page_data import clauses, places, read_file, tasks

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
