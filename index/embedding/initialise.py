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

Float = NDArray[np.float32]
TokenIds = Sequence[NDArray[np.int32]]

# Law sentences run long; a window this wide reaches from the condition to the consequence.
WINDOW = 8
# Levy, Goldberg & Dagan 2015: context counts to the power .75 stop rare contexts from winning.
_CONTEXT_POWER = 0.75
# U·Σ^½ beats U·Σ for similarity (same paper, “eigenvalue weighting”).
_EIGENVALUE_POWER = 0.5
_SIF_A = 1e-3
_OVERSAMPLING = 16
_POWER_ITERATIONS = 3


def count_cooccurrences(texts: TokenIds, vocab_size: int, window: int = WINDOW) -> sparse.csr_matrix:
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


def weigh_ppmi(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information of each counted pair, contexts smoothed."""
    row_sums = np.asarray(counts.sum(axis=1)).ravel()
    contexts = row_sums**_CONTEXT_POWER
    pairs = counts.tocoo()
    expected = row_sums[pairs.row] * (contexts[pairs.col] / contexts.sum())
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
