"""The extractive answer over the shipped issue: verbatim, cited, complete, with its warnings."""

import re
from datetime import date

import pytest

from assistant.ask import ask
from assistant.types import Filters
from tests.gazette_factories import dense

DAY = date(2022, 12, 15)  # every measure with dates is in force
LATER = date(2026, 1, 15)
REWARDS = "赣市府发〔2022〕14号"
QUALITY = "赣市府发〔2022〕15号"
TRADING = "赣市府办发〔2022〕21号"
RELIEF = "赣市府办字〔2022〕101号"


@pytest.fixture
def say(gazette):
    def answer(question, as_of=DAY, **arguments):
        return ask(question, [], gazette, as_of=as_of, **arguments)

    return answer


def cited(answer):
    return [c.clause.id.removeprefix("2022-05/") for c in answer.citations]


QUESTIONS = [
    "因见义勇为致残能领多少奖金",
    "申请见义勇为要提交哪些材料",
    "什么情形下撤销市长质量奖",
    "市长质量奖多久评一次",
    "公共资源交易在什么情况下应当终止",
    "见义勇为办法第六条",
    "小微企业交不起水电费怎么办",
    "市体育局负责哪些任务",
    "赣市府办字〔2022〕98号序号10",
    "何翔同志被免去了什么职务",
    "市森林防灭火应急指挥部的办公室设在哪里",
    "公共资源交易管理暂行办法过期了吗",
    "国家知识产权示范企业和优势企业的扶持经费分别是多少",
    "见义勇为评定委员会的电话是多少",
    "这一期公报编辑部的电话是多少",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_verbatim_and_every_mark_resolves(gazette, say, question):
    answer = say(question, LATER)
    assert answer.citations
    for citation in answer.citations:
        text = gazette.reread(citation.clause.id)
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip() == citation.quote != ""
    marks = set(re.findall(r"\[(\d+)\]", answer.text))
    assert marks == {citation.mark for citation in answer.citations}
    assert answer.unknown_marks == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_piece_shown_is_of_the_clause_it_is_cited_from(gazette, say, question):
    """Between a mark and the one before stand pieces of its clause, and of no other."""
    answer = say(question, LATER)
    texts = {c.mark: dense(f"{c.clause.columns}{c.clause.text}") for c in answer.citations}
    for body, mark in re.findall(r"([^\[\]]+)\[(\d+)\]\n——", answer.text):
        for notice in answer.notices:
            body = body.replace(notice, "")
        for piece in re.split(r"……|\n|；|：", body.split("\n\n")[-1]):
            assert dense(piece).strip("。") in texts[mark], (mark, piece)


def test_the_direct_answer_comes_first(say):
    answer = say("市长质量奖多久评一次")
    assert answer.answered
    assert "每两年评审1次" in answer.text.split("\n")[0]
    assert cited(answer)[0] == f"{QUALITY}/第六条"
    assert f"——《赣州市市长质量奖管理办法》（{QUALITY}）第六条" in answer.text


@pytest.mark.parametrize(
    ("question", "place", "items"),
    [
        (
            "申请见义勇为要提交哪些材料",
            f"{REWARDS}/第七条",
            [
                "身份等有关基本情况",
                "行为发生的时间",
                "见证材料",
                "评残证明或者死亡证明",
                "调查核实",
            ],
        ),
        (
            "什么情形下撤销市长质量奖",
            f"{QUALITY}/第三十条",
            ["责任事故的", "查证属实的", "连续2年出现严重经营性亏损", "重大纳税失信", "其他违反"],
        ),
        (
            "公共资源交易在什么情况下应当终止",
            f"{TRADING}/第三十条",
            ["无处理权", "标的物灭失", "依法提出终止", "应当终止交易的其他情形"],
        ),
        (
            "哪些项目可以不进平台、在场外交易",
            f"{TRADING}/第十一条",
            ["涉及国家安全、保密"],
        ),
    ],
)
def test_a_list_is_complete(gazette, say, question, place, items):
    answer = say(question)
    assert place in cited(answer)
    for item in items:
        assert item in answer.text
    clause = gazette.clauses[f"2022-05/{place}"]
    lines = [re.sub(r"^(?:- )?[（(].[）)]\s*", "", line) for line in clause.text.split("\n")[1:]]
    assert all(line in answer.text for line in lines)


def test_table_cells_stand_under_their_column_names(say):
    answer = say("赣市府办字〔2022〕96号序号3")
    assert answer.text.startswith("工作任务：建设市级云计算大数据中心；主要内容：统筹全市")
    assert "；完成时限：2024年12月；牵头单位：市行政审批局；责任单位：市国投集团" in answer.text
    assert "序号：" not in answer.text


def test_a_long_row_named_exactly_is_shown_whole(gazette, say):
    answer = say("赣市府办字〔2022〕98号序号10")
    row = gazette.clauses["2022-05/赣市府办字〔2022〕98号/附件/序号10"]
    tasks = re.findall(r"\d\. [^。]+。", row.text)
    assert len(tasks) == 8
    assert all(task in answer.text for task in tasks)


def test_what_is_left_out_between_two_pieces_is_shown_as_left_out(say):
    answer = say("工伤登记能不能秒批")
    assert "附件/序号10" in cited(answer)[0]
    shown = answer.text.split("[1]")[0]
    assert re.findall(r"(\d)\. ", shown) != list("12345678")
    assert "……" in shown


@pytest.mark.parametrize("question", ["见义勇为奖金最高5万?", "见义勇为奖金最高5万元对吗"])
def test_a_wrong_figure_is_answered_with_what_the_clause_says(say, question):
    answer = say(question)
    assert answer.answered
    assert f"{REWARDS}/第十一条" in cited(answer)
    assert "给予不低于十万元奖金" in answer.text
    assert "最高" not in answer.text


def test_a_benefit_in_slots_each_with_its_mark(say):
    answer = say("因见义勇为致残能领多少奖金")
    line = answer.text.split("\n\n")[-1]
    assert line == (
        "奖励——谁能领：见义勇为人员；多少：不低于五万元；条件：因见义勇为致残的；"
        "找谁：市人民政府；公报未写明：期限[1]"
    )


def test_the_slots_of_two_cases_side_by_side(gazette, say):
    answer = say("国家知识产权示范企业和优势企业的扶持经费分别是多少钱，补助多少")
    lines = answer.text.split("\n\n")[-1].split("\n")
    assert [re.search(r"（(.+?)）——.*多少：([^；]+)；", line).groups() for line in lines] == [
        ("国家知识产权示范企业", "10万元"),
        ("优势企业", "5万元"),
    ]
    assert all("期限：2023-12-31" in line and line.endswith("[1]") for line in lines)


def test_a_slot_the_clause_does_not_fill_is_said_to_be_missing(say):
    answer = say("市长质量奖奖励多少钱")
    line = answer.text.split("\n\n")[-1]
    assert line.startswith("奖励——谁能领：首次获得市长质量奖的组织；多少：50万元；公报未写明：")
    assert "期限" in line.split("公报未写明：")[1]


def test_a_question_for_no_benefit_has_no_slots(say):
    assert "——谁能领" not in say("市长质量奖多久评一次").text


# Warnings.


@pytest.mark.parametrize(
    ("question", "day", "warning"),
    [
        ("公共资源交易办法第二十四条", LATER, "的有效期已于2024年11月30日届满（"),
        ("哪些项目可以在场外交易", date(2024, 12, 1), "的有效期已于2024年11月30日届满（"),
        ("小微企业交不起水电费怎么办", date(2023, 2, 1), "的有效期已于2022年12月31日届满（"),
        ("迁入的国家级专精特新小巨人企业奖励多少", LATER, "的有效期已于2023年12月31日届满（"),
        ("拿地即开工是什么意思", LATER, "的有效期已于2024年10月11日届满（"),
        ("公共资源交易办法第二十四条", date(2022, 11, 30), "自2022年12月1日起施行，目前尚未施行（"),
    ],
)
def test_a_measure_not_in_force_is_answered_with_the_warning_first(say, question, day, warning):
    answer = say(question, day)
    assert answer.answered
    assert answer.text.startswith("注意：《")
    assert warning in answer.text.split("\n\n")[0]
    assert answer.text.split("\n\n")[0] in answer.notices


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("公共资源交易办法第二十四条", date(2024, 11, 30)),
        ("小微企业交不起水电费怎么办", date(2022, 12, 31)),
        ("见义勇为办法第十一条", LATER),
        ("种竹子的竹林道路有补助吗", LATER),
    ],
)
def test_a_measure_in_force_or_of_unknown_term_is_not_warned_about(say, question, day):
    answer = say(question, day)
    assert answer.answered
    assert answer.notices == ()
    assert "注意：" not in answer.text


