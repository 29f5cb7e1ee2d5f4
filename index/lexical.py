"""BM25 over texts that belong to clauses; built with the index and kept beside it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import bm25s
import numpy as np

from index.tokens import tokens

# Robertson and Zaragoza (2009) give k1 in 1.2–2; clauses are short and much alike in length, and
# .75 was no worse on the dev questions than .3 to .9.
_K1 = 1.5
_B = 0.75
_OWNERS = "owners.json"

Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """A BM25 index whose i-th text belongs to the clause numbered ``owners[i]``."""

    model: bm25s.BM25 | None  # None where there is no text at all
    clause_ids: tuple[str, ...]
    owners: np.ndarray  # int32, one entry a text
    ceilings: np.ndarray  # float32, the best score each token of the vocabulary reaches anywhere
    cut: Cut = tokens  # what made tokens of the texts makes them of a question


def build_lexical(texts: Iterable[tuple[str, str]], cut: Cut = tokens) -> LexicalIndex:
    """Index ``(clause id, text)`` pairs; several texts may belong to one clause.

    The texts are read once and kept as token numbers, four bytes each.
    """
    vocabulary: dict[str, int] = {}
    numbers: dict[str, int] = {}
    owners = array("i")
    numbered: list[array[int]] = []
    for clause_id, text in texts:
        owners.append(numbers.setdefault(clause_id, len(numbers)))
        numbered.append(array("i", [vocabulary.setdefault(t, len(vocabulary)) for t in cut(text)]))
    places = np.array(owners, dtype=np.int32)
    if not numbered:
        return LexicalIndex(None, (), places, np.zeros(0, dtype=np.float32), cut)
    model = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    model.index((numbered, vocabulary), show_progress=False)
    return LexicalIndex(model, tuple(numbers), places, _ceilings(model), cut)


def score_clauses(index: LexicalIndex, question: str) -> np.ndarray:
    """Return the score of each clause of ``index.clause_ids``, that of its best text, in [0, 1].

    BM25 as a share of what a text could reach that had every token of the question at its best,
    so that scores of different questions compare. A token seen nowhere counts as the rarest.
    """
    scores = np.zeros(len(index.clause_ids), dtype=np.float32)
    asked = question_tokens(index, question)
    if index.model is None or not asked:
        return scores
    known = [token for token in asked if token in index.model.vocab_dict]
    if not known:
        return scores
    np.maximum.at(scores, index.owners, index.model.get_scores(known))
    bound = index.ceilings[[index.model.vocab_dict[token] for token in known]].sum()
    bound += float(index.ceilings.max()) * (len(asked) - len(known))
    return np.asarray(scores / bound)


def question_tokens(index: LexicalIndex, question: str) -> list[str]:
    """Return a question's tokens, cut as the texts of an index were."""
    return _cut_once(question, index.cut)


@lru_cache(maxsize=64)  # a question is put to two indexes
def _cut_once(question: str, cut: Cut) -> list[str]:
    return cut(question)


def _ceilings(model: bm25s.BM25) -> np.ndarray:
    """Return the highest score of each token's column; ``scores`` is in CSC form."""
    data, starts = model.scores["data"], np.asarray(model.scores["indptr"])
    ceilings = np.zeros(len(starts) - 1, dtype=np.float32)
    filled = starts[1:] > starts[:-1]
    ceilings[filled] = np.maximum.reduceat(np.asarray(data), starts[:-1][filled])
    return ceilings


def ceiling_of(index: LexicalIndex, token: str) -> float:
    """Return the best score a token reaches anywhere, one seen nowhere as much as the rarest.

    1 in an index without any text.
    """
    number = _number_of(index, token)
    if number is not None:
        return float(index.ceilings[number])
    return float(index.ceilings.max()) if len(index.ceilings) else 1.0


def holds_token(index: LexicalIndex, token: str) -> bool:
    """Return whether any text of the index has a token."""
    return _number_of(index, token) is not None


def texts_with(index: LexicalIndex, token: str) -> np.ndarray:
    """Return the numbers, int32 and in no order, of the texts that have a token."""
    number = _number_of(index, token)
    if index.model is None or number is None:
        return np.zeros(0, dtype=np.int32)
    start, end = index.model.scores["indptr"][number : number + 2]
    return np.asarray(index.model.scores["indices"][start:end])


def _number_of(index: LexicalIndex, token: str) -> int | None:
    return index.model.vocab_dict.get(token) if index.model else None


def save_lexical(index: LexicalIndex, folder: Path) -> None:
    """Write an index to a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    if index.model is not None:
        index.model.save(str(folder), show_progress=False)
    owners = {"clause_ids": index.clause_ids, "owners": index.owners.tolist()}
    (folder / _OWNERS).write_text(json.dumps(owners, ensure_ascii=False), encoding="utf-8")


def load_lexical(folder: Path) -> LexicalIndex:
    """Read an index from its folder.

    :raises FileNotFoundError: when the folder does not hold one.
    """
    stored = json.loads((folder / _OWNERS).read_text(encoding="utf-8"))
    owners = np.array(stored["owners"], dtype=np.int32)
    model = bm25s.BM25.load(str(folder), mmap=True) if len(owners) else None
    ceilings = _ceilings(model) if model else np.zeros(0, dtype=np.float32)
    return LexicalIndex(model, tuple(stored["clause_ids"]), owners, ceilings)
