"""How a click inside rendered HTML becomes a Gradio event (page.js has the other half)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

_HERE = Path(__file__).parent

# page.js turns open, ask, retry, edit and rate into Gradio's select, example_select, retry, edit
# and like: ``gr.on`` takes only events that Gradio knows.
CLICKS = "element.addEventListener('click', (event) => window.gazette.act(event, trigger));"
REVEAL = "watch('value', () => window.gazette.reveal(element));"


def html_area(value: str = "", reveal: bool = False, **options: Any) -> gr.HTML:
    """Return an HTML area whose elements with ``markup.action`` fire events.

    ``reveal`` scrolls to the current clause whenever the content changes.
    """
    script = CLICKS + (REVEAL if reveal else "")
    return gr.HTML(value, js_on_load=script, apply_default_css=False, **options)


def event_values(event: gr.EventData) -> dict[str, str]:
    """Return the data-… values of the element clicked, {} for an event that is no such click."""
    data = getattr(event, "_data", None)
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


def head() -> str:
    """Return what goes into the page's head: the script, and no request to anywhere."""
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return f"<script>{script}</script>"


def style() -> str:
    """Return the page's style sheet."""
    return (_HERE / "style.css").read_text(encoding="utf-8")
