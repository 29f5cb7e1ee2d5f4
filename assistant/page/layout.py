"""The page: its head, its tabs, the source pane beside them, and what happens when it opens."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import gradio as gr
from langchain_core.language_models import BaseChatModel

from assistant.page import text
from assistant.page.about import build_about, coverage
from assistant.page.benefits import build_benefits
from assistant.page.chat import Chat, Conversation, build_chat, examples
from assistant.page.clauses import build_clauses
from assistant.page.endpoints import build_endpoints
from assistant.page.events import event_values, html_area
from assistant.page.markup import action, escape
from assistant.page.settings import read_setting
from assistant.page.source import Wanted, read_address, render_source
from assistant.page.store_loader import StoreGetter
from assistant.page.turns import load_turns, settle


def build_page(get_store: StoreGetter, model: BaseChatModel | None) -> gr.Blocks:
    """Build the page; the store is asked for only when someone is there."""
    feedback = read_setting("GAZETTE_FEEDBACK")
    conversation = Conversation(get_store, model, Path(feedback) if feedback else None)
    page: gr.Blocks = gr.Blocks(title=text.TITLE, analytics_enabled=False, fill_width=True)
    with page:
        head = html_area(_head(""), on_change="drawHead", elem_id="head")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=6, min_width=320, elem_id="main"), gr.Tabs():
                with gr.Tab(text.TAB_CHAT, id="chat"):
                    chat = build_chat(conversation)
                with gr.Tab(text.TAB_BENEFITS, id="benefits"):
                    benefits = build_benefits(get_store)
                with gr.Tab(text.TAB_CLAUSES, id="clauses"):
                    clauses = build_clauses(get_store)
                with gr.Tab(text.TAB_ABOUT, id="about"):
                    about = build_about(get_store)
            with gr.Column(scale=5, min_width=320, elem_id="side"):
                pane = html_area(render_hint(), on_change="reveal", elem_id="source")
        _wire_source([*chat.areas, benefits, clauses, about, pane], pane, conversation)
        _wire_opening(page, head, chat, pane, conversation)
        build_endpoints(get_store, model)
    return page


def render_hint() -> str:
    """Return what the pane says before anything is opened."""
    return f'<p class="hint">{escape(text.SOURCE_EMPTY)}</p>'


def _head(covered: str) -> str:
    buttons = "".join(
        f'<button type="button" aria-pressed="false" {action("toggle", mode=mode)}>{label}</button>'
        for mode, label in (("large", text.LARGE_TYPE), ("dark", text.DARK_MODE))
    )
    return (
        f'<a class="skip" href="#question" {action("focus")}>{text.SKIP_LINK}</a>'
        f'<header><div class="title"><h1>{text.TITLE}</h1><div class="modes">{buttons}</div></div>'
        f'<p class="purpose">{escape(text.PURPOSE)} {escape(covered)}</p></header>'
        f'<div id="connection" role="status" aria-live="assertive" '
        f'data-offline="{text.OFFLINE}" data-online="{text.ONLINE_AGAIN}" '
        f'data-copied="{text.COPIED}"></div>'
    )


def _wire_source(areas: list[gr.HTML], pane: gr.HTML, conversation: Conversation) -> None:
    async def show(event: gr.EventData) -> str:
        values = event_values(event)
        start, end = (int(values.get(name, "0") or 0) for name in ("start", "end"))
        wanted = Wanted(values["clause"], start, end)
        return render_source(wanted, await conversation.store())

    gr.on(
        [area.select for area in areas],
        show,
        None,
        [pane],
        concurrency_limit=None,
        show_progress="hidden",
        trigger_mode="always_last",
        api_visibility="private",
    )


def _wire_opening(
    page: gr.Blocks,
    head: gr.HTML,
    chat: Chat,
    pane: gr.HTML,
    conversation: Conversation,
) -> None:
    """Bring back the tab's conversation and open the clause that the address names.

    A reader may ask before all is there: the conversation is drawn last, as it is by then.
    """
    address = gr.Textbox(visible="hidden")
    unseen: dict[str, Any] = {
        "concurrency_limit": None,
        "show_progress": "hidden",
        "api_visibility": "private",
    }

    async def open_page(query: str) -> tuple[str, str]:
        store = await conversation.store()
        await asyncio.to_thread(examples, store)
        return _head(coverage(store)), render_source(read_address(query), store)

    async def draw(kept: str) -> tuple[str, str]:
        store = await conversation.store()
        return await asyncio.to_thread(conversation.render, settle(load_turns(kept)), store)

    page.load(None, None, [chat.kept], js="() => window.gazette.recall()")
    opened = page.load(
        open_page, [address], [head, pane], js="() => window.location.search", **unseen
    )
    opened.then(draw, [chat.kept], list(chat.areas), **unseen)
