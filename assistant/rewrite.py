"""Follow-ups into standalone questions by a chat model, checked; by rule where it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel

from assistant.checks import check_figures, check_names
from assistant.conversation import MAX_TURNS, rewrite_question
from assistant.decline import decide_scope
from assistant.exhibits import as_data
from assistant.lookup import Names
from assistant.model import ModelFailure, complete_text
from assistant.types import Turn
from prompts.render import render

# Of an earlier message, this much says what was talked about.
_MAX_MESSAGE = 300
# Three times the longest question of the dev set; more is an answer, not a question.
_MAX_QUESTION = 200
_SPEAKERS = {"user": "问", "assistant": "答"}


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A question that stands alone, and why the model did not write it where it failed."""

    question: str
    failure: str = ""


def rewrite_with_model(
    question: str, history: Sequence[Turn], names: Names, model: BaseChatModel
) -> Rewriting:
    """Return a question that stands alone, in the model's words where they can be trusted.

    Without a conversation, and for a message that is no question, nothing is asked of the model.
    """
    by_rule = rewrite_question(question, history, names)
    turns = [turn for turn in history if turn.content.strip()][-MAX_TURNS:]
    if not turns or decide_scope(question):
        return Rewriting(by_rule)
    prompt = render("standalone", history=_write_history(turns), question=as_data(question))
    try:
        written = complete_text(prompt, model).strip()
    except ModelFailure as failure:
        return Rewriting(by_rule, str(failure))
    said = [question, *(turn.content for turn in turns)]
    return Rewriting(written if _is_faithful(written, said) else by_rule)


def _write_history(turns: Sequence[Turn]) -> str:
    return "\n".join(
        f"{_SPEAKERS[turn.role]}：{as_data(turn.content[:_MAX_MESSAGE])}" for turn in turns
    )


def _is_faithful(written: str, said: Sequence[str]) -> bool:
    """Return whether a rewriting is one line, and names no figure or name that was not said."""
    return (
        0 < len(written) <= _MAX_QUESTION
        and len(written.splitlines()) == 1
        and not check_figures(written, said)
        and not check_names(written, said)
    )
