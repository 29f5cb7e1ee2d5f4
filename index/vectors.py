"""Exact nearest neighbours among vectors held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Vectors:
    """Record ids and their vectors as unit rows, float32, shape (records, dimensions)."""

    ids: tuple[str, ...]
    rows: np.ndarray


def unit_vectors(ids: Sequence[str], rows: np.ndarray) -> Vectors:
    """Return vectors scaled to length 1; one of length 0 stays as it is."""
    rows = np.asarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return Vectors(tuple(ids), rows / np.where(lengths > 0, lengths, 1.0))


def nearest_vectors(
    question: Sequence[float], vectors: Vectors, count: int
) -> list[tuple[str, float]]:
    """Return (record id, cosine similarity) of the ``count`` nearest, ties by id."""
    asked = unit_vectors(("",), np.array([question])).rows[0]
    # Not ``@``: BLAS shares even this little work among threads, and waits for them.
    similarity = np.einsum("ij,j->i", vectors.rows, asked)
    if count < len(similarity):
        least = np.partition(similarity, -count)[-count]
        places = np.flatnonzero(similarity >= least)
    else:
        places = np.arange(len(similarity))
    found = [(vectors.ids[place], float(similarity[place])) for place in places]
    return sorted(found, key=lambda item: (-item[1], item[0]))[:count]
