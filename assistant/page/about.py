"""关于: what is covered, how answers are made, privacy."""

from __future__ import annotations

from assistant.page import text
from assistant.page.events import html_area
from assistant.page.markup import escape
from assistant.page.store_loader import StoreGetter
from index.store import Store

import gradio as gr


def build_about(get_store: StoreGetter) -> gr.HTML:
    """Build the tab; return its area."""
    return html_area()


def render_about(store: Store) -> str:
    """Return the tab's text as HTML."""
    sections = {
        text.ABOUT_COVERAGE: coverage(store),
        text.ABOUT_METHOD: text.ABOUT_METHOD_TEXT,
        text.ABOUT_PRIVACY: text.ABOUT_PRIVACY_TEXT,
    }
    return "".join(f"<h3>{escape(h)}</h3><p>{escape(body)}</p>" for h, body in sections.items())


def coverage(store: Store) -> str:
    """Return which issues are covered, with how many documents and clauses."""
    issues = dict.fromkeys(clause.document.issue_name for clause in store.clauses.values())
    return text.COVERAGE.format(
        issues="、".join(issues),
        documents=store.manifest.documents,
        clauses=store.manifest.clauses,
    )
