"""Contrastive training of token vectors: the pair's passage against every other one in the batch.

A text's embedding is the normalised sum of its token vectors. A token's vector is
``weight · (own + mean of its characters)``: an everyday word that training never sees still gets
the meaning of its characters. The sum is folded into one row per token for the packaged model, so
this costs nothing at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

Ids = NDArray[np.int32]
# Law articles beyond this repeat themselves; questions never get there.
MAX_TOKENS = 160


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train; the defaults are the packaged model's."""

    batch_size: int = 512
    temperature: float = 0.05
    learning_rate: float = 0.01
    token_dropout: float = 0.2
    overlap_dropout: float = 0.0  # chance to drop a passage token that the query has too
    negatives: int = 0  # random passages added to every batch's candidates
    hard_negatives: int = 0  # mined passages per pair
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids of queries and passages, row i of both belonging together."""

    queries: list[Ids]
    passages: list[Ids]
    passage_keys: NDArray[np.int64]  # equal keys = same text: never negatives of one another
    query_keys: NDArray[np.int64]


class TokenVectors(nn.Module):
    """Trainable token vectors, composed of the token's own part and its characters'."""

    def __init__(self, vectors: NDArray[np.float32], weights: NDArray[np.float32],
                 characters: Sequence[Sequence[int]]) -> None:
        super().__init__()
        size, dimension = vectors.shape
        self.own = nn.Embedding(size, dimension, sparse=True)
        self.own.weight.data = torch.from_numpy(vectors.copy())
        self.characters = nn.EmbeddingBag(size, dimension, mode="mean", sparse=True)
        self.characters.weight.data.zero_()
        self.weight = nn.Embedding(size, 1, sparse=True)
        self.weight.weight.data = torch.from_numpy(np.log(weights)[:, None].copy())
        self._character_ids = [torch.tensor(ids, dtype=torch.long) for ids in characters]

    def forward(self, tokens: Tensor) -> Tensor:
        """Vectors (tokens, dimension) of distinct token ids."""
        parts = [self._character_ids[token] for token in tokens.tolist()]
        offsets = torch.tensor([0, *[len(part) for part in parts[:-1]]]).cumsum(0)
        composed = self.own(tokens) + self.characters(torch.cat(parts), offsets)
        return torch.as_tensor(composed * self.weight(tokens).exp())

    def embed(self, texts: Sequence[Ids]) -> Tensor:
        """Unit vectors (texts, dimension)."""
        flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
        tokens, places = torch.unique(flat, return_inverse=True)
        offsets = torch.tensor([0, *[len(ids) for ids in texts[:-1]]]).cumsum(0)
        summed = functional.embedding_bag(places, self(tokens), offsets, mode="sum")
        return functional.normalize(summed, dim=1)
