"""Our assistant as a system under test: whole, its retrieval alone, and that with a leg off.

All use of ``assistant`` and of the store by the systems is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

from assistant.ask import ask as ask_assistant
from assistant.contract import passage_dict, to_dict
from assistant.legs import Weights
from assistant.retrieve import retrieve
from assistant.types import Turn
from eval.baselines import Ask, query_of, show_best
from eval.corpus import source_orders
from eval.questions import Question
from index.build import Location, open_store
from index.chunks import chunk_clauses, is_searchable
from index.lexical import build_lexical
from index.settings import read_setting

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from index.store import Store

# Each row takes one thing away from retrieval; a new idea is a new row here first.
WEIGHTS = {
    "search": Weights(),
    "no_expansions": Weights(questions=0.0),
    "no_dense": Weights(dense=0.0),
    "no_lexical": Weights(text=0.0),
    "no_title_path": Weights(),  # the store is changed instead, see _without_titles
    "no_vocabulary": Weights(vocabulary=False),
    "no_lookups": Weights(lookups=False),
    "no_references": Weights(companions=False),
    "no_interaction": Weights(interaction=0.0),
}


@lru_cache(maxsize=1)
def _shared_store(location: Location) -> Store:
    """Open the store once for all rows; the embedding model takes seconds to load."""
    return open_store(location)


class _RememberedQuestions(Embeddings):
    """Question vectors kept for the ablations, which all ask the same."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._asked: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embeddings.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        if text not in self._asked:
            self._asked[text] = self._embeddings.embed_query(text)
        return self._asked[text]


@lru_cache(maxsize=1)
def _ablation_store(location: Location) -> Store:
    """Return the store with remembered questions; the two timed rows, ours and search, embed."""
    store = _shared_store(location)
    return replace(store, embeddings=_RememberedQuestions(store.embeddings))


@lru_cache(maxsize=1)
def _store_without_titles(location: Location) -> Store:
    return _without_titles(_ablation_store(location))


def open_assistant(location: Location, k: int, model: str | None = None) -> Ask:
    """Open the whole assistant: answering by quoting, or with the chat model of a name.

    "" is the model the settings name. Raises ``ValueError`` where they name none.
    """
    store = _shared_store(location)
    sources = source_orders(location.corpus)
    chat = None if model is None else _open_chat(model)

    def ask(question: Question) -> dict[str, Any]:
        history = [Turn(message.role, message.content) for message in question.history]
        as_of = date.fromisoformat(question.as_of) if question.as_of else None
        answer = ask_assistant(question.question, history, store, chat, as_of=as_of, k=k)
        output = to_dict(answer)
        return output | {"passages": _with_sources(output["passages"], sources)}

    return ask


def complete_with(name: str) -> Callable[[str], str]:
    """Return what asks a chat model once; ``OSError`` is raised where it gives no usable reply."""
    from assistant.model import ModelFailure, complete_text

    model = _open_chat(name)

    def complete(prompt: str) -> str:
        try:
            return complete_text(prompt, model)
        except ModelFailure as error:
            raise OSError(str(error)) from error

    return complete


def _open_chat(name: str) -> BaseChatModel:
    from assistant.model import open_model  # LangChain's models take a second to import

    name = name or read_setting("GAZETTE_MODEL")
    model = open_model(name)
    if model is None:
        raise ValueError("没有指定聊天模型；写作 chat:openai:gpt-4.1，或设置 GAZETTE_MODEL")
    return model


def open_retrieval(location: Location, k: int, name: str) -> Ask:
    """Open retrieval alone, as a row of ``WEIGHTS``; the best passage is shown as the answer.

    Answers as the baselines do, so that the difference to them is that of retrieval.
    """
    store = _ABLATED.get(name, _ablation_store)(location)
    sources = source_orders(location.corpus)

    def ask(question: Question) -> dict[str, Any]:
        found = retrieve(query_of(question), store, k, weights=WEIGHTS[name])
        passages = [passage_dict(passage) for passage in found]
        return show_best(question, _with_sources(passages, sources))

    return ask


def _without_titles(store: Store) -> Store:
    """Return the store with its word index over the clauses' own text, without title and path."""
    chunks = chunk_clauses(c for c in store.clauses.values() if is_searchable(c))
    return replace(store, texts=build_lexical((chunk.clause.id, chunk.text) for chunk in chunks))


_ABLATED = {"search": _shared_store, "no_title_path": _store_without_titles}


def _with_sources(
    passages: Sequence[dict[str, Any]], sources: dict[str, str]
) -> list[dict[str, Any]]:
    """Add the source's own order to repaired clauses: gold quotes are verbatim from the source."""
    return [
        passage | {"source": sources[passage["clause_id"]]}
        if passage["clause_id"] in sources
        else passage
        for passage in passages
    ]
