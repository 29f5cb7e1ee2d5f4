"""question → passages → answer: the short composition every surface calls."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from langchain_core.language_models import BaseChatModel

from assistant.answer import answer_question
from assistant.conversation import resolve_question
from assistant.filters import allowed_clauses
from assistant.generate import fall_back, last_answer, stream_answer, stream_extract
from assistant.limits import check_question
from assistant.retrieve import DEFAULT_K, retrieve, store_names
from assistant.rewrite import Rewriting, rewrite_with_model
from assistant.script import to_simplified
from assistant.types import Answer, Filters, Turn
from index.store import Store


def ask(
    question: str,
    history: Sequence[Turn],
    store: Store,
    model: BaseChatModel | None = None,
    as_of: date | None = None,
    k: int = DEFAULT_K,
    filters: Filters | None = None,
) -> Answer:
    """Answer a question in the light of a conversation; without a model, by quoting.

    :raises ValueError: when the question is empty, too long, or holds control characters.
    """
    return last_answer(ask_stream(question, history, store, model, as_of, k, filters))


def ask_stream(
    question: str,
    history: Sequence[Turn],
    store: Store,
    model: BaseChatModel | None = None,
    as_of: date | None = None,
    k: int = DEFAULT_K,
    filters: Filters | None = None,
) -> Iterator[str | Answer]:
    """Yield the answer's text in pieces as it is written, then the answer, which replaces them.

    :raises ValueError: when the question is empty, too long, or holds control characters.
    """
    started = time.perf_counter()
    question = check_question(question)
    today = as_of or date.today()
    asked = _understand(question, history, store, model)
    passages = retrieve(asked.question, store, k, filters, as_of=today)
    retrieved = time.perf_counter()
    allowed = allowed_clauses(store.clauses, filters, today) if filters else None
    extract = answer_question(asked.question, passages, store, today, allowed)
    if model is None:
        pieces = stream_extract(extract)
    elif asked.failure:  # a model that has just failed is not asked again
        pieces = stream_extract(fall_back(extract, asked.failure))
    else:
        pieces = stream_answer(asked.question, passages, extract, store, model, today)
    for piece in pieces:
        if isinstance(piece, Answer):
            timings = _timings(started, retrieved, time.perf_counter())
            yield replace(
                piece,
                question=question,
                standalone_question=asked.question,
                timings_ms=timings,
            )
        else:
            yield piece


def _understand(
    question: str, history: Sequence[Turn], store: Store, model: BaseChatModel | None
) -> Rewriting:
    if model is None:
        resolved = resolve_question(to_simplified(question), history, store)
        return Rewriting(to_simplified(resolved))  # the question before, too
    return rewrite_with_model(question, history, store_names(store), model)


def _timings(started: float, retrieved: float, finished: float) -> dict[str, float]:
    """Return milliseconds; a model that rewrites the question counts with retrieval."""
    return {
        "retrieve": round((retrieved - started) * 1000, 1),
        "answer": round((finished - retrieved) * 1000, 1),
        "total": round((finished - started) * 1000, 1),
    }
