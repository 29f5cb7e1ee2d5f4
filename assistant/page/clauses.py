"""查条款: a clause by name, and every document to read."""

from __future__ import annotations

import asyncio

import gradio as gr

from assistant.clause_lookup import find_clauses
from assistant.limits import check_question
from assistant.page import text
from assistant.page.events import html_area
from assistant.page.markup import clause_link, escape
from assistant.page.store_loader import StoreGetter
from index.store import Store

_MAX_SHOWN = 100


def build_clauses(get_store: StoreGetter) -> gr.HTML:
    """Build the tab; return the area whose links open clauses."""
    with gr.Row(equal_height=True):
        name = gr.Textbox(
            label=text.CLAUSE_NAME, placeholder=text.CLAUSE_PLACEHOLDER, scale=8, max_lines=1
        )
        look_up = gr.Button(text.LOOK_UP, variant="primary", scale=1, min_width=88)
    found = html_area()

    async def show(written: str) -> str:
        store = await asyncio.to_thread(get_store)
        return render_clauses(written, store) if written.strip() else render_documents(store)

    gr.on(
        [name.submit, look_up.click],
        show,
        [name],
        [found],
        show_progress="hidden",
        api_visibility="private",
    )
    return found


def render_clauses(name: str, store: Store) -> str:
    """Return the clauses a name means as links with their text, or why there are none."""
    try:
        clauses = find_clauses(check_question(name), store)
    except (ValueError, LookupError) as error:
        return f'<p class="hint" role="alert">{escape(str(error.args[0]))}</p>'
    items = "".join(
        f"<li>{clause_link(c['clause_id'], escape(c['name'] + ' ' + c['clause']))}"
        f"<p>{escape(c['text'])}</p></li>"
        for c in clauses[:_MAX_SHOWN]
    )
    count = escape(text.CLAUSES_FOUND.format(count=len(clauses)))
    return f'<p class="hint" role="status">{count}</p><ul class="found">{items}</ul>'


def render_documents(store: Store) -> str:
    """Return every document as a link to its beginning."""
    first = {}
    for clause in store.clauses.values():
        first.setdefault(clause.document.key, clause)
    items = "".join(
        f"<li>{clause_link(clause.id, escape(clause.document.cite))}</li>"
        for clause in first.values()
    )
    return f'<h3>{text.DOCUMENTS}</h3><ul class="found">{items}</ul>'