def test_the_warning_holds_the_sentence_the_date_was_computed_from(say):
    warning = say("公共资源交易办法第二十四条", LATER).notices[0]
    assert "第五十一条 本办法自 2022 年 12 月 1 日起实施，有效期 2 年。" in warning


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("何翔同志被免去了什么职务", "赣市府字〔2022〕76号/正文"),
        ("曹培倩同志任什么职务", "赣市府字〔2022〕82号/正文"),
        ("赖德亮免去什么职务", "赣市府字〔2022〕83号/正文"),
    ],
)
def test_a_repaired_notice_is_said_to_be_repaired(say, question, place):
    answer = say(question)
    assert answer.answered
    assert cited(answer) == [place]
    assert len(answer.notices) == 1
    assert answer.notices[0].endswith("正文原文因分栏排版次序错乱，已按文意复原。")
    assert answer.text.startswith(answer.notices[0])


def test_status_stands_on_every_citation(say):
    answer = say("小微企业交不起水电费怎么办", date(2023, 2, 1))
    first = answer.citations[0].validity
    assert (first.status, first.start, first.end) == ("已过有效期", "2022-10-09", "2022-12-31")


# The whole of ask.


def test_the_same_question_twice_gives_the_same_answer(say):
    for question in QUESTIONS[:5]:
        first, second = say(question), say(question)
        assert first == second
        assert [p.score for p in first.passages] == [p.score for p in second.passages]


