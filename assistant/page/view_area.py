"""HTML areas of the views: filled when first shown, with events of their own beside ``open``."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.page import text_views
from assistant.page.events import CLICKS
from assistant.page.markup import escape

# Gradio mounts a tab's content when the tab is first opened; that is when 'shown' fires. It
# offers a listener for each name that stands quoted in here.
_VIEW = (
    "const names = ['sort', 'unfold'];"
    "element.addEventListener('click', (event) => {"
    "  const chosen = event.target.closest('[data-view]');"
    "  if (chosen && names.includes(chosen.dataset.view))"
    "    trigger(chosen.dataset.view, { ...chosen.dataset });"
    "});"
    "trigger('shown');"
)
# How every event of a view is run: many readers at once, nothing in the API.
QUIET: dict[str, Any] = {
    "concurrency_limit": None,
    "show_progress": "hidden",
    "api_visibility": "private",
}
SAVE = "(file) => window.gazette.save(file)"


def view_area(elem_id: str) -> gr.HTML:
    """Return an area that fires ``shown`` once it is there, ``sort`` and ``unfold`` on clicks."""
    waiting = f'<p class="hint">{text_views.LOADING}</p>'
    return gr.HTML(waiting, js_on_load=_VIEW, apply_default_css=False, elem_id=elem_id)


def view_frame() -> gr.HTML:
    """Return an area to build a whole view in: ``select`` fires for any clause opened within."""
    return gr.HTML(
        html_template="@children", js_on_load=CLICKS, apply_default_css=False, elem_classes="view"
    )


def view_action(name: str, **values: str) -> str:
    """Return the attributes that make an element fire ``name`` at its area with ``values``."""
    written = "".join(f' data-{key}="{escape(value)}"' for key, value in values.items())
    return f'data-view="{name}"{written}'
