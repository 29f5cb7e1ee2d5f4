"""How much of a question a clause speaks of, word by word: late interaction as in ColBERT.

Each content word of the question is matched with the likest word of the clause and counts by its
rarity (Khattab and Zaharia, 2020, with static word vectors). A clause's single vector blurs what
it says; exact words miss 医药费 for 医疗费用.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.packaged_model import packaged_embeddings
from assistant.stop_tokens import FILLERS
from index.lexical import LexicalIndex
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

    def number_clause(self, clause: Clause) -> np.ndarray:
        """Return the rows of a clause's words, those of its headings and document included."""
        if clause.id not in self.clauses:
            said = (clause.document.name, *clause.path, clause.columns, clause.text)
            self.clauses[clause.id] = self.number(_long_words(" ".join(said)))
        return self.clauses[clause.id]


@lru_cache(maxsize=4)
def word_vectors(store: Store) -> WordVectors:
    """Return the word vectors of a store, those of a small one at once, else as they are met."""
    vectors = WordVectors(packaged_embeddings(store))
    if len(store.clauses) <= _SMALL:
        known = store.texts.model.vocab_dict if store.texts.model else {}
        vectors.number([token[1:] for token in known if token.startswith("_")])
        for clause in store.clauses.values():
            vectors.number_clause(clause)
    return vectors


def measure_interaction(question: str, clauses: Sequence[Clause], store: Store) -> np.ndarray:
    """Return in [0, 1] how much of the question each clause speaks of; shape (clauses,).

    0 for all where the question has no content word.
    """
    asked = [w for w in _long_words(question) if w not in FILLERS and w[0] not in _ASKING]
    if not asked or not clauses:
        return np.zeros(len(clauses))
    vectors = word_vectors(store)
    said = [vectors.number_clause(clause) for clause in clauses]
    question_rows = vectors.number(asked)
    matrix = vectors.matrix
    weights = np.array([_rarity(word, store.texts) for word in asked], dtype=np.float32)
    weights /= weights.sum()
    likeness = np.maximum(matrix[np.concatenate(said)] @ matrix[question_rows].T, 0.0)
    ends = np.cumsum([len(rows) for rows in said])
    best = [part.max(axis=0, initial=0.0) for part in np.split(likeness, ends[:-1])]
    return np.asarray(np.stack(best) @ weights)


def _long_words(text: str) -> list[str]:
    """Return the different words of two characters or more."""
    return [word for word in dict.fromkeys(words(text)) if len(word) > 1]


def _rarity(word: str, texts: LexicalIndex) -> float:
    """Return what a word can score at best, one seen nowhere as much as the rarest."""
    known = texts.model.vocab_dict if texts.model else {}
    token = f"_{word}"
    if token in known:
        return float(texts.ceilings[known[token]])
    return float(texts.ceilings.max(initial=1.0))
