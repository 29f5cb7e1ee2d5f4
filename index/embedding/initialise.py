"""Token vectors from corpus statistics: PPMI of co-occurring tokens, factorised by SVD.

Levy & Goldberg 2014, “Neural word embedding as implicit matrix factorization”; token weights from
Arora, Liang & Ma 2017, “A simple but tough-to-beat baseline for sentence embeddings” (SIF).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tqdm import tqdm

from index.embedding.vocabulary import UNKNOWN_ID

Float = NDArray[np.float32]
TokenIds = Sequence[NDArray[np.int32]]

# Law sentences run long; a window this wide reaches from the condition to the consequence.
WINDOW = 8
# Levy, Goldberg & Dagan 2015: context counts to the power .75 stop rare contexts from winning.
_CONTEXT_POWER = 0.75
# U·Σ^½ beats U·Σ for similarity (same paper, “eigenvalue weighting”).
_EIGENVALUE_POWER = 0.5
_SIF_A = 1e-3
# Occurrences at which a token's own statistics count as much as its characters'.
_CHARACTER_PRIOR = 5
_OVERSAMPLING = 16
_POWER_ITERATIONS = 3


def start_vectors(texts: TokenIds, spelling: NDArray[np.int64], dimension: int, seed: int) -> Float:
    """Compute unit vectors (vocab, dimension); rare tokens lean on their characters.

    ``spelling`` (vocab, n) gives each token's character ids. A character's contexts are those of
    every token it occurs in. A token without any known character keeps a zero row.
    """
    size = len(spelling)
    counts = count_cooccurrences(texts, size)
    spelt_in = _mark_characters(spelling)
    contexts = np.asarray(counts.sum(axis=0)).ravel()
    both = sparse.vstack([weigh_ppmi(counts, contexts), weigh_ppmi(spelt_in @ counts, contexts)])
    vectors = _normalise(factorise(both.tocsr(), dimension, seed))
    own, characters = vectors[:size], vectors[size:]
    occurrences = np.bincount(np.concatenate(texts), minlength=size)[:, None]
    trust = occurrences / (occurrences + _CHARACTER_PRIOR)
    spelt = _normalise(spelt_in.T @ characters)
    return _normalise(trust * own + (1 - trust) * spelt)


def count_cooccurrences(
    texts: TokenIds, vocab_size: int, window: int = WINDOW
) -> sparse.csr_matrix:
    """Symmetric (vocab, vocab) counts, a neighbour at distance d counting 1/d, within a text."""
    flat = np.concatenate(texts).astype(np.int64)
    text_of = np.repeat(np.arange(len(texts)), [len(ids) for ids in texts])
    total = sparse.csr_matrix((vocab_size, vocab_size), dtype=np.float32)
    for distance in tqdm(range(1, window + 1), desc="co-occurrence", unit="distance"):
        same = text_of[distance:] == text_of[:-distance]
        left, right = flat[:-distance][same], flat[distance:][same]
        weights = np.full(len(left), 1 / distance, dtype=np.float32)
        total = total + sparse.csr_matrix((weights, (left, right)), shape=total.shape)
    return sparse.csr_matrix(total + total.T)


def weigh_ppmi(counts: sparse.csr_matrix, contexts: Float) -> sparse.csr_matrix:
    """Positive pointwise mutual information of each counted pair.

    ``contexts`` holds each context's total count; smoothed here.
    """
    row_sums = np.asarray(counts.sum(axis=1)).ravel()
    smoothed = contexts**_CONTEXT_POWER
    pairs = counts.tocoo()
    expected = row_sums[pairs.row] * (smoothed[pairs.col] / smoothed.sum())
    values = np.log(pairs.data / expected)
    positive = values > 0
    return sparse.csr_matrix(
        (values[positive].astype(np.float32), (pairs.row[positive], pairs.col[positive])),
        shape=counts.shape,
    )


def factorise(matrix: sparse.csr_matrix, dimension: int, seed: int) -> Float:
    """Randomised SVD (Halko, Martinsson & Tropp 2011): (rows, dimension) vectors U·Σ^½."""
    rng = np.random.default_rng(seed)
    width = dimension + _OVERSAMPLING
    basis = matrix @ rng.standard_normal((matrix.shape[1], width), dtype=np.float32)
    for _ in tqdm(range(_POWER_ITERATIONS), desc="SVD", unit="iteration"):
        basis = matrix @ (matrix.T @ np.linalg.qr(basis)[0])
    orthogonal = np.linalg.qr(basis)[0]
    left, values, _ = np.linalg.svd((matrix.T @ orthogonal).T, full_matrices=False)
    scaled = left[:, :dimension] * values[:dimension] ** _EIGENVALUE_POWER
    return np.asarray(orthogonal @ scaled, dtype=np.float32)


def weigh_tokens(texts: TokenIds, vocab_size: int) -> Float:
    """SIF weight a / (a + p(token)) per token: function words fade, unseen tokens get 1."""
    counts = np.bincount(np.concatenate(texts), minlength=vocab_size)
    return np.asarray(_SIF_A / (_SIF_A + counts / counts.sum()), dtype=np.float32)


def _mark_characters(spelling: NDArray[np.int64]) -> sparse.csr_matrix:
    """(vocab, vocab): how often the row's character stands in the column's token."""
    size, longest = spelling.shape
    tokens = np.repeat(np.arange(size), longest)
    known = spelling.ravel() != UNKNOWN_ID
    characters = spelling.ravel()[known]
    ones = np.ones(len(characters), dtype=np.float32)
    return sparse.csr_matrix((ones, (characters, tokens[known])), shape=(size, size))


def _normalise(vectors: NDArray[np.floating]) -> Float:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
