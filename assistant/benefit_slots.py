"""The slots of a benefit answer: who gets it, how much, on what terms, from whom, until when."""

from __future__ import annotations

from functools import lru_cache

from assistant.benefits import Benefit, find_benefits
from assistant.select import Quote
from index.folding import fold
from index.store import Store
from index.tokens import bigrams

# A clause that lists more benefits than this is read better than cut into slots.
_MAX_ROWS = 2
_SLOTS = (
    ("who", "谁能领"),
    ("amount", "多少"),
    ("condition", "条件"),
    ("office", "找谁"),
    ("until", "期限"),
)


@lru_cache(maxsize=4)
def benefits_by_clause(store: Store) -> dict[str, list[Benefit]]:
    """Return every benefit of a store under its clause's id."""
    found: dict[str, list[Benefit]] = {}
    for benefit in find_benefits(store.clauses.values()):
        found.setdefault(benefit.clause.id, []).append(benefit)
    return found


@lru_cache(maxsize=256)
def _benefits_of(store: Store, document_id: str) -> tuple[Benefit, ...]:
    """Return the benefits of one document; those of a large corpus take minutes to read."""
    return tuple(find_benefits(store.clauses.of_document(document_id)))


def write_slots(question: str, quote: Quote, mark: str, store: Store) -> str:
    """Return the benefits a quote states, slot by slot, "" where it states none or too many.

    Every value is a piece of the clause; a slot it does not fill is said to be missing.
    """
    clause = quote.passage.clause
    start, end = quote.sentences[0].start, quote.sentences[-1].end
    # A row is read from a whole sentence, with the label before it and what a quote leaves out.
    rows = [
        row
        for row in _benefits_of(store, clause.document.id)
        if row.clause.id == clause.id
        and row.amount
        and row.start < end
        and start < row.end
        and row.amount in clause.text[start:end]
    ]
    if len(rows) > 1:
        rows = _closest(question, rows)
    if not rows or len(rows) > _MAX_ROWS:
        return ""
    return "\n".join(f"{_write_row(row)}[{mark}]" for row in rows)


def _closest(question: str, rows: list[Benefit]) -> list[Benefit]:
    """Return the rows whose case or beneficiary the question names best."""
    asked = set(bigrams(fold(question)))
    shares = [len(asked & set(bigrams(row.case + row.who + row.condition))) for row in rows]
    best = max(shares)
    return [row for row, share in zip(rows, shares, strict=True) if share == best and best > 0]


def _write_row(row: Benefit) -> str:
    filled = [f"{label}：{getattr(row, name)}" for name, label in _SLOTS if getattr(row, name)]
    missing = [label for name, label in _SLOTS if not getattr(row, name)]
    case = f"（{row.case}）" if row.case else ""
    text = f"{row.kind}{case}——" + "；".join(filled)
    return f"{text}；公报未写明：{'、'.join(missing)}" if missing else text
