"""The LangChain retriever in other people's chains."""

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from assistant.retrieve import retrieve
from assistant.retriever import GazetteRetriever
from assistant.types import Filters
from tests.store_factories import REWARD, make_bridges


@pytest.fixture(scope="module")
def bridges(tmp_path_factory):
    return make_bridges(tmp_path_factory.mktemp("bridges"))


def test_documents_hold_the_verbatim_text_and_where_it_stands(gazette):
    documents = GazetteRetriever(store=gazette, k=4).invoke("赣市府办字〔2022〕98号序号7")
    first = documents[0]
    assert isinstance(first, Document)
    assert len(documents) == 4
    assert first.id == "2022-05/赣市府办字〔2022〕98号/附件/序号7"
    assert first.page_content == gazette.reread(first.id)
    assert {
        name: first.metadata[name] for name in ("rank", "clause_id", "doc_no", "clause", "via")
    } == {
        "rank": 1,
        "clause_id": first.id,
        "doc_no": "赣市府办字〔2022〕98号",
        "clause": "附件 序号7",
        "via": "",
    }
    assert "text" not in first.metadata


def test_it_finds_what_retrieve_finds(gazette):
    filters = Filters(kind="办法")
    found = GazetteRetriever(store=gazette, k=6, filters=filters).invoke("奖金多少")
    assert [d.id for d in found] == [p.clause.id for p in retrieve("奖金多少", gazette, 6, filters)]


def test_a_chain_of_retriever_prompt_and_model(bridges):
    seen = []
    prompt = ChatPromptTemplate.from_template("依据：{passages}\n问题：{question}")
    passages = GazetteRetriever(store=bridges, k=2) | (
        lambda documents: "\n".join(d.page_content for d in documents)
    )

    def watch(value):
        seen.append(value.to_string())
        return value

    chain = (
        {"passages": passages, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(watch)
        | FakeListChatModel(responses=["奖励1000元。"])
        | StrOutputParser()
    )
    assert chain.invoke(REWARD) == "奖励1000元。"
    assert "给予举报人1000元奖励" in seen[0]
    assert seen[0].endswith(f"问题：{REWARD}")


def test_a_batch_keeps_its_order(bridges):
    retriever = GazetteRetriever(store=bridges, k=1)
    found = retriever.batch(
        ["第二条说了什么奖励", "几个工作日内核实举报", "本办法自哪天起施行，有效期几年"]
    )
    assert [documents[0].metadata["clause"] for documents in found] == [
        "第二条",
        "第三条",
        "第四条",
    ]
