"""Hard negatives: law articles a trained model ranks high for a question they do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from index.embedding.contrastive import Ids, PairSet, TokenVectors

# The very top holds unjudged answers (amended versions of the gold article): skip it.
_SKIPPED = 10
# Questions scored at once; bounds memory to 256 × articles.
_QUERY_BATCH = 256


@torch.no_grad()
def mine_negatives(
    vectors: TokenVectors, pair_set: PairSet, articles: Sequence[Ids], depth: int
) -> PairSet:
    """``pair_set`` with the articles ranked 11..``depth`` for each query as hard negatives.

    An article whose tokens equal a gold passage's is never one.
    """
    gold = {ids.tobytes() for ids in pair_set.passages}
    pool = torch.cat(
        [vectors.embed(articles[start : start + 4096]) for start in range(0, len(articles), 4096)]
    )
    mined: list[tuple[Ids, ...]] = []
    for start in range(0, len(pair_set.queries), _QUERY_BATCH):
        queries = vectors.embed(pair_set.queries[start : start + _QUERY_BATCH])
        ranked = (
            torch.topk(queries @ pool.T, min(depth, len(pool)), dim=1).indices[:, _SKIPPED:].numpy()
        )
        for row in ranked.astype(np.int64):
            mined.append(tuple(articles[i] for i in row if articles[i].tobytes() not in gold))
    return replace(pair_set, hard_negatives=tuple(mined))
