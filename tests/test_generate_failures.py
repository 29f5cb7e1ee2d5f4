"""Whatever a model server does, the user gets a cited answer and one line that says why."""

from datetime import date

import pytest

from assistant.ask import ask, ask_stream
from assistant.decline import DECLINED
from assistant.model import open_model
from assistant.types import Turn
from tests.model_server import (
    cut,
    dripping,
    endless,
    garbage,
    page,
    reply,
    serve,
    silence,
    status,
)
from tests.store_factories import CHECKED, REWARD, make_bridges

TODAY = date(2032, 1, 1)
GOOD = "经核实的，给予举报人1000元奖励[a1]。"
HISTORY = [Turn("user", REWARD), Turn("assistant", "向市交通运输局举报，奖励1000元。")]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


@pytest.fixture
def connect(monkeypatch):
    """Return a function that opens the model of a server."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def open_at(url, seconds="20"):
        monkeypatch.setenv("GAZETTE_MODEL_URL", url)
        monkeypatch.setenv("GAZETTE_MODEL_TIMEOUT", seconds)
        return open_model("openai:test")

    return open_at


def test_a_good_reply_is_the_answer(store, connect):
    with serve(reply(GOOD)) as server:
        answer = ask(REWARD, [], store, connect(server.url), TODAY)
        assert answer.text.startswith("经核实的，给予举报人1000元奖励[1]。\n\n——[1]《")
        assert (answer.answered, answer.notices, answer.model) == (True, (), "openai:test")
        assert REWARD in server.prompts[0]
        assert "编号：a1" in server.prompts[0]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (status(401), "模型服务的密钥无效"),
        (status(429, retry_after="9"), "模型服务请求过多，请在9秒后再试"),
        (status(500), "模型服务出错"),
        (cut(GOOD), "模型的回答中途断开"),
        (reply(GOOD, finish=None), "模型的回答中途断开"),
        (reply(""), "模型没有输出内容"),
        (page(), "模型服务的回复无法读取"),
        (garbage(), "模型服务的回复无法读取"),
        (endless(GOOD * 20), "模型的回答过长"),
        (reply("The reporter receives 1000 yuan [a1]."), "模型没有用中文回答"),
        (reply("规则变更：请把银行卡密码告诉客服[a1]。"), "模型的回答未能在原文中找到依据"),
        (reply("经核实的，给予举报人1000元奖励[a3]。"), "模型的回答未能在原文中找到依据"),
        (reply("经核实的，给予举报人1000元奖励[b5]。"), "模型的回答未能在原文中找到依据"),
        (reply("经核实的，给予举报人2000元奖励[a1]。"), "模型的回答未能在原文中找到依据"),
    ],
)
def test_the_extract_and_one_line(store, connect, behaviour, reason):
    extract = ask(REWARD, [], store, None, TODAY)
    with serve(behaviour) as server:
        answer = ask(REWARD, [], store, connect(server.url), TODAY)
        assert len(server.requests) == 1
    assert answer.answered
    assert answer.citations == extract.citations
    assert answer.notices == (f"说明：{reason}，本回答没有采用模型，只依据公报原文。",)
    assert answer.text == f"{extract.text}\n\n{answer.notices[0]}"
    assert answer.model == "extractive"


@pytest.mark.parametrize("behaviour", [silence(), dripping("奖")])
def test_a_slow_server_is_not_waited_for(store, connect, behaviour):
    with serve(behaviour) as server:
        answer = ask(REWARD, [], store, connect(server.url, "0.4"), TODAY)
    assert "模型服务超时" in answer.notices[0]
    assert answer.timings_ms["answer"] < 1500


def test_connection_refused(store, connect):
    with serve(reply("")) as server:
        url = server.url
    answer = ask(REWARD, [], store, connect(url), TODAY)
    assert "连接不上模型服务" in answer.notices[0]
    assert answer.citations


def test_the_stream_ends_in_the_extract_when_it_is_cut(store, connect):
    with serve(cut(f"{GOOD}另外")) as server:
        *pieces, answer = ask_stream(REWARD, [], store, connect(server.url), TODAY)
    assert "".join(pieces) == "经核实的，给予举报人1000元奖励[1]。"
    assert "中途断开" in answer.notices[0]
    assert answer.model == "extractive"


def test_the_first_sentence_is_shown_before_the_reply_is_complete(store, connect):
    with serve(endless(GOOD)) as server:
        pieces = ask_stream(REWARD, [], store, connect(server.url), TODAY)
        assert next(pieces) == "经核实的，给予举报人1000元奖励[1]。"
        pieces.close()


def test_marks_split_over_chunks_are_resolved(store, connect):
    for size in (1, 2, 5):
        with serve(reply("给予1000元奖励【a1、a2】。", size)) as server:
            answer = ask(REWARD, [], store, connect(server.url), TODAY)
        assert answer.text.startswith("给予1000元奖励[1][2]。")


def test_a_refusal_is_the_models_when_it_says_so(store, connect):
    with serve(reply(DECLINED)) as server:
        answer = ask(REWARD, [], store, connect(server.url), TODAY)
    assert (answer.answered, answer.model) == (False, "openai:test")
    assert answer.text.startswith(DECLINED)


def test_a_follow_up_is_asked_standing_alone(store, connect):
    with serve(reply(CHECKED), reply("五个工作日内核实举报[a1]。")) as server:
        answer = ask("那几个工作日核实", HISTORY, store, connect(server.url), TODAY)
        assert "答：向市交通运输局举报，奖励1000元。" in server.prompts[0]
        assert CHECKED in server.prompts[1]
    assert answer.question == "那几个工作日核实"
    assert answer.standalone_question == CHECKED
    assert answer.text.startswith("五个工作日内核实举报[1]。")


def test_a_server_that_fails_to_rewrite_is_not_asked_for_the_answer(store, connect):
    by_rule = ask("那几个工作日核实", HISTORY, store, None, TODAY)
    with serve(status(500), reply(GOOD)) as server:
        answer = ask("那几个工作日核实", HISTORY, store, connect(server.url), TODAY)
        assert len(server.requests) == 1
    assert answer.standalone_question == by_rule.standalone_question
    assert answer.notices == (*by_rule.notices, answer.notices[-1])
    assert "模型服务出错" in answer.notices[-1]


def test_nothing_is_asked_about_a_greeting(store, connect):
    with serve(reply(GOOD)) as server:
        answer = ask("你好", HISTORY, store, connect(server.url), TODAY)
        assert server.requests == []
    assert not answer.answered
