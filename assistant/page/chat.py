"""问答: the conversation, its events, and nothing that outlives them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr
from langchain_core.language_models import BaseChatModel

from assistant.ask import ask, ask_stream
from assistant.page import text
from assistant.page.events import event_values, html_area
from assistant.page.export import export_file
from assistant.page.feedback import save_vote
from assistant.page.store_loader import StoreGetter
from assistant.page.suggest import example_questions, next_questions
from assistant.page.transcript import render_exchange, render_turns, render_welcome
from assistant.page.turns import Exchange, dump_turns, history, load_turns, record_answer
from assistant.types import Answer
from index.store import Store

# An answer that is ready at once appears in steps a reader can follow, but is not held back long.
_STEP_SECONDS = 0.015
_TYPING_SECONDS = 0.5

_TRYING = Lock()
_log = logging.getLogger(__name__)

Update = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """The components of the conversation that the page wires to its own events."""

    kept: gr.Textbox  # the conversation as JSON (turns.py); the browser's own copy
    areas: tuple[gr.HTML, gr.HTML]  # what may be clicked: finished exchanges, and the last one


class Conversation:
    """Answers questions and renders conversations; holds no conversation itself."""

    def __init__(
        self, get_store: StoreGetter, model: BaseChatModel | None, feedback: Path | None
    ) -> None:
        """Take what does not differ between readers."""
        self._get_store = get_store
        self._model = model
        self._feedback = feedback

    async def store(self) -> Store:
        """Return the store, waiting for it without holding up others."""
        return await asyncio.to_thread(self._get_store)

    def render(self, exchanges: list[Exchange], store: Store) -> tuple[str, str]:
        """Return the HTML of all exchanges but the last, and of the last or the welcome."""
        shown = self._feedback is not None
        if not exchanges:
            return "", render_welcome(examples(store))
        last = len(exchanges) - 1
        earlier = render_turns(exchanges[:-1], store, shown)
        return earlier, render_exchange(exchanges[-1], last, store, shown)

    async def answer(
        self, question: str, before: list[Exchange]
    ) -> AsyncIterator[tuple[list[Exchange], Store]]:
        """Yield the conversation as the answer to a question grows."""
        store = await self.store()
        waiting = Exchange(question, done=False)
        yield [*before, waiting], store
        try:
            async for piece in _pieces(ask_stream(question, history(before), store, self._model)):
                if isinstance(piece, Answer):
                    finished = record_answer(piece, next_questions(piece, store))
                    yield [*before, finished], store
                else:
                    yield [*before, replace(waiting, text=piece)], store
        except (ValueError, LookupError, OSError) as error:
            _log.warning("no answer: %s", error)
            failed = text.FAILED.format(reason=error)
            yield [*before, replace(waiting, done=True, error=failed)], store

    def vote(self, exchanges: list[Exchange], values: dict[str, str]) -> None:
        """Save a vote on an exchange."""
        turn = int(values["turn"])
        if self._feedback is not None and turn < len(exchanges):
            save_vote(self._feedback, exchanges[turn], values["vote"], values.get("reason", ""))


def examples(store: Store) -> dict[str, list[str]]:
    """Return example questions for each persona, each of which has been tried."""
    with _TRYING:  # a second caller waits for the first one's result
        return _try_examples(store)


@lru_cache(maxsize=4)
def _try_examples(store: Store) -> dict[str, list[str]]:
    return example_questions(store, lambda question: ask(question, (), store).answered)


async def _pieces(stream: Iterator[str | Answer]) -> AsyncIterator[str | Answer]:
    """Yield the text so far as it grows, then the answer; waits for a model in another thread."""
    started = time.monotonic()
    grown = ""
    while (piece := await asyncio.to_thread(next, stream, None)) is not None:
        if isinstance(piece, Answer):
            yield piece
            return
        grown += piece
        yield grown
        if time.monotonic() - started < _TYPING_SECONDS:
            await asyncio.sleep(_STEP_SECONDS)


def build_chat(conversation: Conversation) -> Chat:
    """Build the tab's components and wire them."""
    earlier = html_area(elem_id="earlier")
    live = html_area(f'<p class="waiting">{text.LOADING}</p>', elem_id="live", on_change="follow")
    with gr.Column(elem_id="asking"):
        box, send, stop = _input_row()
        with gr.Row(elem_classes="tools"):
            clear = gr.Button(text.CLEAR, size="sm")
            markdown = gr.Button(text.EXPORT_MARKDOWN, size="sm")
            word = gr.Button(text.EXPORT_DOCX, size="sm")
    kept = gr.Textbox(visible="hidden", elem_id="kept")
    file = gr.Textbox(visible="hidden")
    areas = (earlier, live)
    _wire_answering(conversation, areas, box, send, stop, kept)
    _wire_editing(conversation, areas, box, clear, kept)
    for button, kind in ((markdown, "md"), (word, "docx")):
        made = button.click(_exporter(conversation, kind), [kept], [file], api_visibility="private")
        made.success(None, [file], None, js="(file) => window.gazette.save(file)")
    return Chat(kept, areas)


