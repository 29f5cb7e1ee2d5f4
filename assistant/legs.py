"""The legs of retrieval: a score for every clause by its words, its expansions and its vector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.lookup import Names, collect_names
from assistant.vocabulary import expand_question, load_vocabulary
from index.chunks import is_searchable
from index.documents import NEWS_KIND
from index.lexical import LexicalIndex, score_clauses
from index.places import CONTENTS
from index.rows import split_cells
from index.store import Store
from index.types import Clause

# Nearest records asked of Chroma. A clause has some ten expansions with vectors of their own;
# this many records are about 60 different clauses on the dev questions, never under 20.
_DENSE_RECORDS = 200


# Shorter labels stand inside too many questions.
_MIN_LABEL = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """What each leg counts in the fused score, and which further steps are taken.

    The numbers were chosen on the dev and calibration questions: of the 696 answerable ones the
    best passage is right for .905, and all evidence is in the first five for .978.
    """

    text: float = 0.7
    questions: float = 2.0
    dense: float = 6.0
    interaction: float = 1.0  # of the first passages
    vocabulary: bool = True
    lookups: bool = True
    companions: bool = True
    parts: bool = True
    fitting: bool = True


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The searchable clauses of a store by number, and where each index's clauses stand."""

    ids: tuple[str, ...]
    number: Mapping[str, int]
    texts: np.ndarray  # int64: number of each clause of the text index
    questions: np.ndarray  # int64: number of each clause of the expansion index
    names: Names
    of_document: Mapping[str, list[int]]  # numbers of each document's clauses
    labels: Mapping[str, list[int]]  # numbers of offices and rows that have a name of their own
    contents: list[int]  # rows of tables of contents
    news: list[int]


@lru_cache(maxsize=4)
def catalogue(store: Store) -> Catalogue:
    """Return the catalogue of a store, made once."""
    ids = tuple(id_ for id_, clause in store.clauses.items() if is_searchable(clause))
    number = {id_: i for i, id_ in enumerate(ids)}
    clauses = [store.clauses[id_] for id_ in ids]
    return Catalogue(
        ids,
        number,
        _numbers(store.texts, number),
        _numbers(store.questions, number),
        collect_names(store.clauses.values()),
        _group(clauses, lambda clause: clause.document.id),
        _group(clauses, _own_label),
        [i for i, clause in enumerate(clauses) if clause.path[:1] == (CONTENTS,)],
        [i for i, clause in enumerate(clauses) if clause.document.kind == NEWS_KIND],
    )


def _group(clauses: Sequence[Clause], key: Callable[[Clause], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for number, clause in enumerate(clauses):
        if name := key(clause):
            groups.setdefault(name, []).append(number)
    return groups


def _own_label(clause: Clause) -> str:
    """Return what an office or a row is called, "" for others and for a form's empty field."""
    if clause.kind not in {"office", "row"}:
        return ""
    if clause.kind == "row" and sum(map(bool, split_cells(clause.text))) < 2:
        return ""
    label = clause.label.split()[-1]
    return label if len(label) >= _MIN_LABEL else ""


def score_legs(question: str, store: Store, weights: Weights) -> dict[str, np.ndarray]:
    """Return each leg's score, in [0, 1], for every searchable clause; shape (clauses,)."""
    known = catalogue(store)
    terms = expand_question(question, load_vocabulary()) if weights.vocabulary else ()
    asked = " ".join((question, *terms))
    return {
        "text": _spread(store.texts, asked, known.texts, len(known.ids)),
        "questions": _spread(store.questions, asked, known.questions, len(known.ids)),
        "dense": _nearest(question, store, known) if weights.dense else np.zeros(len(known.ids)),
    }


def fuse(scores: Mapping[str, np.ndarray], weights: Weights) -> np.ndarray:
    """Return the weighted mean of each leg's share of its own best score, in [0, 1]."""
    legs = {"text": weights.text, "questions": weights.questions, "dense": weights.dense}
    total = sum(legs.values())
    fused = np.zeros(len(scores["text"]))
    for name, weight in legs.items():
        best = scores[name].max(initial=0.0)
        if weight and best > 0:
            fused += weight / total * scores[name] / best
    return fused


def _numbers(index: LexicalIndex, number: Mapping[str, int]) -> np.ndarray:
    return np.array([number[id_] for id_ in index.clause_ids], dtype=np.int64)


def _spread(index: LexicalIndex, question: str, places: np.ndarray, size: int) -> np.ndarray:
    scores = np.zeros(size)
    scores[places] = score_clauses(index, question)
    return scores


def _nearest(question: str, store: Store, known: Catalogue) -> np.ndarray:
    scores = np.zeros(len(known.ids))
    for clause_id, similarity in store.nearest(question, _DENSE_RECORDS):
        if clause_id in known.number:
            scores[known.number[clause_id]] = max(0.0, similarity)
    return scores
