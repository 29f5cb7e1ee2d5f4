"""What is said around a question and not asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.conversation import rewrite_question
from assistant.courtesy import strip_courtesy
from assistant.lookup import collect_names
from assistant.types import Turn
from tests.gazette_factories import read_shipped

ASKED = "因见义勇为致残能领多少奖金"
NAMES = collect_names(read_shipped().clauses)
OPENINGS = [
    "请问",
    "请问一下，",
    "您好！请教一个问题，",
    "你好，我想问一下，",
    "麻烦你帮我看看，",
    "请直接告诉我",
    "帮我查一下，",
    "我想咨询一下：",
    "劳驾，问一下",
    "我就想知道",
    "帮忙看看公报里",
    "老师您好，请问",
    "想了解下",
    "谢谢，",
    "麻烦问一下，",
]
CLOSINGS = ["？谢谢", "，谢谢您！", "，急", "，麻烦了", "。在线等", "，谢谢老师", "？非常感谢"]


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_opening_is_not_asked(opening):
    assert strip_courtesy(opening + ASKED) == ASKED


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_closing_is_not_asked(closing):
    assert strip_courtesy(ASKED + closing) == ASKED


@pytest.mark.parametrize(
    "question",
    [
        ASKED,
        "下级政府要不要建数字政府",
        "得了奖要不要感谢",
        "奖金能不能在线等",
        "喂养流浪狗有人管吗",
        "要了解的情况有哪些",
        "要问责的情形有哪些",
        "问一下级财政出多少",
        "看看病能报多少",
        "咨询机构由谁来选",
        "问责的情形有哪些",
        "您们办公室在哪里",
        "想领奖金要什么材料",
        "说明书要附几份",
        "急需的药品怎么采购",
        "紧急情况怎么办，急救谁负责",
        "你好",
        "请问",
        "谢谢",
    ],
)
def test_the_question_itself_stays(question):
    assert strip_courtesy(question) == question


@pytest.mark.parametrize("word", ["下级", "下一步", "下列", "下一届", "下半年"])
@pytest.mark.parametrize("opening", ["请问", "我想问", "想了解"])
def test_a_word_is_not_cut_in_two(opening, word):
    assert strip_courtesy(f"{opening}{word}要做什么") == f"{word}要做什么"


@given(st.text(alphabet="奖金多少，？谢请问下一", max_size=20), st.sampled_from(OPENINGS))
def test_only_the_ends_are_lost(text, opening):
    asked = f"见义勇为{text}见义勇为"
    assert strip_courtesy(opening + asked + "，谢谢") == asked


def test_traditional_courtesies_are_courtesies(gazette):
    answer = ask(f"請問一下，{ASKED}？謝謝", [], gazette)
    assert answer.standalone_question == ASKED


def test_the_question_before_is_carried_over_without_its_courtesy():
    talk = [Turn("user", f"您好，请问{ASKED}？谢谢"), Turn("assistant", "……")]
    assert rewrite_question("那死亡的呢", talk, NAMES) == f"{ASKED}？死亡的呢"


def test_courtesy_changes_no_answer(gazette):
    plain = ask(ASKED, [], gazette)
    polite = ask(f"您好，我想问一下，{ASKED}？谢谢", [], gazette)
    assert (polite.text, polite.citations) == (plain.text, plain.citations)
    assert polite.standalone_question == ASKED
