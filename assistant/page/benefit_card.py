"""A benefit as a card: who gets it, how much, on what terms, from whom, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.benefit_slots import benefits_by_clause
from assistant.benefits import Benefit
from assistant.page import text
from assistant.page.markup import clause_link, emphasise, escape, short_place
from assistant.page.turns import CitedPlace
from index.store import Store


def find_row(line: str, citations: Mapping[str, CitedPlace], store: Store) -> Benefit | None:
    """Return the benefit that a line of an answer sums up (assistant.benefit_slots), else None.

    Such a line begins with the kind of the benefit, ends with the mark of its clause and holds
    every slot of it.
    """
    said, _, mark = line.removesuffix("]").rpartition("[")
    if mark not in citations:
        return None
    for row in benefits_by_clause(store).get(citations[mark].clause_id, []):
        case = f"（{row.case}）" if row.case else ""
        filled = [getattr(row, name) for name in text.BENEFIT_SLOTS if name != "limit"]
        if said.startswith(f"{row.kind}{case}——") and all(value in said for value in filled):
            return row
    return None


def render_card(rows: Sequence[Benefit]) -> str:
    """Return benefits as a card, each with all its slots; one without a value says so."""
    return f'<div class="card">{"".join(_slots(row) for row in rows)}</div>'


def _slots(benefit: Benefit) -> str:
    case = f"（{benefit.case}）" if benefit.case else ""
    slots = [_slot(text.BENEFIT_KIND, escape(f"{benefit.kind}{case}"))]
    for name, label in text.BENEFIT_SLOTS.items():
        value = getattr(benefit, name)
        if name == "until" and value:
            value = text.UNTIL.format(date=value)
        if value:
            slots.append(_slot(label, emphasise(value)))
        elif name != "limit":  # most benefits have none
            slots.append(_slot(label, f"<em>{escape(text.NOT_STATED)}</em>"))
    clause = benefit.clause
    place = escape(short_place(clause))
    source = clause_link(clause.id, place, benefit.start, benefit.end, css="chip")
    return f"<dl>{''.join(slots)}{_slot(text.SOURCES, source)}</dl>"


def _slot(label: str, value: str) -> str:
    return f"<div><dt>{escape(label)}</dt><dd>{value}</dd></div>"
