"""STARD dev scores of a model, dense alone and fused with BM25, for model selection.

Measures are named as ir_measures names them; one ranking per dev query, ties by passage order.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.embedding.corpus import Article, Stard

Scores = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Scores]

_DEPTH = 100
# Cormack, Clarke & Büttcher 2009; the value every hybrid search engine ships with.
_RRF_K = 60


@dataclass(frozen=True, slots=True)
class Result:
    """Means over the dev queries; ``per_query`` keeps nDCG@10 for paired tests."""

    ndcg_10: float
    recall_10: float
    success_5: float
    per_query: tuple[float, ...]

    def __str__(self) -> str:
        return f"nDCG@10 {self.ndcg_10:.3f}  R@10 {self.recall_10:.3f}  S@5 {self.success_5:.3f}"


@dataclass(frozen=True, slots=True)
class Pool:
    """Passages to rank, the dev queries, and the relevant passage indices of each."""

    passages: tuple[str, ...]
    queries: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


def make_pool(stard: Stard, articles: Sequence[Article], distractors: int, seed: int = 0) -> Pool:
    """STARD's gold passages and up to ``distractors`` other law articles drawn at random."""
    gold = set(stard.passages)
    others = [article.text for article in articles if article.text not in gold]
    drawn = random.Random(seed).sample(others, min(distractors, len(others)))
    return Pool(
        (*stard.passages, *drawn),
        tuple(stard.queries[key] for key in stard.dev),
        tuple(stard.relevant[key] for key in stard.dev),
    )


def score_dense(pool: Pool, encode: Encode) -> Scores:
    """Cosine (queries, passages); ``encode`` returns unit vectors."""
    return np.asarray(encode(pool.queries) @ encode(pool.passages).T, dtype=np.float32)


def score_bm25(pool: Pool) -> Scores:
    """BM25 over character unigrams and bigrams (k1 1.2, b .75), (queries, passages)."""
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index([_grams(text) for text in pool.passages], show_progress=False)
    return np.stack([index.get_scores(_grams(query)) for query in pool.queries])


def fuse(*legs: Scores) -> Scores:
    """Reciprocal rank fusion of score matrices over the top 100 of each."""
    fused = np.zeros_like(legs[0], dtype=np.float32)
    for scores in legs:
        order = np.argsort(-scores, axis=1, kind="stable")[:, :_DEPTH]
        gains = np.broadcast_to(1 / (_RRF_K + 1 + np.arange(order.shape[1])), order.shape)
        legs_gain = np.zeros_like(fused)
        np.put_along_axis(legs_gain, order, gains.astype(np.float32), axis=1)
        fused += legs_gain
    return fused


def evaluate(pool: Pool, scores: Scores) -> Result:
    """Score one ranking per query."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    ndcg, recall, success = [], [], []
    for ranked, relevant in zip(order.tolist(), pool.relevant, strict=True):
        hits = [passage in relevant for passage in ranked]
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(relevant))))
        gained = sum(1 / math.log2(rank + 2) for rank, hit in enumerate(hits) if hit)
        ndcg.append(gained / ideal)
        recall.append(sum(hits) / len(relevant))
        success.append(any(hits[:5]))
    means = [float(np.mean(values)) for values in (ndcg, recall, success)]
    return Result(means[0], means[1], means[2], per_query=tuple(ndcg))


def _grams(text: str) -> list[str]:
    return [*text, *(text[i : i + 2] for i in range(len(text) - 1))]
