"""The JSON object other programs rely on, and clauses by name."""

import json
import types
from dataclasses import fields
from datetime import date
from typing import get_args

import pytest

from assistant.ask import ask
from assistant.clause_lookup import find_clauses, format_clause
from assistant.contract import to_dict
from assistant.types import Status

DAY = date(2026, 1, 15)
ANSWER = {
    "question": str,
    "standalone_question": str,
    "answered": bool,
    "answer": str,
    "confidence": float,
    "citations": list,
    "notices": list,
    "unknown_marks": list,
    "model": str,
    "passages": list,
    "timings_ms": dict,
}
CITATION = {
    "mark": str,
    "clause_id": str,
    "doc_no": str,
    "title": str,
    "clause": str,
    "quote": str,
    "start": int,
    "end": int,
    "page": int | None,
    "status": str,
    "valid_from": str,
    "valid_until": str,
}
PASSAGE = {
    "rank": int,
    "clause_id": str,
    "doc_no": str,
    "title": str,
    "clause": str,
    "text": str,
    "score": float,
    "via": str,
}
CLAUSE = {
    "clause_id": str,
    "issue": str,
    "doc_no": str,
    "title": str,
    "name": str,
    "date": str,
    "page": int | None,
    "path": list,
    "clause": str,
    "columns": str,
    "text": str,
    "repaired": bool,
    "status": str,
    "valid_from": str,
    "valid_until": str,
    "previous": str,
    "next": str,
}


def assert_shape(value, shape):
    """Check that an object has exactly these keys, each of its type."""
    assert list(value) == list(shape)
    for name, kind in shape.items():
        kinds = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
        assert type(value[name]) in kinds, (name, value[name])


def assert_answer(value):
    """Check an answer's JSON object against the contract."""
    assert_shape(value, ANSWER)
    for citation in value["citations"]:
        assert_shape(citation, CITATION)
        assert citation["status"] in get_args(Status)
    for passage in value["passages"]:
        assert_shape(passage, PASSAGE)
    assert all(type(notice) is str for notice in value["notices"])
    assert all(type(ms) is float for ms in value["timings_ms"].values())
    assert [p["rank"] for p in value["passages"]] == list(range(1, len(value["passages"]) + 1))


@pytest.mark.parametrize(
    "question",
    ["公共资源交易办法第二十四条", "见义勇为办法第九十九条", "你好", "这一期公报编辑部的电话"],
)
def test_answers_keep_the_contract(gazette, question):
    value = to_dict(ask(question, [], gazette, as_of=DAY))
    assert_answer(value)
    assert json.loads(json.dumps(value, ensure_ascii=False)) == value


def test_values_are_those_of_the_answer(gazette):
    answer = ask("公共资源交易办法第二十四条", [], gazette, as_of=DAY, k=2)
    value = to_dict(answer)
    assert (value["answer"], value["answered"], value["model"]) == (answer.text, True, "extractive")
    assert value["notices"] == list(answer.notices)
    [citation] = value["citations"]
    assert citation == {
        "mark": "1",
        "clause_id": "2022-05/赣市府办发〔2022〕21号/第二十四条",
        "doc_no": "赣市府办发〔2022〕21号",
        "title": "赣州市人民政府办公室关于印发赣州市公共资源交易管理暂行办法的通知",
        "clause": "第二十四条",
        "quote": answer.citations[0].quote,
        "start": 6,
        "end": 99,
        "page": 50,
        "status": "已过有效期",
        "valid_from": "2022-12-01",
        "valid_until": "2024-11-30",
    }
    assert [p["clause_id"] for p in value["passages"]] == [p.clause.id for p in answer.passages]


def test_a_row_as_a_passage_begins_with_its_columns(gazette):
    value = to_dict(ask("赣市府办字〔2022〕98号序号7", [], gazette, as_of=DAY, k=1))
    columns, _, text = value["passages"][0]["text"].partition("\n")
    assert columns == "序号 | 单位 | 主要工作任务"
    assert text == gazette.reread(value["passages"][0]["clause_id"])


def test_every_field_of_an_answer_is_in_the_contract():
    from assistant.types import Answer

    assert len(fields(Answer)) == len(ANSWER)


# Clauses by name.


@pytest.mark.parametrize(
    "name",
    [
        "赣市府发〔2022〕14号 第十一条",
        "见义勇为办法11条",
        "2022-05/赣市府发〔2022〕14号/第十一条",
    ],
)
def test_a_clause_by_any_name_with_its_neighbours(gazette, name):
    [clause] = find_clauses(name, gazette, DAY)
    assert_shape(clause, CLAUSE)
    assert clause["text"] == gazette.reread(clause["clause_id"])
    assert (clause["clause"], clause["status"]) == ("第十一条", "有效")
    assert clause["previous"].endswith("/第十条")
    assert clause["next"].endswith("/第十二条")


def test_a_document_gives_all_its_clauses_in_order(gazette):
    found = find_clauses("赣市府发〔2022〕14号", gazette, DAY)
    assert len(found) == 27
    assert (found[0]["previous"], found[-1]["next"]) == ("", "")
    assert [c["next"] for c in found[:-1]] == [c["clause_id"] for c in found[1:]]
    assert [c["previous"] for c in found[1:]] == [c["clause_id"] for c in found[:-1]]


def test_a_person_gives_the_clauses_about_them(gazette):
    [clause] = find_clauses("李克坚", gazette, DAY)
    assert clause["clause_id"] == "2022-05/赣市府字〔2022〕73号/李克坚"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("见义勇为办法第二十四条", "赣州市见义勇为人员奖励和保障实施办法第二十四条：公报中没有"),
        ("赣市府发〔2022〕16号", "赣市府发〔2022〕16号：公报中没有这一条款"),
        ("什么也不是", "什么也不是：公报中没有这一条款；请写明文号或标题和条号"),
        ("", "公报中没有这一条款"),
    ],
)
def test_an_unknown_clause_is_named_with_the_remedy(gazette, name, message):
    with pytest.raises(LookupError, match=message):
        find_clauses(name, gazette, DAY)


def test_a_clause_for_the_terminal(gazette):
    [clause] = find_clauses("赣市府办字〔2022〕98号序号7", gazette, DAY)
    first, columns, *_, last = format_clause(clause).split("\n")
    assert first == (
        "2022年第5期 > 《赣州市“赣服通”5.0版建设工作方案》（赣市府办字〔2022〕98号）"
        f" > {' > '.join(clause['path'])} > 附件 序号7"
    )
    assert columns == "序号 | 单位 | 主要工作任务"
    assert last == "〔未载明，自第81页起；编号 2022-05/赣市府办字〔2022〕98号/附件/序号7〕"
