"""关于: what is covered, how answers are made and checked, privacy, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable

import gradio as gr

from assistant.coverage import Contact, cover_issues, find_contact, find_standing
from assistant.page import text, text_views
from assistant.page.evaluation import read_report, render_report
from assistant.page.markup import clause_link, escape
from assistant.page.records import Column, render_records
from assistant.page.store_loader import StoreGetter
from assistant.page.view_area import QUIET, view_area, view_frame
from index.manifest import Manifest
from index.store import Store

_COLUMNS = tuple(Column(name) for name in text_views.COVERAGE_COLUMNS)


def build_about(get_store: StoreGetter) -> gr.HTML:
    """Build the tab; return the frame whose links open clauses."""
    frame = view_frame()
    with frame:
        area = view_area(elem_id="about")
        area.shown(lambda: render_about(get_store()), None, [area], **QUIET)
    return frame


def render_about(store: Store) -> str:
    """Return the tab's text as HTML."""
    sections = {
        text_views.ABOUT_COVERAGE: _coverage(store),
        text_views.ABOUT_METHOD: _list(text_views.METHOD_STEPS, "ol"),
        text_views.ABOUT_FIGURES: render_report(read_report()),
        text_views.ABOUT_PRIVACY: _list(text_views.PRIVACY_POINTS, "ul"),
        text_views.ABOUT_CONTACT: _contact(find_contact(store.clauses.values())),
        text_views.ABOUT_TEXT: _ownership(store),
    }
    return "".join(
        f'<section class="about"><h2>{escape(title)}</h2>{body}</section>'
        for title, body in sections.items()
    )


def coverage(store: Store) -> str:
    """Return which issues are covered, with how many documents and clauses, in one line."""
    issues = dict.fromkeys(clause.document.issue_name for clause in store.clauses.values())
    return text.COVERAGE.format(
        issues="、".join(issues),
        documents=store.manifest.documents,
        clauses=store.manifest.clauses,
    )


def _coverage(store: Store) -> str:
    rows = [
        (
            escape(issue.name),
            str(issue.documents),
            str(issue.clauses),
            escape(text_views.COVERAGE_DATES.format(first=issue.first, last=issue.last)),
        )
        for issue in cover_issues(store.clauses.values())
    ]
    table = render_records(text_views.ABOUT_COVERAGE, _COLUMNS, rows)
    return table + _definitions(_index_facts(store.manifest))


def _index_facts(manifest: Manifest) -> list[tuple[str, str]]:
    built = manifest.built.replace("T", " ").replace("+00:00", " UTC")
    return [
        (label, escape(built if name == "built" else str(getattr(manifest, name))))
        for name, label in text_views.INDEX_FACTS.items()
    ]


def _definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Return (label, HTML) pairs as a list of definitions."""
    listed = "".join(f"<div><dt>{escape(k)}</dt><dd>{v}</dd></div>" for k, v in pairs)
    return f'<dl class="facts-list">{listed}</dl>'


def _list(points: Iterable[str], tag: str) -> str:
    return f"<{tag}>{''.join(f'<li>{escape(point)}</li>' for point in points)}</{tag}>"


def _contact(contact: Contact | None) -> str:
    if contact is None:
        return f"<p>{text_views.CONTACT_NONE}</p>"
    printed = {name: getattr(contact, name) for name in text_views.CONTACT_LABELS}
    listed = [
        (text_views.CONTACT_LABELS[name], _dial(value) if name == "phone" else escape(value))
        for name, value in printed.items()
        if value
    ]
    source = clause_link(contact.clause.id, escape(text_views.CONTACT_SOURCE))
    return f"{_definitions(listed)}<p>{source}</p>"


def _dial(phone: str) -> str:
    """Return a telephone number as a link that a phone dials."""
    digits = "".join(character for character in phone if character.isdecimal())
    return f'<a class="dial" href="tel:{digits}">{escape(phone)}</a>'


def _ownership(store: Store) -> str:
    statements = "".join(
        f"<li>{escape(text_views.STANDING_LEAD)}"
        f"{clause_link(s.clause.id, escape(f'“{s.text}”'), s.start, s.end)}</li>"
        for s in find_standing(store.clauses.values())
    )
    points = "".join(f"<li>{escape(point)}</li>" for point in text_views.TEXT_POINTS)
    return f"<ul>{points}{statements}</ul>"
