"""Question → passages: exact look-ups first, then words, expansions and vectors fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from assistant.companions import find_companions
from assistant.decompose import split_question
from assistant.duties import find_tasks
from assistant.filters import allowed_clauses
from assistant.lookup import Names, collect_names, look_up
from assistant.types import Filters, Leg, Lookup, Passage
from assistant.vocabulary import expand_question, load_vocabulary
from index.chunks import is_searchable
from index.lexical import LexicalIndex, score_clauses
from index.store import Store

DEFAULT_K = 10
# Nearest records asked of Chroma. A clause has up to six expansions with vectors of their own, so
# this leaves 60 different clauses on the dev questions' worst case.
_DENSE_RECORDS = 200
# A document named in the question outweighs any wording: its clauses come before all others.
_NAMED_DOCUMENT = 1.0
# A clause called by its label, 工业和信息化部门 of a list of offices, outweighs its neighbours.
_CALLED = 0.3
_MIN_LABEL = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """What each leg counts in the fused score; chosen on the dev questions (eval/README.md)."""

    text: float = 1.5
    questions: float = 2.0
    dense: float = 1.5
    vocabulary: bool = True
    lookups: bool = True
    companions: bool = True
    parts: bool = True


@dataclass(frozen=True, slots=True)
class _Order:
    """The searchable clauses of a store by number, and where each index's clauses stand."""

    ids: tuple[str, ...]
    number: Mapping[str, int]
    texts: np.ndarray
    questions: np.ndarray
    names: Names


def retrieve(
    question: str,
    store: Store,
    k: int = DEFAULT_K,
    filters: Filters | None = None,
    weights: Weights | None = None,
) -> list[Passage]:
    """Return the ``k`` passages that answer a question best, best first; [] for an empty one."""
    if not question.strip():
        return []
    weights = weights or Weights()
    passages = _search(question, store, filters, weights)
    if weights.parts:
        parts = [_search(p, store, filters, weights) for p in split_question(question)]
        passages = merge_parts(passages, parts)
    if weights.companions:
        passages = find_companions(question, passages, store.clauses, k)
    return [replace(passage, rank=rank) for rank, passage in enumerate(passages[:k], 1)]


def _search(
    question: str, store: Store, filters: Filters | None, weights: Weights
) -> list[Passage]:
    """Return the passages for one thing asked, best first."""
    order = _order(store)
    lookup = look_up(question, order.names) if weights.lookups else Lookup()
    scores = _score_legs(question, store, order, weights)
    fused = _fuse(scores, weights)
    fused += _NAMED_DOCUMENT * _named(order, lookup)
    if weights.lookups:
        fused += _CALLED * _called(question, order, store)
    return _rank(question, store, order, lookup, scores, fused, filters, weights)


def merge_parts(
    whole: Sequence[Passage], parts: Sequence[Sequence[Passage]]
) -> list[Passage]:
    """Put each part's best passage behind the best of the whole question."""
    first = whole[0].clause.id if whole else ""
    leads = [passages[0] for passages in parts if passages]
    merged = {p.clause.id: p for p in whole[:1]}
    for lead in leads:
        if lead.clause.id != first:
            merged.setdefault(lead.clause.id, replace(lead, via="并列"))
    for passage in whole:
        merged.setdefault(passage.clause.id, passage)
    return list(merged.values())


def store_names(store: Store) -> Names:
    """Return everything a question may name in a store."""
    return _order(store).names


@lru_cache(maxsize=4)
def _order(store: Store) -> _Order:
    ids = tuple(id_ for id_, clause in store.clauses.items() if is_searchable(clause))
    number = {id_: i for i, id_ in enumerate(ids)}
    return _Order(
        ids,
        number,
        np.array([number[id_] for id_ in store.texts.clause_ids], dtype=np.int64),
        np.array([number[id_] for id_ in store.questions.clause_ids], dtype=np.int64),
        collect_names(store.clauses.values()),
    )


def _score_legs(
    question: str, store: Store, order: _Order, weights: Weights
) -> dict[str, np.ndarray]:
    """Return each leg's score for every searchable clause."""
    terms = expand_question(question, load_vocabulary()) if weights.vocabulary else ()
    dense = np.zeros(len(order.ids), dtype=np.float32)
    if weights.dense:
        for clause_id, similarity in store.nearest(question, _DENSE_RECORDS):
            if clause_id in order.number:
                dense[order.number[clause_id]] = similarity
    return {
        "text": _spread(store.texts, " ".join((question, *terms)), order.texts, len(order.ids)),
        "questions": _spread(store.questions, question, order.questions, len(order.ids)),
        "dense": dense,
    }


