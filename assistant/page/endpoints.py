"""The named API of the page: /ask, /search and /clause, which are also its MCP tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api
from langchain_core.language_models import BaseChatModel
from pydantic import TypeAdapter, ValidationError

from assistant.ask import ask as ask_gazette
from assistant.clause_lookup import find_clauses
from assistant.contract import passage_dict, to_dict
from assistant.limits import check_question
from assistant.page.store_loader import StoreGetter
from assistant.retrieve import DEFAULT_K, retrieve
from assistant.types import Filters, Turn

# More passages than this is a download of the gazette, which is a file already.
_MAX_K = 50
_T = TypeVar("_T")
_TURNS = TypeAdapter(list[Turn])


def build_endpoints(get_store: StoreGetter, model: BaseChatModel | None) -> None:
    """Add the API to the page being built; their docstrings are the API's documentation."""

    def ask(question: str, history: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Answer a question about the municipal gazette in Chinese, with verbatim citations.

        Args:
            question: the question, in Chinese, at most 1000 characters.
            history: earlier messages as {"role": "user" or "assistant", "content": text}.

        Returns:
            An object with "answered", "answer" (text with [n] marks), "citations" (mark, clause_id,
            doc_no, title, clause, quote, start, end, page, status), "notices" and "passages".

        """
        turns = _read_turns(history or [])
        return _checked(lambda: to_dict(ask_gazette(question, turns, get_store(), model)))

    def search(
        question: str, k: int = DEFAULT_K, doc_no: str = "", status: str = ""
    ) -> list[dict[str, Any]]:
        """Find the clauses of the gazette nearest to a question, best first, without an answer.

        Args:
            question: what to look for, in Chinese.
            k: how many clauses, at most 50.
            doc_no: only this document, by its number (文号).
            status: only clauses of this status today: 有效, 未施行, 已过有效期, 已废止 or 未载明.

        Returns:
            A list of objects with rank, clause_id, doc_no, title, clause, text and score.

        """
        filters = Filters(doc_no=doc_no, status=status) if doc_no or status else None
        count = max(1, min(int(k), _MAX_K))
        return _checked(
            lambda: [
                passage_dict(passage)
                for passage in retrieve(check_question(question), get_store(), count, filters)
            ]
        )

    def clause(name: str) -> list[dict[str, Any]]:
        """Read clauses of the gazette in full by name.

        Args:
            name: a document number with an article (某府发〔2022〕14号 第十一条), or a title,
                or a clause id.

        Returns:
            A list of objects with clause_id, text, path, page, status, previous and next.

        """
        return _checked(lambda: find_clauses(check_question(name), get_store()))

    for function in (ask, search, clause):
        api(function, api_name=function.__name__, concurrency_limit=None)


def _read_turns(messages: list[dict[str, str]]) -> list[Turn]:
    try:
        return _TURNS.validate_python(messages)
    except ValidationError as error:
        raise gr.Error(
            'history: expected [{"role": "user" | "assistant", "content": text}, …]',
            print_exception=False,
        ) from error


def _checked(call: Callable[[], _T]) -> _T:
    """Run a call; return what it returns, or raise its error as one the client is shown."""
    try:
        return call()
    except (ValueError, LookupError) as error:
        message = error.args[0] if error.args else error
        raise gr.Error(str(message), print_exception=False) from error
