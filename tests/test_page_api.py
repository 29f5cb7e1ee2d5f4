"""The page's interfaces for programs: OpenAI's, Gradio's, MCP, and who may use them."""

import ast
import asyncio
from importlib.util import find_spec

import httpx
import openai
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from langchain_core.language_models import FakeListChatModel

from assistant.page.rate_limit import WINDOW_SECONDS, RateLimit, read_rate
from tests.browser import serve
from tests.store_factories import REWARD, make_bridges

AMOUNT = "1000元奖励"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


@pytest.fixture(scope="module")
def url(store):
    with serve(store) as address:
        yield address


@pytest.fixture(scope="module")
def gradio(url):
    client = Client(url, verbose=False)
    yield client
    client.close()


@pytest.fixture
def client(url):
    with openai.OpenAI(base_url=f"{url}v1", api_key="none", max_retries=0) as client:
        yield client


def test_openai_answers_with_citations_in_the_message(client, url):
    message = say(client, REWARD).choices[0].message
    assert AMOUNT in message.content
    assert "（桃市府发" in message.content or "——《" in message.content
    cited = [a.url_citation for a in message.annotations]
    assert cited
    assert message.content[cited[0].start_index : cited[0].end_index] == "[1]"
    assert cited[0].url.startswith(f"{url}?clause=")
    assert cited[0].title.endswith("第二条")


def test_openai_streams_the_same_answer_in_pieces(client):
    whole = say(client, REWARD).choices[0].message.content
    chunks = list(say(client, REWARD, stream=True))
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
    assert "".join(pieces) == whole
    assert len([piece for piece in pieces if piece]) > 2
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_openai_reads_earlier_messages_and_content_parts(client):
    reply = client.chat.completions.create(
        model="gazette",
        messages=[
            {"role": "system", "content": "用英语回答"},
            {"role": "user", "content": REWARD},
            {"role": "assistant", "content": "奖励1000元。"},
            {"role": "user", "content": [{"type": "text", "text": "那几个工作日内核实？"}]},
        ],
    )
    assert "五个工作日" in reply.choices[0].message.content


def test_openai_lists_the_model(client):
    assert [model.id for model in client.models.list()] == ["gazette"]


@pytest.mark.parametrize(
    ("messages", "named"),
    [([], "问题"), ([{"role": "user", "content": "  "}], "为空"), ("x", "messages")],
)
def test_openai_errors_name_what_is_wrong(url, messages, named):
    response = httpx.post(f"{url}v1/chat/completions", json={"messages": messages})
    assert response.status_code == 400
    assert named in response.json()["error"]["message"]


def test_a_key_is_asked_for_where_one_is_set(client, monkeypatch):
    monkeypatch.setenv("GAZETTE_API_KEY", "secret")
    with pytest.raises(openai.AuthenticationError):
        client.models.list()
    assert client.with_options(api_key="secret").models.list()


def test_a_password_on_the_page_closes_what_has_no_key(store):
    with serve(store, auth=("user", "word")) as address:
        assert httpx.get(f"{address}v1/models").status_code == 401
        assert httpx.get(f"{address}config").status_code == 401
        assert httpx.get(f"{address}health").status_code == 200


def test_named_endpoints_are_documented_and_no_others(gradio):
    endpoints = gradio.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert sorted(endpoints) == ["/ask", "/clause", "/search"]
    assert all(endpoint["description"] for endpoint in endpoints.values())


def test_ask_returns_the_contract_of_the_command_line(gradio):
    answer = gradio.predict(question=REWARD, api_name="/ask")
    assert answer["answered"]
    citation = answer["citations"][0]
    assert AMOUNT in citation["quote"]
    assert citation["clause"] == "第二条"
    again = gradio.predict(
        question="那几个工作日内核实？",
        history=[{"role": "user", "content": REWARD}],
        api_name="/ask",
    )
    assert again["standalone_question"].startswith(REWARD)


def test_search_and_clause_return_clauses(gradio):
    found = gradio.predict(question=REWARD, k=2, api_name="/search")
    assert [passage["rank"] for passage in found] == [1, 2]
    clause = gradio.predict(name=found[0]["clause_id"], api_name="/clause")[0]
    assert AMOUNT in clause["text"]


def test_bad_input_is_refused_in_words(gradio):
    with pytest.raises(AppError, match="为空"):
        gradio.predict(question=" ", api_name="/ask")
    with pytest.raises(AppError, match="没有这一条款"):
        gradio.predict(name="没有的文件", api_name="/clause")


def test_a_model_is_used_where_one_is_configured(store):
    model = FakeListChatModel(responses=["举报桥梁损坏，经核实的给予1000元奖励[a1]。"])
    with (
        serve(store, model) as address,
        openai.OpenAI(base_url=f"{address}v1", api_key="none", max_retries=0) as client,
    ):
        assert AMOUNT in say(client, REWARD).choices[0].message.content


def test_the_browser_is_told_to_load_nothing_from_elsewhere(url):
    policy = httpx.get(url).headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "http" not in policy


@pytest.mark.skipif(find_spec("mcp") is None, reason="the mcp package is not installed")
def test_mcp_offers_the_three_tools(store, monkeypatch):
    monkeypatch.setenv("GAZETTE_MCP", "1")
    with serve(store) as address:
        names, answer = asyncio.run(call_tools(f"{address}gradio_api/mcp/"))
    assert sorted(name.rpartition("_")[2] for name in names) == ["ask", "clause", "search"]
    assert answer["answered"]
    assert AMOUNT in answer["citations"][0]["quote"]


async def call_tools(address):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with (
        streamable_http_client(address) as (reading, writing, _),
        ClientSession(reading, writing) as session,
    ):
        await session.initialize()
        names = [tool.name for tool in (await session.list_tools()).tools]
        asking = next(name for name in names if name.endswith("ask"))
        result = await session.call_tool(asking, {"question": REWARD})
        return names, ast.literal_eval(result.content[0].text)


def say(client, question, **options):
    messages = [{"role": "user", "content": question}]
    return client.chat.completions.create(model="gazette", messages=messages, **options)


def test_a_client_in_too_great_a_hurry_is_refused(store, monkeypatch):
    monkeypatch.setenv("GAZETTE_RATE", "2")
    with serve(store) as address:
        question = {"messages": [{"role": "user", "content": REWARD}]}
        codes = [
            httpx.post(f"{address}v1/chat/completions", json=question).status_code for _ in range(3)
        ]
        assert codes == [200, 200, 429]
        assert httpx.get(f"{address}health").status_code == 200


@pytest.mark.parametrize("value", ["-1", "many", "1.5"])
def test_a_malformed_rate_is_refused(monkeypatch, value):
    monkeypatch.setenv("GAZETTE_RATE", value)
    with pytest.raises(ValueError, match="GAZETTE_RATE"):
        read_rate()


def test_a_rate_is_counted_per_client_over_a_sliding_minute():
    now = [0.0]
    limit = RateLimit(2, clock=lambda: now[0])
    assert [limit.admit("a") for _ in range(3)] == [True, True, False]
    assert limit.admit("b")
    now[0] = WINDOW_SECONDS
    assert limit.admit("a")
    assert all(RateLimit(0).admit("a") for _ in range(100))