def test_traditional_characters_are_understood(say):
    answer = say("見義勇為致殘的獎金有多少")
    assert answer.question == "見義勇為致殘的獎金有多少"
    assert answer.standalone_question == "见义勇为致残的奖金有多少"
    assert "不低于五万元" in answer.text


def test_filters_and_k_reach_retrieval(say):
    answer = say("奖励多少钱", k=3, filters=Filters(doc_no=RELIEF))
    assert len(answer.passages) == 3
    assert {p.clause.document.doc_no for p in answer.passages} == {RELIEF}
    expired = Filters(doc_no=TRADING, status="有效")
    assert say("公共资源交易目录", LATER, filters=expired).passages == ()
    assert say("公共资源交易目录", DAY, filters=expired).passages


def test_timings_are_those_of_the_two_steps(say):
    timings = say("市长质量奖多久评一次").timings_ms
    assert set(timings) == {"retrieve", "answer", "total"}
    assert 0 < timings["retrieve"] <= timings["total"]


def test_answers_name_the_document_as_an_official_writes_it(say):
    answer = say("见义勇为办法第六条")
    assert answer.text.endswith(f"——《赣州市见义勇为人员奖励和保障实施办法》（{REWARDS}）第六条")


def test_who_leads_is_told_where_a_document_says_so_once_for_all(say):
    answer = say("药品监管能力建设实施方案里智慧监管由谁牵头")
    assert cited(answer) == [
        f"赣市府办字〔2022〕110号/二/{place}" for place in ("（三）/6", "（一）/1")
    ]
    rule = answer.citations[1].quote
    assert rule.startswith("（责任单位：市市场监管局") and "排在第一位的为牵头单位" in rule
    assert len(say("药品监管能力建设实施方案里智慧监管怎么搞").citations) == 1