def _spread(index: LexicalIndex, question: str, places: np.ndarray, size: int) -> np.ndarray:
    scores = np.zeros(size, dtype=np.float32)
    scores[places] = score_clauses(index, question)
    return scores


def _fuse(scores: Mapping[str, np.ndarray], weights: Weights) -> np.ndarray:
    """Return the weighted mean of each leg's share of its own best score, in [0, 1]."""
    legs = {"text": weights.text, "questions": weights.questions, "dense": weights.dense}
    total = sum(legs.values())
    fused = np.zeros_like(scores["text"])
    for name, weight in legs.items():
        best = scores[name].max(initial=0.0)
        if weight and best > 0:
            fused += weight / total * scores[name] / best
    return fused


def _named(order: _Order, lookup: Lookup) -> np.ndarray:
    named = np.zeros(len(order.ids), dtype=np.float32)
    for key in lookup.documents:
        for clause in order.names.clauses[key]:
            if clause.id in order.number:
                named[order.number[clause.id]] = 1.0
    return named


def _called(question: str, order: _Order, store: Store) -> np.ndarray:
    """Return 1 for clauses whose own name stands in the question: offices, rows without numbers."""
    called = np.zeros(len(order.ids), dtype=np.float32)
    for place, clause_id in enumerate(order.ids):
        clause = store.clauses[clause_id]
        if clause.kind in {"office", "row"}:
            label = clause.label.split()[-1]
            called[place] = len(label) >= _MIN_LABEL and label in question
    return called


def _rank(
    question: str,
    store: Store,
    order: _Order,
    lookup: Lookup,
    scores: Mapping[str, np.ndarray],
    fused: np.ndarray,
    filters: Filters | None,
    weights: Weights,
) -> list[Passage]:
    """Put looked-up clauses first, then by fused score; ties in source order."""
    allowed = allowed_clauses(store.clauses, filters) if filters else None
    named = _exact(question, lookup, order)
    if not named and weights.lookups:
        named = [clause.id for clause in find_tasks(question, lookup, store.clauses)]
    exact = {id_: 2.0 + 1.0 / (1 + i) for i, id_ in enumerate(named)}
    lifted = fused.copy()
    for clause_id, bonus in exact.items():
        if clause_id in order.number:
            lifted[order.number[clause_id]] += bonus
    ranks = {name: np.argsort(np.argsort(-leg, kind="stable")) + 1 for name, leg in scores.items()}
    passages = []
    for place in np.argsort(-lifted, kind="stable"):
        clause_id = order.ids[place]
        if lifted[place] <= 0 or len(passages) == _DENSE_RECORDS:
            break
        if allowed is not None and clause_id not in allowed:
            continue
        legs = [
            Leg(name, int(ranks[name][place]), float(leg[place]))
            for name, leg in scores.items()
            if leg[place] > 0
        ]
        if clause_id in exact:
            legs.insert(0, Leg("exact", 1, exact[clause_id]))
        passages.append(
            Passage(0, store.clauses[clause_id], float(min(1.0, lifted[place])), tuple(legs))
        )
    return passages


def _exact(question: str, lookup: Lookup, order: _Order) -> list[str]:
    """Return the ids of what the question names, most exact first.

    A document named without a clause and without a further question is answered by its head.
    """
    if lookup.clause_ids:
        return [*lookup.clause_ids, *lookup.people]
    heads = [
        clause.id
        for key in lookup.documents
        for clause in order.names.clauses[key]
        if clause.kind == "head" and _asks_for_document(question, clause.document.name)
    ]
    return [*heads, *lookup.people]


def _asks_for_document(question: str, name: str) -> bool:
    """Return whether a question only names a document, or asks for its 文号 or date."""
    rest = len(question) - len(name)
    asks = any(word in question for word in ("文号", "字号", "发文", "印发日期", "哪天发", "几号文"))
    return asks or rest <= len(name) * 0.5 and not any(mark in question for mark in "？?吗怎多谁哪")
