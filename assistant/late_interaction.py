"""How much of a question a clause speaks of, word by word: late interaction as in ColBERT.

Each content word of the question is matched with the likest word of the clause and counts by its
rarity (Khattab and Zaharia, 2020, with static word vectors). A clause's single vector blurs what
it says; exact words miss 医药费 for 医疗费用.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.packaged_model import packaged_embeddings
from assistant.stop_tokens import FILLERS
from index.chunks import said_text
from index.lexical import ceiling_of
from index.store import Store
from index.tokens import words
from index.types import Clause

# What a word that asks begins with: 几多, 哪些.
_ASKING = "几多哪"
# Clauses; cutting so many into words takes about 3 s, cutting those of one question 20 ms.
_SMALL = 5000


@dataclass(eq=False)
class WordVectors:
    """Unit vectors of the words met so far, a row each, and the rows of the clauses met so far."""

    embeddings: Embeddings
    rows: dict[str, int] = field(default_factory=dict)
    matrix: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    clauses: dict[str, np.ndarray] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)  # questions are answered on several threads

    def number(self, found: Sequence[str]) -> np.ndarray:
        """Return the row of each word, embedding those that are new."""
        with self.lock:
            new = [word for word in dict.fromkeys(found) if word not in self.rows]
            if new:
                vectors = np.array(self.embeddings.embed_documents(new), dtype=np.float32)
                known = self.matrix if len(self.matrix) else vectors[:0]
                self.matrix = np.concatenate([known, vectors])
                self.rows.update({word: len(known) + i for i, word in enumerate(new)})
            return np.array([self.rows[word] for word in found], dtype=np.int64)

    def number_clauses(self, clauses: Iterable[Clause]) -> list[np.ndarray]:
        """Return the rows of each clause's words, those of its headings and document included."""
        clauses = list(clauses)
        new = {c.id: _long_words(said_text(c)) for c in clauses if c.id not in self.clauses}
        rows = self.number(
            [word for said in new.values() for word in said]
        )  # the matrix grows once
        ends = np.cumsum([len(said) for said in new.values()])
        self.clauses.update(zip(new, np.split(rows, ends[:-1]) if new else (), strict=True))
        return [self.clauses[clause.id] for clause in clauses]


@lru_cache(maxsize=4)
def word_vectors(store: Store) -> WordVectors:
    """Return the word vectors of a store, those of a small one at once, else as they are met."""
    vectors = WordVectors(packaged_embeddings(store))
    if len(store.clauses) <= _SMALL:
        vectors.number_clauses(store.clauses.values())
    return vectors


def measure_interaction(question: str, clauses: Sequence[Clause], store: Store) -> np.ndarray:
    """Return in [0, 1] how much of the question each clause speaks of; shape (clauses,).

    0 for all where the question has no content word.
    """
    asked = [w for w in _long_words(question) if w not in FILLERS and w[0] not in _ASKING]
    if not asked or not clauses:
        return np.zeros(len(clauses))
    vectors = word_vectors(store)
    said = vectors.number_clauses(clauses)
    question_rows = vectors.number(asked)
    matrix = vectors.matrix
    weights = np.array([ceiling_of(store.texts, f"_{w}") for w in asked], dtype=np.float32)
    weights /= weights.sum()
    likeness = np.maximum(matrix[np.concatenate(said)] @ matrix[question_rows].T, 0.0)
    ends = np.cumsum([len(rows) for rows in said])
    best = [part.max(axis=0, initial=0.0) for part in np.split(likeness, ends[:-1])]
    # Not @: all is finite here, yet BLAS may leave the flag of an invalid operation behind, which @
    # reports as a warning and dot does not look at.
    return np.asarray(np.dot(np.stack(best), weights))


def _long_words(text: str) -> list[str]:
    """Return the different words of two characters or more."""
    return [word for word in dict.fromkeys(words(text)) if len(word) > 1]
