"""Contrastive training of token vectors: a query's passage against every other in the batch.

A text's embedding is the normalised sum of its token vectors. A token's vector is
``weight · (own + mean of its characters)``, so an everyday word that training never meets moves
with its characters. The product is folded into one row per token for the packaged model: all of
this costs nothing at run time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from tqdm import tqdm

from index.embedding.corpus import Pair
from index.embedding.vocabulary import UNKNOWN_ID, encode

Ids = NDArray[np.int32]
Float = NDArray[np.float32]

# Longer articles list cases; their first 160 words say what they are about.
_MAX_TOKENS = 160
# Log-weights start no lower than this: a weight of 0 would never move again.
_MIN_WEIGHT = 1e-4
_WARM_UP = 0.1  # share of the steps over which the learning rate rises
_LEAST_RATE = 0.02  # the share of the learning rate left at the last step
_MASKED = -1e4
# A last, partial batch with fewer pairs than this has too few negatives to teach anything.
_MIN_BATCH = 64


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train; the defaults are what won on STARD dev (README.md)."""

    batch_size: int = 512
    temperature: float = 0.05
    learning_rate: float = 0.005
    token_dropout: float = 0.2
    overlap_dropout: float = 0.0  # chance to drop a passage token that its query has too
    random_negatives: int = 2000  # law articles added to each batch's candidates
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PairSet:
    """Tokenised pairs of one source and how often to go through them.

    Equal keys mark equal texts or groups, which must never be negatives of one another.
    """

    queries: tuple[Ids, ...]
    passages: tuple[Ids, ...]
    query_keys: NDArray[np.int64]
    passage_keys: NDArray[np.int64]
    passes: int
    hard_negatives: tuple[tuple[Ids, ...], ...] = ()  # mined passages per pair, or none at all


class TokenVectors(nn.Module):
    """Trainable token vectors: a weight, the token's own part and its characters' mean."""

    def __init__(self, vectors: Float, weights: Float, spelling: NDArray[np.int64]) -> None:
        super().__init__()
        size, dimension = vectors.shape
        self.own = nn.Embedding(size, dimension, sparse=True)
        self.own.weight.data = torch.from_numpy(vectors.copy())
        self.log_weight = nn.Embedding(size, 1, sparse=True)
        logs = np.log(np.maximum(weights, _MIN_WEIGHT))[:, None]
        self.log_weight.weight.data = torch.from_numpy(logs)
        self.character = nn.EmbeddingBag(
            size, dimension, mode="mean", sparse=True, padding_idx=UNKNOWN_ID
        )
        self.character.weight.data.zero_()
        self.register_buffer("spelling", torch.from_numpy(spelling))

    def forward(self, tokens: Tensor) -> Tensor:
        """Compose the vectors (tokens, dimension) of token ids (tokens,)."""
        composed = self.own(tokens) + self.character(self.spelling[tokens])  # type: ignore[index]
        return torch.as_tensor(composed * self.log_weight(tokens).exp())

    def embed(self, texts: Sequence[Ids]) -> Tensor:
        """Embed texts as unit vectors (texts, dimension), composing each distinct token once."""
        flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
        tokens, places = torch.unique(flat, return_inverse=True)
        offsets = torch.tensor([0, *(len(ids) for ids in texts[:-1])]).cumsum(0)
        summed = functional.embedding_bag(places, self(tokens), offsets, mode="sum")
        return functional.normalize(summed, dim=1)

    @torch.no_grad()
    def fold(self) -> Float:
        """Multiply out: one row per token (vocab, dimension), for ``StaticEmbedding``."""
        everything = torch.arange(self.own.num_embeddings)
        return np.concatenate([self(part).numpy() for part in torch.split(everything, 8192)])


def tokenise_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair], passes: int) -> PairSet:
    """Pairs of one source as token ids, ready for :func:`train`."""
    queries = [pair.query for pair in pairs]
    passages = [pair.passage for pair in pairs]
    groups = [pair.group or pair.passage for pair in pairs]
    return PairSet(
        tokenise(tokenizer, queries),
        tokenise(tokenizer, passages),
        np.unique(queries, return_inverse=True)[1],
        np.unique(groups, return_inverse=True)[1],
        passes,
    )


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Ids, ...]:
    """Token ids of each text, cut to 160; a text without any token is the unknown token."""
    unknown = np.array([UNKNOWN_ID], dtype=np.int32)
    return tuple(ids[:_MAX_TOKENS] if len(ids) else unknown for ids in encode(tokenizer, texts))


