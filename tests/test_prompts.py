"""Prompts rendered strictly, each compared with its golden file.

After a deliberate change: GOLDEN=write python -m pytest tests/test_prompts.py, and read the diff.
"""

import os
from pathlib import Path

import pytest

from assistant.decline import DECLINED
from prompts.render import PromptError, prompt_names, render

GOLDEN = Path(__file__).parent / "golden"
VALUES = {
    "answer": {
        "as_of": "2031年5月1日",
        "example": "[a1]",
        "declined": DECLINED,
        "passages": (
            "编号：a1\n出处：《桥梁养护办法》（桃府发〔2031〕7号） 第二条\n"
            "状态：截至2031年5月1日有效\n第二条 举报桥梁损坏的，给予$1000元奖励。"
        ),
        "question": "举报桥坏了有奖吗",
    },
    "standalone": {
        "history": "问：举报桥坏了有奖吗\n答：给予1000元奖励。",
        "question": "那要多久",
    },
    "expand": {
        "count": "5",
        "document": "《桥梁养护办法》",
        "place": "第二章 奖励 第二条",
        "text": "第二条 举报桥梁损坏的，给予1000元奖励。",
    },
    "judge": {
        "question": "举报桥坏了有奖吗",
        "evidence": "第二条 举报桥梁损坏的，给予1000元奖励。",
        "facts": "1000元",
        "answer": "有，给予1000元奖励[1]。",
    },
}


def test_every_prompt_has_a_golden_file():
    assert prompt_names() == sorted(VALUES)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_rendered_as_agreed(name):
    golden = GOLDEN / f"prompt_{name}.txt"
    rendered = render(name, **VALUES[name]) + "\n"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(rendered, encoding="utf-8")
    assert rendered == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(VALUES))
def test_prompts_are_short(name):
    frame = len(render(name, **dict.fromkeys(VALUES[name], "")))
    assert frame <= 450


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("standalone", {"question": "那要多久"}, "no value for history"),
        ("standalone", {}, "no value for history, question"),
        (
            "standalone",
            {"question": "", "history": "", "tone": ""},
            "no variable named tone",
        ),
        ("greeting", {}, "no such prompt; there are answer, expand, judge, standalone"),
        ("../pyproject", {}, "no such prompt"),
    ],
)
def test_gaps_are_errors_that_name_them(name, values, message):
    with pytest.raises(PromptError, match=message):
        render(name, **values)


def test_values_are_not_templates():
    assert "$question ${history} $$" in render(
        "standalone", question="$question ${history} $$", history=""
    )


def test_the_refusal_asked_for_is_the_one_the_code_knows():
    assert DECLINED in render("answer", **VALUES["answer"])
