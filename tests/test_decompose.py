"""Questions that ask several things at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.decompose import MAX_PARTS, split_question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "验收流程里，申请受理、现场检查、结果公示三个阶段的时限各是多少？",
            [
                "验收流程里，申请受理三个阶段的时限各是多少",
                "验收流程里，现场检查三个阶段的时限各是多少",
                "验收流程里，结果公示三个阶段的时限各是多少",
            ],
        ),
        (
            "省级专家和市级专家的聘期有什么区别",
            ["省级专家的聘期有什么区别", "市级专家的聘期有什么区别"],
        ),
        (
            "桥梁养护由谁负责？损坏了要在几天内修好？",
            ["桥梁养护由谁负责？", "损坏了要在几天内修好？"],
        ),
        (
            "甲类项目与乙类项目分别补多少",
            ["甲类项目分别补多少", "乙类项目分别补多少"],
        ),
    ],
)
def test_each_thing_asked_becomes_a_question(question, parts):
    assert split_question(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "",
        "桥梁损坏奖励多少钱",
        "举报桥梁损坏有奖励吗？谢谢。",  # only one of the two asks
        "个人和单位都能申请吗",  # nothing is asked of each
        "参与制定标准的奖励分别是多少",  # 与 inside a word is no 和
        "谁修？几天？",  # too short to be searched for
    ],
)
def test_one_thing_asked_stays_whole(question):
    assert split_question(question) == []


def test_at_most_so_many_parts():
    question = "".join(f"第{n}类桥梁由哪个部门负责养护？" for n in "甲乙丙丁戊己")
    parts = split_question(question)
    assert len(parts) == MAX_PARTS
    assert parts[0] == "第甲类桥梁由哪个部门负责养护？"


@given(
    st.text(
        alphabet="桥梁养护和与跟、，。？?；分别各是多少有什么区别两种“”《》谁哪abc 12", max_size=60
    )
)
def test_parts_are_made_of_the_question(question):
    parts = split_question(question)
    assert len(parts) <= MAX_PARTS
    for part in parts:
        assert part
        assert set(part) <= set(question)