def train(
    vectors: TokenVectors, sets: Sequence[PairSet], negatives: Sequence[Ids], schedule: Schedule
) -> None:
    """Train ``vectors`` in place on batches of one source each, in random order.

    ``negatives`` are token ids of passages to draw ``random_negatives`` from.
    """
    rng = np.random.default_rng(schedule.seed)
    jobs = list(_plan_batches(sets, schedule.batch_size, rng))
    optimizer = torch.optim.SparseAdam(list(vectors.parameters()), lr=schedule.learning_rate)
    for step, (pair_set, rows) in enumerate(tqdm(jobs, desc="contrastive", unit="batch")):
        share = min(1, (step + 1) / (_WARM_UP * len(jobs))) * max(_LEAST_RATE, 1 - step / len(jobs))
        optimizer.param_groups[0]["lr"] = schedule.learning_rate * share
        drawn = rng.choice(len(negatives), min(schedule.random_negatives, len(negatives)), False)
        loss = _compute_loss(
            vectors, pair_set, rows, [negatives[row] for row in drawn], schedule, rng
        )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()  # type: ignore[no-untyped-call]


def _plan_batches(
    sets: Sequence[PairSet], batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[PairSet, NDArray[np.int64]]]:
    batches = []
    for pair_set in sets:
        count = len(pair_set.queries)
        order = [rng.permutation(count) for _ in range(pair_set.passes)]
        rows = np.concatenate(order) if order else np.empty(0, dtype=np.int64)
        parts = [rows[start : start + batch_size] for start in range(0, len(rows), batch_size)]
        least = min(_MIN_BATCH, max(1, count // 2))
        batches += [(pair_set, part) for part in parts if len(part) >= least]
    for place in rng.permutation(len(batches)):
        yield batches[place]


def _compute_loss(
    vectors: TokenVectors,
    pair_set: PairSet,
    rows: NDArray[np.int64],
    extra: Sequence[Ids],
    schedule: Schedule,
    rng: np.random.Generator,
) -> Tensor:
    """InfoNCE both ways: query → passages (with extras), passage → queries."""
    full = [pair_set.queries[row] for row in rows]
    passages = [
        _drop_shared(pair_set.passages[row], query, schedule.overlap_dropout, rng)
        for row, query in zip(rows, full, strict=True)
    ]
    mined = [pair_set.hard_negatives[row] for row in rows] if pair_set.hard_negatives else []
    hard = [_choose(texts, rng) for texts in mined if texts]
    dropout = schedule.token_dropout
    queries = vectors.embed([_drop(ids, dropout, rng) for ids in full])
    candidates = vectors.embed([_drop(ids, dropout, rng) for ids in [*passages, *extra, *hard]])
    scores = queries @ candidates.T / schedule.temperature
    scores = scores.masked_fill(_mark_duplicates(pair_set, rows, len(candidates)), _MASKED)
    target = torch.arange(len(rows))
    forward = functional.cross_entropy(scores, target)
    backward = functional.cross_entropy(scores[:, : len(rows)].T, target)
    return (forward + backward) / 2


def _mark_duplicates(pair_set: PairSet, rows: NDArray[np.int64], candidates: int) -> Tensor:
    passages, queries = pair_set.passage_keys[rows], pair_set.query_keys[rows]
    same = (passages[:, None] == passages) | (queries[:, None] == queries)
    np.fill_diagonal(same, val=False)
    marks = np.zeros((len(rows), candidates), dtype=bool)
    marks[:, : len(rows)] = same
    return torch.from_numpy(marks)


def _choose(texts: Sequence[Ids], rng: np.random.Generator) -> Ids:
    return texts[int(rng.integers(len(texts)))]


def _drop(ids: Ids, rate: float, rng: np.random.Generator) -> Ids:
    kept = ids[rng.random(len(ids)) >= rate]
    return kept if len(kept) else ids


def _drop_shared(passage: Ids, query: Ids, rate: float, rng: np.random.Generator) -> Ids:
    if not rate:
        return passage
    kept = passage[~(np.isin(passage, query) & (rng.random(len(passage)) < rate))]
    return kept if len(kept) else passage
