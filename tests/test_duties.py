"""Who must do what: complete lists, against the duties the clauses state."""

from datetime import date

import pytest

from assistant.answer import answer_question
from assistant.duties import find_tasks, select_tasks
from assistant.lookup import look_up
from assistant.retrieve import retrieve, store_names

ISSUE = "2022-05"
SPORTS = [  # every place that gives 市体育局 a duty, read from the gazette
    "赣市府办字〔2022〕96号/二/（五）/16",
    "赣市府办字〔2022〕96号/附件/序号16",
    "赣市府办字〔2022〕98号/附件/序号25",
    "赣市府办字〔2022〕99号/二/（六）",
]
LED = [  # what 市行政审批局 leads
    "赣市府发〔2022〕13号/三/（二）/7",
    "赣市府发〔2022〕13号/三/（四）/13",
    *(f"赣市府办字〔2022〕96号/附件/序号{n}" for n in (2, 3, 4, 5, 6, 21, 24, 27)),
]


def tasks(gazette, question):
    found = find_tasks(question, look_up(question, store_names(gazette)), gazette.clauses)
    return [clause.id.removeprefix(f"{ISSUE}/") for clause in found]


@pytest.mark.parametrize(
    "question",
    [
        "市体育局负责哪些任务",
        "市体育局有哪些任务？",
        "市体育局要承担什么工作",
        "市体育局有几项工作",
    ],
)
def test_all_tasks_of_an_office_in_source_order(gazette, question):
    assert tasks(gazette, question) == SPORTS


def test_what_an_office_leads_is_less_than_what_it_has_a_part_in(gazette):
    assert tasks(gazette, "市行政审批局牵头哪些任务") == LED
    assert set(LED) < set(tasks(gazette, "市行政审批局负责哪些任务"))


def test_a_document_named_restricts_the_list(gazette):
    question = "赣服通5.0版工作方案里市林业局负责什么工作"
    assert tasks(gazette, question) == ["赣市府办字〔2022〕98号/附件/序号21"]


def test_the_longest_office_in_the_question_is_meant(gazette):
    long = tasks(gazette, "市公安局交警支队参与哪些工作")
    assert long
    for place in long:
        facts = gazette.clauses[f"{ISSUE}/{place}"].facts
        assert any(f.kind == "duty" and f.value == "市公安局交警支队" for f in facts)


@pytest.mark.parametrize(
    "question",
    [
        "市体育局在哪里",
        "见义勇为奖金多少",
        "局负责什么任务",
        "桃源局牵头哪些任务",
        "与市行政审批局联合督促指导的责任部门是哪些",
    ],
)
def test_other_questions_have_no_task_list(gazette, question):
    assert tasks(gazette, question) == []


OFFICES = ["市体育局", "市残联", "市应急管理局", "市商务局", "市档案局", "市水利局"]


@pytest.mark.parametrize("office", OFFICES)
def test_an_answer_lists_every_task_of_an_office(gazette, office):
    expected = [
        clause.id
        for clause in gazette.clauses.values()
        if any(f.kind == "duty" and f.value == office for f in clause.facts)
    ]
    assert expected
    question = f"{office}负责哪些任务？"
    answer = answer_question(question, retrieve(question, gazette), gazette, date(2022, 11, 1))
    assert answer.answered
    assert [citation.clause.id for citation in answer.citations] == expected
    for citation in answer.citations:
        assert f"[{citation.mark}]" in answer.text


def test_a_task_is_named_with_its_deadline(gazette):
    row = gazette.clauses[f"{ISSUE}/赣市府办字〔2022〕96号/附件/序号3"]
    [quote] = select_tasks([row])
    assert [s.text for s in quote.sentences] == ["建设市级云计算大数据中心", "2024年12月"]
