"""Question → passages: exact look-ups first, then words, expansions and vectors fused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from assistant.companions import find_companions
from assistant.decompose import split_question
from assistant.duties import find_tasks
from assistant.filters import allowed_clauses
from assistant.legs import Weights, catalogue, fuse, score_legs
from assistant.lookup import Names, look_up
from assistant.types import Filters, Leg, Lookup, Passage
from index.documents import NEWS_KIND
from index.places import CONTENTS
from index.rows import split_cells
from index.store import Store
from index.types import Clause

DEFAULT_K = 10
# What follows in the ranking is never looked at.
_MAX_RANKED = 200
# A document named in the question outweighs any wording: its clauses come before all others.
_NAMED_DOCUMENT = 1.0
# A clause called by its label, 工业和信息化部门 of a list of offices, outweighs its neighbours.
_CALLED = 0.3
_MIN_LABEL = 4
# A row of the table of contents names everything and says nothing, unless that is what is asked.
_CONTENTS_ROW = 0.3
_ASKS_CONTENTS = re.compile("目录|这一?期|本期|几期|刊登|登了|哪一?页|第几页|公报")
# A meeting report names many documents; the documents themselves answer questions about them.
_NEWS = 0.2
_ASKS_NEWS = re.compile("会议|常务会|开会|会上|通过|传达|听取|研究|记者|讨论")
# What is named exactly stands before everything else, in the order named.
_EXACT = 2.0
_ASKS_FOR_NUMBER = ("文号", "字号", "发文", "印发日期", "哪天发", "几号文")


def retrieve(
    question: str,
    store: Store,
    k: int = DEFAULT_K,
    filters: Filters | None = None,
    weights: Weights | None = None,
    as_of: date | None = None,
) -> list[Passage]:
    """Return the ``k`` passages that answer a question best, best first; [] for an empty one.

    ``as_of`` is the day a filter by status judges by, today where it is None.

    :raises ValueError: when ``k`` is below 1.
    """
    if k < 1:
        raise ValueError(f"k={k}: at least one passage must be retrieved")
    if not question.strip():
        return []
    weights = weights or Weights()
    allowed = allowed_clauses(store.clauses, filters, as_of) if filters else None
    passages = _search(question, store, allowed, weights)
    if weights.parts:
        parts = [_search(part, store, allowed, weights) for part in split_question(question)]
        passages = merge_parts(passages, parts)
    if weights.companions:
        passages = find_companions(question, passages, store.clauses, k)
    return [replace(passage, rank=rank) for rank, passage in enumerate(passages[:k], 1)]


def store_names(store: Store) -> Names:
    """Return everything a question may name in a store."""
    return catalogue(store).names


def merge_parts(whole: Sequence[Passage], parts: Sequence[Sequence[Passage]]) -> list[Passage]:
    """Put each part's best passage, marked 并列, behind the best of the whole question."""
    merged = {passage.clause.id: passage for passage in whole[:1]}
    for passages in parts:
        for lead in passages[:1]:
            merged.setdefault(lead.clause.id, replace(lead, via="并列"))
    for passage in whole:
        merged.setdefault(passage.clause.id, passage)
    return list(merged.values())


def _search(
    question: str, store: Store, allowed: set[str] | None, weights: Weights
) -> list[Passage]:
    """Return the passages for one thing asked, best first; ties in source order."""
    known = catalogue(store)
    scores = score_legs(question, store, weights)
    final = fuse(scores, weights)
    exact: dict[str, float] = {}
    if weights.lookups:
        lookup = look_up(question, known.names)
        exact = _score_exact(question, lookup, store)
        final = final + _bonus(question, lookup, exact, store)
    ranks = {name: np.argsort(np.argsort(-leg, kind="stable")) + 1 for name, leg in scores.items()}
    passages: list[Passage] = []
    for place in np.argsort(-final, kind="stable")[:_MAX_RANKED]:
        clause_id = known.ids[place]
        if final[place] <= 0:
            break
        if allowed is None or clause_id in allowed:
            legs = tuple(_legs(int(place), scores, ranks, exact.get(clause_id)))
            score = float(min(1.0, final[place]))
            passages.append(Passage(0, store.clauses[clause_id], score, legs))
    return passages


def _legs(
    place: int,
    scores: Mapping[str, np.ndarray],
    ranks: Mapping[str, np.ndarray],
    exact: float | None,
) -> Iterator[Leg]:
    """Yield where each leg that found the clause put it."""
    if exact is not None:
        yield Leg("exact", 1, exact)
    for name, leg in scores.items():
        if leg[place] > 0:
            yield Leg(name, int(ranks[name][place]), float(leg[place]))


def _score_exact(question: str, lookup: Lookup, store: Store) -> dict[str, float]:
    """Return what the question names exactly, with falling scores.

    Clauses and people first; a document named without any further question is answered by its
    head; an office whose tasks are asked for, by all of them.
    """
    names = store_names(store)
    named = [*lookup.clause_ids, *lookup.people]
    if not lookup.clause_ids:
        named = [
            clause.id
            for key in lookup.documents
            for clause in names.clauses[key]
            if clause.kind == "head" and _asks_for_document(question, clause.document.name)
        ] + named
    if not named:
        named = [clause.id for clause in find_tasks(question, lookup, store.clauses)]
    return {clause_id: _EXACT + 1.0 / (1 + i) for i, clause_id in enumerate(named)}


def _bonus(question: str, lookup: Lookup, exact: Mapping[str, float], store: Store) -> np.ndarray:
    """Return what names add to each clause's score; shape (clauses,)."""
    known = catalogue(store)
    bonus = np.zeros(len(known.ids))
    asks_contents = bool(_ASKS_CONTENTS.search(question))
    asks_news = bool(_ASKS_NEWS.search(question))
    for place, clause_id in enumerate(known.ids):
        clause = store.clauses[clause_id]
        if clause.document.key in lookup.documents:
            bonus[place] += _NAMED_DOCUMENT
        if clause.kind in {"office", "row"} and _is_called(question, clause):
            bonus[place] += _CALLED
        if clause.path[:1] == (CONTENTS,) and not asks_contents:
            bonus[place] -= _CONTENTS_ROW
        if clause.document.kind == NEWS_KIND and not asks_news:
            bonus[place] -= _NEWS
        bonus[place] += exact.get(clause_id, 0.0)
    return bonus


def _is_called(question: str, clause: Clause) -> bool:
    """Return whether a clause's own name stands in the question; a form's empty field has none."""
    label = clause.label.split()[-1]
    filled = sum(bool(cell) for cell in split_cells(clause.text)) if clause.kind == "row" else 2
    return filled > 1 and len(label) >= _MIN_LABEL and label in question


def _asks_for_document(question: str, name: str) -> bool:
    """Return whether a question only names a document, or asks for its 文号 or date."""
    if any(word in question for word in _ASKS_FOR_NUMBER):
        return True
    asks = any(word in question for word in (*"？?吗怎多谁哪", "什么", "何时"))
    return not asks and len(question) - len(name) <= len(name) * 0.5
