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
from assistant.fitting import fitness
from assistant.intent import read_intent
from assistant.late_interaction import measure_interaction
from assistant.legs import Weights, catalogue, fuse, score_legs
from assistant.lookup import Names, look_up
from assistant.stop_tokens import STOP_TOKENS
from assistant.types import Filters, Leg, Lookup, Passage
from index.store import Store
from index.tokens import tokens

DEFAULT_K = 10
# A document named in the question outweighs any wording: its clauses come before all others.
_NAMED_DOCUMENT = 2.0
# A clause called by its label, 工业和信息化部门 of a list of offices, outweighs its neighbours.
_CALLED = 0.3
_MIN_TOPIC = 2  # tokens
# A row of the table of contents names everything and says nothing, unless that is what is asked.
_CONTENTS_ROW = 0.3
_ASKS_CONTENTS = re.compile("目录|这一?期|本期|几期|刊登|登了|哪一?页|第几页|公报")
# A meeting report names many documents; the documents themselves answer questions about them.
_NEWS = 0.2
_ASKS_NEWS = re.compile("会议|常务会|开会|会上|通过|传达|听取|研究|记者|讨论")
# How many of the first passages are looked at for the kind of thing asked for.
_FITTED = 30
# What is named exactly stands before everything else, in the order named.
_EXACT = 4.0
_ASKS_FOR_NUMBER = ("文号", "字号", "发文", "印发日期", "哪天发", "几号文")
# The number of the document that another one rests on stands in its preamble.
_ASKS_FOR_BASIS = re.compile("依据|根据|贯彻|落实|按照|遵照|转发")


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
    passages = _search(question, store, allowed, weights, k)
    if weights.parts:
        parts = [_search(part, store, allowed, weights, 1) for part in split_question(question)]
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
    question: str, store: Store, allowed: set[str] | None, weights: Weights, count: int
) -> list[Passage]:
    """Return the best ``count`` passages for one thing asked; ties in source order."""
    known = catalogue(store)
    lookup = look_up(question, known.names) if weights.lookups else Lookup()
    topic = topic_of(question, lookup)
    scores = score_legs(topic, store, weights)
    final = fuse(scores, weights)
    exact: dict[str, float] = {}
    if weights.lookups:
        exact = _score_exact(question, lookup, store, allowed)
        final = final + _bonus(question, lookup, exact, store)
    if allowed is not None:
        final = np.where([clause_id in allowed for clause_id in known.ids], final, 0.0)
    if weights.fitting:
        intent = read_intent(question)
        first = _best_places(final, _FITTED)
        final[first] += [
            fitness(question, intent, store.clauses[known.ids[place]]) for place in first
        ]
    if weights.interaction:
        first = _best_places(final, _FITTED)
        clauses = [store.clauses[known.ids[place]] for place in first]
        final[first] += weights.interaction * measure_interaction(topic, clauses, store)
    places = _best_places(final, count)
    ranks = {name: _ranks(leg, places) for name, leg in scores.items()}
    passages: list[Passage] = []
    for row, place in enumerate(places):
        clause_id = known.ids[place]
        found = {name: (int(ranks[name][row]), float(leg[place])) for name, leg in scores.items()}
        legs = tuple(_legs(found, exact.get(clause_id)))
        passages.append(Passage(0, store.clauses[clause_id], float(final[place]), legs))
    return passages


def _best_places(scores: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the ``count`` highest positive scores, ties in source order."""
    least = np.partition(scores, -count)[-count] if count < len(scores) else 0.0
    places = np.flatnonzero((scores >= least) & (scores > 0))
    return places[np.argsort(-scores[places], kind="stable")][:count]


def _ranks(leg: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the ranks a leg gives the clauses at ``places``; equal scores share the better."""
    better = len(leg) - np.searchsorted(np.sort(leg), leg[places], side="right")
    return np.asarray(better + 1)


def topic_of(question: str, lookup: Lookup) -> str:
    """Return what is asked of the documents named, without their names; else the question.

    A name is in the text of every clause of its document and would decide between none of them.
    """
    asked = [token for token in tokens(lookup.rest) if token not in STOP_TOKENS]
    return lookup.rest if lookup.documents and len(asked) >= _MIN_TOPIC else question


def _legs(found: Mapping[str, tuple[int, float]], exact: float | None) -> Iterator[Leg]:
    """Yield where each leg that found the clause put it; ``found`` holds ranks and scores."""
    if exact is not None:
        yield Leg("exact", 1, exact)
    for name, (rank, score) in found.items():
        if score > 0:
            yield Leg(name, rank, score)


def _score_exact(
    question: str, lookup: Lookup, store: Store, allowed: set[str] | None
) -> dict[str, float]:
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
        tasks = find_tasks(question, lookup, store.clauses)
        named = [clause.id for clause in tasks if allowed is None or clause.id in allowed]
    return {clause_id: _EXACT + 1.0 / (1 + i) for i, clause_id in enumerate(named)}


def _bonus(question: str, lookup: Lookup, exact: Mapping[str, float], store: Store) -> np.ndarray:
    """Return what names add to each clause's score; shape (clauses,)."""
    known = catalogue(store)
    bonus = np.zeros(len(known.ids))
    for document_id in lookup.documents:
        bonus[known.of_document.get(document_id, [])] += _NAMED_DOCUMENT
    if not _ASKS_CONTENTS.search(question):
        bonus[known.contents] -= _CONTENTS_ROW
    if not _ASKS_NEWS.search(question):
        bonus[known.news] -= _NEWS
    for label, numbers in known.labels.items():
        if label in question:
            bonus[numbers] += _CALLED
    for clause_id, score in exact.items():
        if clause_id in known.number:
            bonus[known.number[clause_id]] += score
    return bonus


def _asks_for_document(question: str, name: str) -> bool:
    """Return whether a question only names a document, or asks for its 文号 or date."""
    if _ASKS_FOR_BASIS.search(question.replace(name, "")):
        return False
    if any(word in question for word in _ASKS_FOR_NUMBER):
        return True
    asks = any(word in question for word in (*"？?吗怎多谁哪", "什么", "何时"))
    return not asks and len(question) - len(name) <= len(name) * 0.5
