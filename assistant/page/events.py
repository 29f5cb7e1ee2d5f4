"""How a click inside rendered HTML becomes a Gradio event (page.js has the other half)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

_HERE = Path(__file__).parent

# page.js turns open, ask, retry, edit and rate into Gradio's select, example_select, retry, edit
# and like: ``gr.on`` takes only events that Gradio knows.
CLICKS = "element.addEventListener('click', (event) => window.gazette.act(event, trigger));"
_ON_CHANGE = "window.gazette.{0}(element); watch('value', () => window.gazette.{0}(element));"


def html_area(value: str = "", on_change: str = "", **options: Any) -> gr.HTML:  # noqa: ANN401 (Gradio's own options)
    """Return an HTML area whose elements with ``markup.action`` fire events.

    ``on_change`` names what page.js does whenever the content changes: reveal scrolls to the
    current clause, follow to the growing answer, drawHead sets the buttons' states.
    """
    script = CLICKS + (_ON_CHANGE.format(on_change) if on_change else "")
    return gr.HTML(value, js_on_load=script, apply_default_css=False, **options)


def event_values(event: gr.EventData) -> dict[str, str]:
    """Return the data-… values of the element clicked, {} for an event that is no such click."""
    data = getattr(event, "_data", None)
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


def head() -> str:
    """Return what goes into the page's head: the script, the views' style, and no request."""
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    # Gradio rewrites the style sheet given as css= and loses @container on the way.
    views = (_HERE / "views.css").read_text(encoding="utf-8")
    return f"<script>{script}</script><style>{views}</style>"


def style() -> str:
    """Return the style sheet of the page's frame and conversation."""
    return (_HERE / "style.css").read_text(encoding="utf-8")
