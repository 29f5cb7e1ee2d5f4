"""Metrics as pure functions over ids, sets and numbers, named as the field names them.

Undefined is nan, never zero: an empty denominator says nothing about a system. nan is counted and
printed beside every mean. Sources: ir_measures (Success, R, RR, nDCG, Judged), ALCE (fact recall,
citation validity), Vectara (false refusals), MTEB (nAUC; arXiv 2402.12997).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

NAN = float("nan")
ABSTENTION_RATES = tuple(step / 10 for step in range(10))  # 0 … 90 %, as MTEB evaluates the curve


def ratio(part: float, whole: float) -> float:
    """Return part / whole, nan where the whole is zero."""
    return part / whole if whole else NAN


# --- A. retrieval: a ranking is a sequence of ids, best first ---------------------------------


def rank_units(
    coverage: Sequence[Collection[int]], passage_ids: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the ranking of evidence units a list of passages amounts to, and its passage ids.

    A passage that is the first to hold evidence groups stands for them, one row each
    (``#g0``, ``#g1``); any other passage stands for itself and gains nothing, also when it
    repeats evidence already seen. A passage returned twice keeps both places (``id~2``).
    The second list holds the ids of the passages that stand for themselves.
    """
    ranking: list[str] = []
    others: list[str] = []
    seen: set[int] = set()
    times: dict[str, int] = {}
    for groups, passage_id in zip(coverage, passage_ids, strict=True):
        new = sorted(set(groups) - seen)
        seen.update(new)
        if new:
            ranking.extend(f"#g{group}" for group in new)
            continue
        times[passage_id] = times.get(passage_id, 0) + 1
        row = passage_id if times[passage_id] == 1 else f"{passage_id}~{times[passage_id]}"
        ranking.append(row)
        others.append(row)
    return ranking, others


def success(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Success@k: 1 if any relevant id is among the first k."""
    return float(any(unit in relevant for unit in ranking[:k])) if relevant else NAN


def recall(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """R@k: the share of the relevant ids that are among the first k."""
    return ratio(len(set(ranking[:k]) & set(relevant)), len(relevant))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """RR@k: 1 / rank of the first relevant id, 0 if it is not among the first k."""
    if not relevant:
        return NAN
    return next((1 / n for n, unit in enumerate(ranking[:k], start=1) if unit in relevant), 0.0)


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """nDCG@k with gain 1 and discount log2(rank + 1); the ideal puts every relevant id first."""
    if not relevant:
        return NAN
    gained = sum(
        1 / math.log2(n + 1) for n, unit in enumerate(ranking[:k], start=1) if unit in relevant
    )
    return gained / sum(1 / math.log2(n + 1) for n in range(1, min(k, len(relevant)) + 1))


def judged(ranking: Sequence[str], known: Collection[str], k: int) -> float:
    """Judged@k: the share of the first k about which the gold says anything."""
    return ratio(sum(unit in known for unit in ranking[:k]), len(ranking[:k]))


def all_evidence(coverage: Sequence[Collection[int]], group_count: int, k: int) -> float:
    """1 if the first k passages together hold every evidence group."""
    if not group_count:
        return NAN
    return float(len(set().union(*coverage[:k])) == group_count)


# --- B. answers ---------------------------------------------------------------------------------


def key_fact_recall(stated: Sequence[bool]) -> float:
    """Return the share of a question's facts that the answer states (ALCE's STR-EM)."""
    return ratio(sum(stated), len(stated))


def all_facts(stated: Sequence[bool]) -> float:
    """1 if the answer states every fact (ALCE's STR-hit)."""
    return float(all(stated)) if stated else NAN


def figure_precision(answered: Collection[object], proved: Collection[object]) -> float:
    """Return the share of an answer's figures (amounts, dates, 文号) that the evidence contains."""
    return ratio(len(set(answered) & set(proved)), len(set(answered)))


# --- C. citations -------------------------------------------------------------------------------


def citation_validity(resolved: int, dangling: int) -> float:
    """Return the share of citation marks that lead to a retrieved passage; invented marks count."""
    return ratio(resolved, resolved + dangling)


def citation_precision(cited: Sequence[Collection[int]]) -> float:
    """Return the share of cited passages that hold some evidence; ``cited`` is their coverage."""
    return ratio(sum(bool(groups) for groups in cited), len(cited))


def citation_recall(cited: Sequence[Collection[int]], group_count: int) -> float:
    """Return the share of evidence groups that some cited passage holds."""
    return ratio(len(set().union(*cited)), group_count)


# --- D. declining -------------------------------------------------------------------------------


def risk_coverage(
    confidence: Sequence[float], quality: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Return coverage and risk (1 − mean quality) as ever less confident items are answered.

    Items of equal confidence enter together: there is no threshold between them.
    """
    order = sorted(range(len(confidence)), key=lambda i: -confidence[i])
    coverages: list[float] = []
    risks: list[float] = []
    total = 0.0
    for place, index in enumerate(order, start=1):
        total += quality[index]
        last_of_tie = place == len(order) or confidence[order[place]] != confidence[index]
        if last_of_tie:
            coverages.append(place / len(order))
            risks.append(1 - total / place)
    return coverages, risks


def _abstention_area(order: NDArray[np.float64], quality: NDArray[np.float64]) -> float:
    """Area under mean quality of the kept items against the share abstained on."""
    ascending = quality[np.argsort(order, kind="stable")]
    size = len(quality)
    means = [ascending[int(size * rate) :].mean() for rate in ABSTENTION_RATES]
    return float(np.trapezoid(means, ABSTENTION_RATES))


def normalised_auc(confidence: Sequence[float], quality: Sequence[float]) -> float:
    """Return nAUC of the abstention curve: 0 = no information, 1 = a perfect order.

    Negative when confident items are the worse ones; nan when all items are equally good.
    Ties in confidence are broken towards keeping the worse item, so they can never help.
    """
    if len(quality) == 0:
        return NAN
    qualities = np.asarray(quality, dtype=np.float64)
    pessimistic = np.lexsort((-qualities, np.asarray(confidence, dtype=np.float64)))
    places = np.empty(len(qualities))
    places[pessimistic] = np.arange(len(qualities))
    flat = float(qualities.mean()) * (ABSTENTION_RATES[-1] - ABSTENTION_RATES[0])
    best = _abstention_area(qualities, qualities)
    return ratio(_abstention_area(places, qualities) - flat, round(best - flat, 12))
