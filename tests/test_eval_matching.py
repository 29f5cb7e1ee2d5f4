"""Matching passages to quotes and answers to facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.claims import Claim, claimed_text, read_claims
from eval.matching import (
    cited_passage,
    cover,
    figures_in,
    holds_quote,
    is_document,
    stated_facts,
    states,
    unproved,
)
from eval.outputs import CitedQuote, RetrievedPassage, parse_output
from eval.questions import Evidence
from eval.spans import (
    BUDGET,
    covered_characters,
    merged_length,
    overlap,
    read_within,
    span_recall_precision,
)


def passage(text, source="", clause_id="c"):
    return RetrievedPassage(clause_id=clause_id, text=text, source=source)


def evidence(quote):
    return Evidence(doc_no="", clause="", quote=quote)


def test_quote_matches_through_width_white_space_and_page_breaks():
    assert holds_quote(passage("（一）给予 30 万元\n\n奖励，"), "(一)给予30万元奖励,")
    assert not holds_quote(passage("给予 30 万元补贴"), "给予30万元奖励")


def test_repaired_passage_matches_in_source_order():
    repaired = passage("免去某某副主任职务。", source="主任职务。 免去某某副")
    assert holds_quote(repaired, "主任职务。免去某某副")


def test_a_group_is_covered_by_any_alternative():
    groups = [[evidence("正文的写法"), evidence("附件的写法")], [evidence("另一处")]]
    found = cover([passage("无关"), passage("附件的写法，另一处")], groups)
    assert found == (frozenset(), frozenset({0, 1}))


def test_citation_resolves_to_the_part_that_holds_its_quote():
    parts = [passage("上半段"), passage("下半段")]
    assert cited_passage(CitedQuote(clause_id="c", quote="下半"), parts) is parts[1]
    assert cited_passage(CitedQuote(clause_id="d", quote="下半"), parts) is None


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("可领三万元", "3万元", True),
        ("可领30000元", "三万元", True),
        ("受理后20天内办结", "二十日", True),
        ("自2022年10月31日起", "2022-10-31", True),
        ("按25%补助", "百分之二十五", True),
        ("共135项", "35", False),
        ("共35.5项", "35", False),
        ("35 70 以上", "70", True),
        ("基数 35 70", "35", True),
        ("十三年", "三年", False),
        ("不超过300万元", "30万元", False),
        ("《某办法》（试行）", "某办法》(试行)", True),
        ("任何答案", "", False),
        ("任何答案", " ", False),
    ],
)
def test_states(text, form, expected):
    assert states(text, form) is expected


def test_stated_facts_takes_any_form_of_each():
    assert stated_facts("由公安机关保护", [["公安机关", "公安"], ["法院"]]) == (True, False)


def test_marks_and_list_numbers_are_not_figures():
    assert figures_in("1. 给予奖励[2]\n2、提交材料[10]") == frozenset()
    assert len(figures_in("给予30万元奖励[2]")) == 1


@pytest.mark.parametrize(
    ("answer", "source", "left"),
    [
        ("给予3万元", "奖励三万元", 0),
        ("给予5万元", "奖励三万元", 1),
        ("达到70%", "指标 70 以上", 0),  # a table gives the number without its unit
        ("2022年10月起", "自2022年10月31日起施行", 0),
        ("2022年11月起", "自2022年10月31日起施行", 1),
    ],
)
def test_unproved_figures(answer, source, left):
    assert len(unproved(figures_in(answer), figures_in(source))) == left


def test_items_without_number_match_each_other_only():
    assert is_document("某府发[2022]1号", ["某府发〔2022〕1号"])
    assert is_document("", ["政务动态"])
    assert not is_document("", ["某府发〔2022〕1号"])
    assert not is_document("某府发〔2022〕2号", ["某府发〔2022〕1号"])
    assert not is_document("某府发〔2022〕2号", [])


def output_of(answer, *citations, notices=()):
    return parse_output(
        "Q-1",
        {
            "answered": True,
            "answer": answer,
            "notices": list(notices),
            "citations": [{"mark": m, "clause_id": "c", "quote": q} for m, q in citations],
        },
    )


def test_claims_keep_the_marks_behind_them():
    text = "## 多少钱\n可以领取三万元。[1][2] 由县级政府发放[3]。\n需要的材料如下：\n好的。"
    assert read_claims(output_of(text)) == [
        Claim("可以领取三万元。", ("1", "2")),
        Claim("由县级政府发放。", ("3",)),
    ]


def test_one_mark_covers_the_sentences_of_its_quote_only():
    text = "可以领取三万元。\n由县级政府发放。[1]\n\n可以领取三万元。"
    quoted = output_of(text, ("1", "可以领取三万元。由县级政府发放。"))
    assert [claim.marks for claim in read_claims(quoted)] == [("1",), ("1",), ()]
    partly = output_of(text, ("1", "由县级政府发放。"))
    assert [claim.marks for claim in read_claims(partly)] == [(), ("1",), ()]


def test_notices_and_attributions_claim_nothing():
    text = "注意：该办法已于2023年届满。\n\n可以领取三万元。[1]\n——《某办法》第九条"
    output = output_of(text, notices=["注意：该办法已于2023年届满。"])
    assert claimed_text(output).strip() == "可以领取三万元。[1]"
    assert claimed_text(output.model_copy(update={"answered": False})) == ""


def test_overlap_at_borders():
    quote = "零一二三四五六七八九"
    assert overlap(quote, "前文零一二三四五六七八九后文") == set(range(10))
    assert overlap(quote, "前文零一二三四五") == set(range(6))
    assert overlap(quote, "四五六七八九后文") == set(range(4, 10))
    assert overlap(quote, "二三四五六七") == set(range(2, 8))
    assert overlap(quote, "前文零一二") == set()  # too short to be anything but chance


def test_two_halves_cover_a_quote_once():
    halves = ["前文零一二三四五六", "四五六七八九后文"]
    assert covered_characters("零一二三四五六七八九", halves) == 10


def test_merged_length_counts_shared_text_once():
    assert merged_length(["甲乙丙丁戊己庚辛", "丙丁戊己庚辛壬癸"]) == 10
    assert merged_length(["甲乙丙丁戊己庚辛", "丙丁戊己"]) == 8


def test_span_recall_precision_by_hand():
    # Ten of the ten gold characters are in forty retrieved ones.
    texts = ["甲" * 20 + "零一二三四五六七八九", "乙" * 10]
    assert span_recall_precision([["零一二三四五六七八九"]], texts) == (1.0, 0.25)
    # Beyond the budget nothing counts.
    assert span_recall_precision([["零一二三四五六七八九"]], texts, budget=20)[0] == 0.0
    assert span_recall_precision([["零一二三四五六七八九"]], [])[0] == 0.0


def test_the_better_alternative_counts():
    groups = [["完全没有的一句话", "零一二三四五"]]
    assert span_recall_precision(groups, ["零一二三四五"]) == (1.0, 1.0)


@given(st.lists(st.text("甲乙丙丁", max_size=30), max_size=6), st.text("甲乙丙丁", min_size=1))
def test_span_measures_never_pass_one(texts, quote):
    recall, precision = span_recall_precision([[quote]], texts)
    assert 0 <= recall <= 1
    assert not precision > 1


@given(st.lists(st.text(max_size=3000), max_size=4))
def test_never_reads_more_than_the_budget(texts):
    assert sum(map(len, read_within(texts))) <= BUDGET
