"""Retrieval over the shipped issue and over a small hand-made one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.legs import Weights
from assistant.limits import MAX_QUESTION, check_question
from assistant.retrieve import merge_parts, retrieve
from assistant.types import Filters
from tests.store_factories import CHECKED, REWARD, make_bridges

REWARDS = "2022-05/赣市府发〔2022〕14号"
TRADING = "2022-05/赣市府办发〔2022〕21号"


@pytest.fixture(scope="module")
def bridges(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


def ids(passages):
    return [passage.clause.id for passage in passages]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("救人受伤了要带什么材料去申请见义勇为", "赣市府发〔2022〕14号/第七条"),
        ("多久评选一次市长质量奖", "赣市府发〔2022〕15号/第六条"),
        ("碰到什么情况要把正在进行的公共资源交易停下来", "赣市府办发〔2022〕21号/第二十九条"),
        ("开小店交不起水电费会停水停电吗", "赣市府办字〔2022〕101号/一/2"),
        ("何翔不当副主任了吗", "赣市府字〔2022〕76号/正文"),
    ],
)
def test_a_question_in_everyday_words_finds_its_clause(gazette, question, place):
    assert f"2022-05/{place}" in ids(retrieve(question, gazette))[:3]


def test_expansions_answer_a_question_that_shares_no_word_with_the_clause(bridges):
    for question, label in ((REWARD, "第二条"), (CHECKED, "第三条")):
        assert retrieve(question, bridges)[0].clause.label == label
    assert retrieve("桥坏了告诉谁", bridges)


def test_ranks_count_from_one_and_scores_never_rise_among_found(gazette):
    passages = retrieve("小微企业纾困政策", gazette, k=20)
    assert [p.rank for p in passages] == list(range(1, 21))
    assert len(set(ids(passages))) == 20
    found = [p.score for p in passages if not p.via]
    assert found == sorted(found, reverse=True)
    assert all(p.score > 0 for p in passages)


def test_each_leg_says_where_it_put_the_passage(gazette):
    first = retrieve("申请见义勇为要交哪些材料", gazette)[0]
    assert {leg.name for leg in first.legs} == {"text", "questions", "dense"}
    assert all(leg.rank >= 1 and leg.score > 0 for leg in first.legs)
    named = retrieve("见义勇为办法第六条", gazette)[0]
    assert [leg.rank for leg in named.legs if leg.name == "exact"] == [1]


def test_without_lookups_nothing_is_exact(gazette):
    passages = retrieve("见义勇为办法第六条", gazette, weights=Weights(lookups=False))
    assert all(leg.name != "exact" for p in passages for leg in p.legs)


def test_a_leg_that_counts_nothing_changes_nothing(gazette):
    plain = Weights(
        text=1,
        questions=0,
        dense=0,
        interaction=0,
        companions=False,
        parts=False,
        lookups=False,
        fitting=False,
    )
    passages = retrieve("申请见义勇为要交哪些材料", gazette, weights=plain)
    ranks = [next(leg.rank for leg in p.legs if leg.name == "text") for p in passages]
    assert ranks == sorted(ranks)
    assert all(leg.name != "dense" for p in passages for leg in p.legs)


def test_the_same_question_twice_gives_the_same_passages(gazette):
    for question in (
        "种竹子有没有补贴",
        "国家标准和行业标准的奖励分别是多少",
        "市残联要参与哪些工作",
    ):
        assert retrieve(question, gazette) == retrieve(question, gazette)


def test_an_article_brings_along_the_article_it_refers_to(gazette):
    passages = retrieve("见义勇为办法第六条", gazette)
    brought = {p.clause.id: p.via for p in passages if p.via}
    assert brought[f"{REWARDS}/第二条"] == "引用"  # 符合本办法第二条规定行为的人员
    plain = retrieve("见义勇为办法第六条", gazette, weights=Weights(companions=False))
    assert not any(p.via for p in plain)


def test_asking_whether_something_holds_brings_the_clause_that_says_so(gazette):
    passages = retrieve("公共资源交易还能在场外进行吗", gazette, k=5)
    assert f"{TRADING}/第五十一条" in ids(passages)
    assert ids(passages)[0] == f"{TRADING}/第十一条"


def test_a_meeting_report_brings_its_opening_with_the_date(gazette):
    passages = retrieve("哪次常务会议通过了禁毒示范城市工作方案", gazette)
    brought = {p.clause.id for p in passages if p.via == "出处"}
    assert "2022-05/政务动态2/段1" in brought


def test_each_part_of_a_question_has_its_passage(gazette):
    passages = retrieve("见义勇为要几天公示？市长质量奖多久评一次？", gazette, k=5)
    assert {f"{REWARDS}/第十条", "2022-05/赣市府发〔2022〕15号/第六条"} <= set(ids(passages)[:3])


def test_the_best_of_each_part_stands_behind_the_best_of_the_whole(bridges):
    whole = retrieve("举报桥梁损坏", bridges, k=4)
    first, second, third = whole[:3]
    merged = merge_parts(whole, [[third], [second], [third], []])
    assert ids(merged)[:3] == ids([first, third, second])
    assert [p.via for p in merged[:3]] == ["", "并列", "并列"]
    assert sorted(ids(merged)) == sorted(ids(whole))


def test_filters_restrict_what_is_found(gazette):
    only = retrieve("奖励多少钱", gazette, filters=Filters(doc_no="赣市府办字〔2022〕101号"))
    assert {p.clause.document.doc_no for p in only} == {"赣市府办字〔2022〕101号"}
    assert retrieve("奖励多少钱", gazette, filters=Filters(issue="2021-01")) == []


def test_a_filter_by_status_judges_by_the_day_given(gazette):
    valid = Filters(doc_no="赣市府办发〔2022〕21号", status="有效")
    question = "公共资源交易目录"
    assert retrieve(question, gazette, filters=valid, as_of=date(2024, 11, 30))
    assert retrieve(question, gazette, filters=valid, as_of=date(2024, 12, 1)) == []


@pytest.mark.parametrize("k", [1, 3, 50])
def test_as_many_passages_as_asked_for(gazette, k):
    assert len(retrieve("公共资源交易有哪些规定", gazette, k)) == k


@pytest.mark.parametrize("k", [0, -1])
def test_no_passage_at_all_is_refused(gazette, k):
    with pytest.raises(ValueError, match=f"k={k}: at least one"):
        retrieve("公共资源交易", gazette, k)


@pytest.mark.parametrize("question", ["", "  ", "\n"])
def test_nothing_asked_finds_nothing(gazette, question):
    assert retrieve(question, gazette) == []


GAZETTE_WORDS = st.text(
    alphabet="见义勇为第条项（）()零一二十百0123456789号〔2022〕赣市府发办字《》的，？、那呢和分别是多少牵头负责任务",
    max_size=60,
)


@settings(max_examples=60)
@given(question=st.one_of(st.text(max_size=80), GAZETTE_WORDS))
def test_any_text_may_be_asked(bridges, question):
    passages = retrieve(question, bridges, k=3)
    assert len(passages) <= 3
    assert retrieve(question, bridges, k=3) == passages


@pytest.mark.parametrize(
    "question", ["？？？", "aaaa", "🙂🙂", "\u202e逆", "<script>", "' OR 1=1 --", "零" * 1000]
)
def test_odd_text_finds_something_or_nothing(gazette, question):
    assert len(retrieve(question, gazette)) <= 10


# Limits.


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "问题为空"),
        (" \n\t ", "问题为空"),
        ("长" * 5000, "问题有5000字，超过1000字"),
        ("奖金\x00多少", r"控制字符 '\\x00'"),
        ("奖金\x1b[31m多少", r"控制字符 '\\x1b'"),
        ("奖金\udc80多少", r"控制字符 '\\udc80'"),  # bytes that are no UTF-8
    ],
)
def test_what_is_no_question_is_refused_in_one_line(question, message):
    with pytest.raises(ValueError, match=message) as refused:
        check_question(question)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=1200))
def test_what_is_accepted_is_short_clean_and_stripped(question):
    try:
        checked = check_question(question)
    except ValueError:
        return
    assert checked == question.strip()
    assert 0 < len(checked) <= MAX_QUESTION
    assert check_question(checked) == checked
