"""question → passages → answer: the short composition every surface calls."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import answer_question
from assistant.conversation import rewrite_question
from assistant.limits import check_question
from assistant.retrieve import DEFAULT_K, retrieve, store_names
from assistant.types import Answer, Filters, Turn
from index.store import Store


def ask(
    question: str,
    history: Sequence[Turn],
    store: Store,
    as_of: date | None = None,
    k: int = DEFAULT_K,
    filters: Filters | None = None,
) -> Answer:
    """Answer a question in the light of a conversation.

    :raises ValueError: when the question is empty, too long, or holds control characters.
    """
    started = time.perf_counter()
    question = check_question(question)
    standalone = rewrite_question(question, history, store_names(store))
    passages = retrieve(standalone, store, k, filters)
    retrieved = time.perf_counter()
    answer = answer_question(standalone, passages, store, as_of or date.today())
    finished = time.perf_counter()
    return replace(
        answer,
        question=question,
        standalone_question=standalone,
        timings_ms={
            "retrieve": round((retrieved - started) * 1000, 1),
            "answer": round((finished - retrieved) * 1000, 1),
            "total": round((finished - started) * 1000, 1),
        },
    )