def _input_row() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_classes="ask", equal_height=True):
        box = gr.Textbox(
            label=text.ASK_LABEL,
            placeholder=text.ASK_PLACEHOLDER,
            lines=1,
            max_lines=6,
            scale=8,
            elem_id="question",
            autofocus=True,
        )
        send = gr.Button(text.SEND, variant="primary", scale=1, min_width=88, elem_id="send")
        stop = gr.Button(
            text.STOP, variant="stop", scale=1, min_width=88, visible=False, elem_id="stop"
        )
    return box, send, stop


def _wire_answering(
    conversation: Conversation,
    areas: tuple[gr.HTML, gr.HTML],
    box: gr.Textbox,
    send: gr.Button,
    stop: gr.Button,
    kept: gr.Textbox,
) -> None:
    earlier, live = areas

    async def respond(written: str, kept_turns: str, event: gr.EventData) -> AsyncIterator[Update]:
        exchanges = load_turns(kept_turns)
        question, before = _read_request(written, exchanges, event_values(event))
        if not question.strip():
            return
        first = True
        async for turns, store in conversation.answer(question, before):
            above, last = conversation.render(turns, store)
            update: Update = {live: last, kept: dump_turns(turns)}
            if first:
                update |= {box: "", earlier: above, **_busy(send, stop, True)}
                first = False
            if turns[-1].done:
                update |= _busy(send, stop, False)
            yield update

    async def finish(kept_turns: str) -> Update:
        """End a stopped answer where it stands."""
        turns = load_turns(kept_turns)
        if turns:
            turns[-1] = replace(turns[-1], done=True)
        above, last = conversation.render(turns, await conversation.store())
        return {earlier: above, live: last, kept: dump_turns(turns), **_busy(send, stop, False)}

    asked = gr.on(
        [box.submit, send.click, *(a.example_select for a in areas), *(a.retry for a in areas)],
        respond,
        [box, kept],
        [box, earlier, live, kept, send, stop],
        concurrency_limit=None,
        show_progress="hidden",
        api_visibility="private",
    )
    stop.click(
        finish,
        [kept],
        [earlier, live, kept, send, stop],
        cancels=[asked],
        show_progress="hidden",
        api_visibility="private",
    )
    kept.change(None, [kept], None, js="(turns) => window.gazette.remember(turns)")


def _read_request(
    written: str, exchanges: list[Exchange], values: dict[str, str]
) -> tuple[str, list[Exchange]]:
    """Return what is asked and after which exchanges: written, suggested, or asked once more."""
    if "question" in values:
        return values["question"], exchanges
    turn = values.get("turn", "")
    if turn.isdecimal() and int(turn) < len(exchanges):
        return exchanges[int(turn)].question, exchanges[: int(turn)]
    return written, exchanges


def _busy(send: gr.Button, stop: gr.Button, busy: bool) -> Update:
    return {send: gr.update(visible=not busy), stop: gr.update(visible=busy)}


def _wire_editing(
    conversation: Conversation,
    areas: tuple[gr.HTML, gr.HTML],
    box: gr.Textbox,
    clear: gr.Button,
    kept: gr.Textbox,
) -> None:
    outputs = [box, *areas, kept]

    async def edit(kept_turns: str, event: gr.EventData) -> tuple[str, str, str, str]:
        question, before = _read_request("", load_turns(kept_turns), event_values(event))
        return (
            question,
            *conversation.render(before, await conversation.store()),
            dump_turns(before),
        )

    async def forget() -> tuple[str, str, str, str]:
        return "", *conversation.render([], await conversation.store()), ""

    def rate(kept_turns: str, event: gr.EventData) -> None:
        conversation.vote(load_turns(kept_turns), event_values(event))
        gr.Info(text.FEEDBACK_THANKS, title=text.FEEDBACK)

    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    focus = "() => window.gazette.focus()"
    edited = gr.on([area.edit for area in areas], edit, [kept], outputs, **options)
    edited.then(None, None, None, js=focus)
    cleared = clear.click(forget, None, outputs, **options)
    cleared.then(None, None, None, js=focus)
    gr.on([area.like for area in areas], rate, [kept], None, **options)


def _exporter(conversation: Conversation, kind: str) -> Callable[[str], Any]:
    async def export(kept_turns: str) -> str:
        try:
            return export_file(kind, load_turns(kept_turns), await conversation.store())
        except ValueError as error:
            raise gr.Error(str(error), title=text.ERROR, print_exception=False) from error

    return export
