"""Expansions written by a chat model, for the clauses of an issue that have none.

Each clause is asked about by itself: nothing but the clause and where it stands is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from index.chunks import is_searchable
from index.expansions import format_line, load_expansions
from index.types import Clause
from prompts.render import render

# Three to six questions say what a clause answers; more repeat each other.
_ASKED = 5
_KEPT = 6
# Twice the longest question of the shipped expansions; a longer line is an explanation.
_MAX_QUESTION = 60
_MIN_QUESTION = 4
# Characters of one clause that are sent: three times the longest shipped one, so that a table
# read as a single clause does not overrun a small model.
_MAX_TEXT = 3000
# <…> delimits the clause in the prompt; full-width brackets cannot close it.
_AS_DATA = str.maketrans("<>", "＜＞")

_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}\s*[.、．)）]|[（(]\d{1,2}[)）]|问题?\d{0,2}[：:])\s*")
_CHINESE = re.compile(r"[一-鿿]")
_THOUGHT_END = "</think>"


@dataclass(frozen=True, slots=True)
class Expanded:
    """A clause and the questions written for it; none where the reply held no usable one."""

    clause: Clause
    questions: tuple[str, ...]


def find_unexpanded(clauses: Sequence[Clause], path: Path, doc_no: str = "") -> list[Clause]:
    """Return the searchable clauses without expansions of their present text in ``path``.

    ``doc_no`` restricts them to one document.
    """
    written = load_expansions(path, clauses).questions
    return [
        clause
        for clause in clauses
        if is_searchable(clause)
        and clause.id not in written
        and doc_no in {"", clause.document.doc_no}
    ]


def write_prompt(clause: Clause) -> str:
    """Return what a model is asked about a clause."""
    text = "\n".join(part for part in (clause.columns, clause.text[:_MAX_TEXT]) if part)
    return render(
        "expand",
        count=str(_ASKED),
        document=clause.document.cite.translate(_AS_DATA),
        place=" ".join((*clause.path, clause.label)).translate(_AS_DATA),
        text=text.translate(_AS_DATA),
    )


def read_questions(reply: str) -> tuple[str, ...]:
    """Return the questions of a model's reply: one a line, without numbering, none twice."""
    lines = reply.rpartition(_THOUGHT_END)[2].splitlines()
    questions = [_BULLET.sub("", line).strip(' \t"“”') for line in lines]
    usable = [
        question
        for question in questions
        if _MIN_QUESTION <= len(question) <= _MAX_QUESTION
        and _CHINESE.search(question)
        and not question.endswith(("：", ":"))
    ]
    return tuple(dict.fromkeys(usable))[:_KEPT]


def write_expansions(
    clauses: Iterable[Clause], path: Path, model: BaseChatModel
) -> Iterator[Expanded]:
    """Append a line to ``path`` for each clause as it is written; yield what was written.

    :raises ConnectionError: when the model fails; what was written before stays.
    """
    for clause in clauses:
        try:
            reply = str(model.invoke(write_prompt(clause)).text)
        except Exception as error:  # each provider fails with exceptions of its own
            raise ConnectionError(
                f"{clause.id}：模型调用失败（{error}）；已写入的保留，再次运行会接着写"
            ) from error
        questions = read_questions(reply)
        if questions:
            with path.open("a", encoding="utf-8") as file:
                file.write(format_line(clause, questions) + "\n")
        yield Expanded(clause, questions)
