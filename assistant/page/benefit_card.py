"""A benefit as a card: who gets it, how much, on what terms, from whom, until when."""

from __future__ import annotations

from functools import lru_cache

from assistant.benefits import Benefit, find_benefits
from assistant.intent import read_intent
from assistant.page import text
from assistant.page.markup import clause_link, emphasise, escape, short_place
from assistant.page.turns import CitedPlace, Exchange
from index.store import Store

# A clause that lists more than this is a list, better read as the answer's own text.
_MAX_ROWS = 4


@lru_cache(maxsize=4)
def benefits_by_clause(store: Store) -> dict[str, list[Benefit]]:
    """Return every benefit of a store under its clause's id."""
    found: dict[str, list[Benefit]] = {}
    for benefit in find_benefits(store.clauses.values()):
        found.setdefault(benefit.clause.id, []).append(benefit)
    return found


def render_card(exchange: Exchange, store: Store) -> str:
    """Return the card of the benefits that an answer quotes, "" where it is about none.

    Only what the first citation quotes: what stands further down an answer is beside the point.
    """
    asked = read_intent(exchange.standalone or exchange.question)
    if not (asked.benefit and exchange.answered and exchange.citations):
        return ""
    rows = _quoted(exchange.citations[0], benefits_by_clause(store))
    if not rows or len(rows) > _MAX_ROWS:
        return ""
    cards = "".join(_rows(benefit) for benefit in rows)
    return f'<div class="card"><h3>{escape(text.BENEFIT_CARD)}</h3>{cards}</div>'


def _quoted(citation: CitedPlace, rows: dict[str, list[Benefit]]) -> list[Benefit]:
    return [
        row
        for row in rows.get(citation.clause_id, [])
        if citation.start <= row.start and row.end <= citation.end
    ]


def _rows(benefit: Benefit) -> str:
    slots = [f"<div><dt>{escape(text.BENEFIT_KIND)}</dt><dd>{_kind(benefit)}</dd></div>"]
    for name, label in text.BENEFIT_SLOTS.items():
        value = getattr(benefit, name)
        if name == "until" and value:
            value = text.UNTIL.format(date=value)
        if value or name != "limit":
            shown = emphasise(value) if value else f"<em>{escape(text.NOT_STATED)}</em>"
            slots.append(f"<div><dt>{escape(label)}</dt><dd>{shown}</dd></div>")
    clause = benefit.clause
    source = clause_link(
        clause.id, escape(short_place(clause)), benefit.start, benefit.end, css="chip"
    )
    slots.append(f"<div><dt>{escape(text.SOURCES)}</dt><dd>{source}</dd></div>")
    return f"<dl>{''.join(slots)}</dl>"


def _kind(benefit: Benefit) -> str:
    case = f"（{escape(benefit.case)}）" if benefit.case else ""
    return f"{escape(benefit.kind)}{case}"
