"""The assistant with a chat model as a system under test, and a chat model as judge."""

import pytest

from eval.ours import complete_with
from eval.questions import read_questions
from eval.suite import whole_split
from eval.systems import Setting, find_row
from tests.model_server import reply, serve, status


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("GAZETTE_MODEL", "GAZETTE_MODEL_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def open_chat(location, name="chat:openai:test"):
    row, argument = find_row(name)
    return row.open(Setting(location, 10, argument))


@pytest.fixture(scope="module")
def question():
    return next(q for q in read_questions(whole_split("dev").path) if q.answerable)


def test_the_model_is_asked_with_passages(gazette_index, monkeypatch, question):
    with serve(reply("公报没有写。")) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        output = open_chat(gazette_index)(question)
    assert question.question in server.prompts[-1]
    assert len(output["passages"]) == 10


def test_a_failing_model_leaves_the_extractive_answer(gazette_index, monkeypatch, question):
    plain = find_row("ours")[0].open(Setting(gazette_index, 10))(question)
    with serve(status(500)) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        output = open_chat(gazette_index)(question)
    assert output["answered"] == plain["answered"]
    assert output["citations"] == plain["citations"]


def test_the_settings_name_the_model_where_the_row_does_not(gazette_index, monkeypatch, question):
    monkeypatch.setenv("GAZETTE_MODEL", "openai:test")
    with serve(reply("公报没有写。")) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        open_chat(gazette_index, "chat")(question)
    assert server.requests


def test_no_model_is_an_error_with_its_remedy(gazette_index):
    with pytest.raises(ValueError, match="GAZETTE_MODEL"):
        open_chat(gazette_index, "chat")


def test_a_judge_replies_or_fails_in_one_way(monkeypatch):
    with serve(reply('{"faithful": 1}')) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        assert complete_with("openai:test")("评判") == '{"faithful": 1}'
    with serve(status(401)) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        with pytest.raises(OSError, match="密钥"):
            complete_with("openai:test")("评判")
