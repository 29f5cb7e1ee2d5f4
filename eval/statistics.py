"""Intervals and tests, seeded and vectorised.

Questions on one source document resemble each other, so means are resampled by document
(clusters). Differences are always paired by question. Wilcoxon and the sign test are left out for
their type-1 error (Ihemelandu & Ekstrand 2023).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]  # (…, components) sums over questions -> (…) values

RESAMPLES = 10_000  # the percentile's own error is then below .002 at these spreads
SEED = 20_221_031
LEVEL = 0.95
_Z = 1.959963984540054  # the normal quantile of LEVEL


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval; nan where nothing was defined."""

    value: float
    low: float
    high: float


def wilson(successes: float, n: int) -> Interval:
    """Return a proportion with Wilson's score interval; n = 0 gives nan."""
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    share = successes / n
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def mean_of(sums: Array) -> Array:
    """Return the statistic of a mean: components are (value, 1), summed over questions."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[..., 0] / sums[..., 1])


def f1_of(sums: Array) -> Array:
    """Return the statistic F1: components are (true positive, false positive, false negative)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(2 * sums[..., 0] / (2 * sums[..., 0] + sums[..., 1] + sums[..., 2]))


def mean_components(values: Sequence[float]) -> Array:
    """Return (value, 1) rows for ``mean_of``; an undefined value contributes nothing."""
    array = np.asarray(values, dtype=np.float64)
    defined = ~np.isnan(array)
    return np.column_stack([np.where(defined, array, 0.0), defined.astype(np.float64)])


def _cluster_sums(components: Array, clusters: Sequence[str]) -> Array:
    codes = {name: code for code, name in enumerate(sorted(set(clusters)))}
    sums = np.zeros((len(codes), components.shape[1]))
    np.add.at(sums, [codes[name] for name in clusters], components)
    return sums


def _percentiles(samples: Array) -> tuple[float, float]:
    kept = samples[~np.isnan(samples)]
    if not len(kept):
        return math.nan, math.nan
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(kept, [tail, 100 - tail])
    return float(low), float(high)


@lru_cache(maxsize=16)  # the same few cluster counts serve every measure, slice and system
def _draw_clusters(count: int) -> Array:
    """Return how often each cluster is drawn in each resample, (RESAMPLES, count)."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(count, [1 / count] * count, size=RESAMPLES).astype(np.float64)


def cluster_bootstrap(
    components: Array, clusters: Sequence[str], statistic: Statistic = mean_of
) -> Interval:
    """Return a statistic with its percentile interval, resampling whole clusters.

    ``components`` is (questions, d); the statistic maps their sums over questions to a number.
    A single cluster cannot be resampled: its interval is nan.
    """
    if not len(components):
        return Interval(math.nan, math.nan, math.nan)
    value = float(statistic(components.sum(axis=0)))
    sums = _cluster_sums(components, clusters)
    if len(sums) == 1:
        return Interval(value, math.nan, math.nan)
    return Interval(value, *_percentiles(statistic(_draw_clusters(len(sums)) @ sums)))


def paired_bootstrap(
    base: Array, new: Array, clusters: Sequence[str], statistic: Statistic = mean_of
) -> Interval:
    """Return statistic(new) − statistic(base) with its interval; both resampled together."""
    if not len(base):
        return Interval(math.nan, math.nan, math.nan)
    value = float(statistic(new.sum(axis=0)) - statistic(base.sum(axis=0)))
    draws = _draw_clusters(len(set(clusters)))
    if draws.shape[1] == 1:
        return Interval(value, math.nan, math.nan)
    difference = statistic(draws @ _cluster_sums(new, clusters)) - statistic(
        draws @ _cluster_sums(base, clusters)
    )
    return Interval(value, *_percentiles(difference))


def sign_flip(base: Array, new: Array, statistic: Statistic = mean_of) -> float:
    """Return the two-sided p of the paired randomisation test: p = (1 + #) / (1 + B).

    Under the null hypothesis the two systems' results on a question could be exchanged. For a mean
    this flips the signs of the differences.
    """
    if not len(base):
        return math.nan
    generator = np.random.default_rng(SEED)
    observed = abs(float(statistic(new.sum(axis=0)) - statistic(base.sum(axis=0))))
    if math.isnan(observed):
        return math.nan
    swaps = generator.integers(0, 2, size=(RESAMPLES, len(base))).astype(np.float64)
    moved = swaps @ (base - new)
    flipped = statistic(new.sum(axis=0) + moved) - statistic(base.sum(axis=0) - moved)
    # Summation order differs between flips; equal differences must still count as equal.
    extreme = int(np.sum(np.abs(flipped) >= observed - 1e-12))
    return (1 + extreme) / (1 + RESAMPLES)


def mcnemar(wins: int, losses: int) -> float:
    """Return the exact two-sided p of McNemar's test; no discordant pair gives 1."""
    n = wins + losses
    tail = sum(math.comb(n, i) for i in range(min(wins, losses) + 1)) / 2**n
    return float(min(1.0, 2 * tail))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return Holm's adjusted p-values, in the order given; nan stays nan and is not counted."""
    order = sorted((p, i) for i, p in enumerate(p_values) if not math.isnan(p))
    adjusted = [math.nan] * len(p_values)
    running = 0.0
    for place, (p, index) in enumerate(order):
        running = max(running, min(1.0, p * (len(order) - place)))
        adjusted[index] = running
    return adjusted
