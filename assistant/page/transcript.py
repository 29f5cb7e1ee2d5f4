"""The conversation as HTML: questions, answers with chips, warnings, cards, next questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.page import text
from assistant.page.benefit_card import find_row, render_card
from assistant.page.markup import action, clause_link, escape, short_place, with_chips
from assistant.page.turns import CitedPlace, Exchange
from index.store import Store

_REFERENCE = "——"


def render_turns(exchanges: Sequence[Exchange], store: Store, feedback: bool) -> str:
    """Return finished exchanges as HTML, oldest first."""
    return "".join(
        render_exchange(exchange, number, store, feedback)
        for number, exchange in enumerate(exchanges)
    )


def render_exchange(exchange: Exchange, number: int, store: Store, feedback: bool) -> str:
    """Return one exchange; ``number`` is its place in the conversation, from 0."""
    parts = [render_question(exchange.question)]
    if exchange.standalone not in ("", exchange.question):
        rewritten = text.REWRITTEN.format(question=exchange.standalone)
        parts.append(f'<p class="rewritten">{escape(rewritten)}</p>')
    parts.append(_answer(exchange, store))
    if exchange.done:
        parts.append(_tools(number, exchange, feedback))
    busy = "false" if exchange.done else "true"
    return f'<section class="exchange" aria-busy="{busy}">{"".join(parts)}</section>'


def render_question(question: str) -> str:
    """Return a question as HTML."""
    label = f'<span class="unseen">{text.YOU_ASKED}：</span>'
    return f'<div class="question">{label}{_lines(escape(question))}</div>'


def _answer(exchange: Exchange, store: Store) -> str:
    if exchange.error:
        return f'<div class="answer failed" role="alert"><p>{escape(exchange.error)}</p></div>'
    if not exchange.text:
        waiting = text.STOPPED if exchange.done else text.SEARCHING
        return f'<div class="answer"><p class="waiting">{escape(waiting)}</p></div>'
    body = "".join(_paragraph(p, exchange, store) for p in split_paragraphs(exchange))
    declined = "" if exchange.answered or exchange.citations else " declined"
    return f'<div class="answer{declined}">{_warnings(exchange)}{body}</div>'


def split_paragraphs(exchange: Exchange) -> list[str]:
    """Return the answer's paragraphs without the notices that stand before them."""
    notices = set(exchange.notices)
    return [p for p in exchange.text.split("\n\n") if p.strip() and p not in notices]


def _warnings(exchange: Exchange) -> str:
    return "".join(
        f'<p class="warning" role="note">{escape(notice)}</p>' for notice in exchange.notices
    )


def _paragraph(paragraph: str, exchange: Exchange, store: Store) -> str:
    """Return a paragraph: a card where it sums up benefits, else text with chips.

    Its lines “——《…》第十一条” become small print below it.
    """
    lines = paragraph.split("\n")
    cited = {citation.mark: citation for citation in exchange.citations}
    rows = [row for line in lines if (row := find_row(line, cited, store))]
    if len(rows) == len(lines):
        return render_card(rows)
    chips = {mark: _chip(citation, store) for mark, citation in cited.items()}
    body = "<br>".join(with_chips(s, chips) for s in lines if not s.startswith(_REFERENCE))
    places = [escape(s.removeprefix(_REFERENCE)) for s in lines if s.startswith(_REFERENCE)]
    small = f'<p class="reference">{"<br>".join(places)}</p>' if places else ""
    return (f"<p>{body}</p>" if body else "") + small


def _chip(citation: CitedPlace, store: Store) -> str:
    """Return the chip of a citation: the clause's short place, linked to its quoted characters."""
    clause = store.clauses.get(citation.clause_id)
    if clause is None:  # a conversation from before the index was rebuilt
        return escape(f"[{citation.mark}]")
    label = escape(short_place(clause))
    return clause_link(clause.id, label, citation.start, citation.end, css="chip")


def _tools(number: int, exchange: Exchange, feedback: bool) -> str:
    buttons = [
        f'<button type="button" {action("retry", turn=number)}>{text.RETRY}</button>',
        f'<button type="button" {action("edit", turn=number)}>{text.EDIT}</button>',
    ]
    if feedback and not exchange.error:
        up = action("rate", turn=number, vote="up")
        buttons.append(f'<button type="button" {up}>{_thumb("")} {text.HELPFUL}</button>')
        buttons.append(_reasons(number))
    following = render_questions(exchange.next_questions, text.NEXT_QUESTIONS)
    return f'<div class="tools">{"".join(buttons)}</div>{following}'


def _reasons(number: int) -> str:
    """Return what opens under 👎: the reasons, each of which is the vote."""
    reasons = "".join(
        f'<button type="button" {action("rate", turn=number, vote="down", reason=reason)}>'
        f"{escape(reason)}</button>"
        for reason in text.REASONS
    )
    return (
        f'<details class="rate"><summary>{_thumb("rotate(180 12 12)")} {text.UNHELPFUL}</summary>'
        f'<div class="reasons" role="group" aria-label="{text.REASON_LABEL}">{reasons}</div>'
        "</details>"
    )


def _thumb(turned: str) -> str:
    """Return 👍 as a drawing, since not every system has a font for it."""
    return (
        '<svg aria-hidden="true" viewBox="0 0 24 24" width="1em" height="1em" fill="currentColor">'
        f'<path transform="{turned}" d="M2 10h4v11H2zM8 10l4-8c2 0 3 1 3 3l-1 4h6c1.5 0 2.3 1 2 '
        '2.5l-1.5 7.5c-.2 1.2-1 2-2.2 2H8z"/></svg>'
    )


def render_questions(questions: Sequence[str], heading: str) -> str:
    """Return questions as buttons that ask them, "" where there are none."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="suggestion" {action("ask", question=question)}>'
        f"{escape(question)}</button></li>"
        for question in questions
    )
    return f'<div class="suggestions"><h3>{escape(heading)}</h3><ul>{buttons}</ul></div>'


def render_welcome(examples: Mapping[str, Sequence[str]]) -> str:
    """Return the example questions of each persona."""
    groups = "".join(render_questions(asked, persona) for persona, asked in examples.items())
    return f'<div class="welcome"><h2>{escape(text.WELCOME)}</h2>{groups}</div>'


def _lines(escaped: str) -> str:
    return escaped.replace("\n", "<br>")
