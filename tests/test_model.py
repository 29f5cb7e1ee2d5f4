"""A chat model opened, asked, and failing, over a real HTTP server."""

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant.model import MAX_REPLY, ModelFailure, complete_text, open_model, stream_text
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


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "GAZETTE_MODEL_TEMPERATURE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("GAZETTE_MODEL_TIMEOUT", "20")


@pytest.fixture
def ask_server(monkeypatch):
    """Ask a server that behaves as given; return its reply."""

    def ask(behaviour, timeout="20"):
        monkeypatch.setenv("GAZETTE_MODEL_TIMEOUT", timeout)
        with serve(behaviour) as server:
            monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
            return complete_text("问", open_model("openai:test"))

    return ask


def failure(ask, *arguments):
    with pytest.raises(ModelFailure) as caught:
        ask(*arguments)
    return str(caught.value)


def test_no_name_is_no_model():
    assert open_model("") is None


@pytest.mark.parametrize("name", ["gpt-4.1", "openai:", ":gpt", "nobody:model"])
def test_a_bad_name_is_refused_with_an_example_or_a_reason(name):
    with pytest.raises(ValueError, match=f"GAZETTE_MODEL={name}：(应写成 提供方:模型|无法使用)"):
        open_model(name)


def test_a_missing_package_is_refused_with_the_command_that_installs_it():
    # groq stands for any provider outside our extras; its package is not among those we install
    with pytest.raises(ValueError, match=r"请运行 pip install langchain-groq"):
        open_model("groq:llama")


def test_a_missing_extra_is_refused_with_its_name(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "langchain_ollama", None)
    with pytest.raises(ValueError, match=r"请运行 pip install -e '\.\[ollama\]'"):
        open_model("ollama:qwen3")


def test_without_key_and_server_the_message_names_the_key():
    with pytest.raises(ValueError, match="OPENAI_API_KEY"):
        open_model("openai:gpt-4.1")


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_out_that_is_no_number_of_seconds_is_refused(monkeypatch, seconds):
    monkeypatch.setenv("GAZETTE_MODEL_TIMEOUT", seconds)
    with pytest.raises(ValueError, match="GAZETTE_MODEL_TIMEOUT"):
        open_model("openai:test")


def test_a_server_of_ones_own_needs_no_key_and_a_key_is_sent(monkeypatch):
    with serve(reply("好。")) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        model = open_model("openai:test")
        assert model.name == "openai:test"
        assert complete_text("问", model) == "好。"
        monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
        complete_text("问", open_model("openai:test"))
        assert server.keys == ["Bearer none", "Bearer sk-1"]
        assert [request["temperature"] for request in server.requests] == [0, 0]


def test_models_that_accept_no_temperature_are_sent_none(monkeypatch):
    monkeypatch.setenv("GAZETTE_MODEL_TEMPERATURE", "default")
    with serve(reply("好。")) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        complete_text("问", open_model("openai:test"))
        assert "temperature" not in server.requests[0]


def test_a_reply_arrives_in_pieces(monkeypatch):
    with serve(reply("一二三四五", size=2)) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        pieces = list(stream_text("问", open_model("openai:test")))
    assert [piece for piece in pieces if piece] == ["一二", "三四", "五"]


def test_thoughts_are_left_out(ask_server):
    assert ask_server(reply("<think>先看材料。</think>\n给予奖励。")).strip() == "给予奖励。"


def test_a_model_without_metadata_is_believed_to_have_finished():
    assert complete_text("问", FakeListChatModel(responses=["好"])) == "好"


def test_connection_refused(monkeypatch):
    with serve(reply("")) as server:
        url = server.url
    monkeypatch.setenv("GAZETTE_MODEL_URL", url)
    assert failure(complete_text, "问", open_model("openai:test")) == "连接不上模型服务"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (status(400), "模型服务拒绝了请求"),
        (status(401), "模型服务的密钥无效"),
        (status(403), "密钥没有使用这个模型的权限"),
        (status(404), "模型服务没有这个模型"),
        (status(429), "模型服务请求过多"),
        (status(429, retry_after="7"), "模型服务请求过多，请在7秒后再试"),
        (status(429, retry_after="Wed, 21 Oct 2037 07:28:00 GMT"), "模型服务请求过多"),
        (status(500), "模型服务出错"),
        (status(503, retry_after="30"), "模型服务出错，请在30秒后再试"),
        (page(), "模型服务的回复无法读取"),
        (garbage(), "模型服务的回复无法读取"),
        (reply(""), "模型没有输出内容"),
        (reply(" \n"), "模型没有输出内容"),
        (reply("<think>想不完"), "模型没有输出内容"),
        (cut("给予一千元"), "模型的回答中途断开"),
        (reply("给予一千元", finish=None), "模型的回答中途断开"),
        (reply("给予一千元", finish="length"), "模型的回答没有写完"),
        (reply("给予", finish="content_filter"), "模型服务拦下了回答"),
        (endless("给予一千元奖励。" * 20), "模型的回答过长"),
    ],
)
def test_every_failure_has_its_reason(ask_server, behaviour, reason):
    assert failure(ask_server, behaviour) == reason


@pytest.mark.parametrize("behaviour", [silence(), dripping("奖")])
def test_time_outs_before_and_during_the_reply(ask_server, behaviour):
    assert failure(ask_server, behaviour, "0.4") == "模型服务超时"


def test_the_cap_is_on_what_is_given_out(monkeypatch):
    with serve(endless("奖励。" * 50)) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        shown = ""
        with pytest.raises(ModelFailure):
            for piece in stream_text("问", open_model("openai:test")):
                shown += piece
    assert MAX_REPLY - 150 <= len(shown) <= MAX_REPLY
