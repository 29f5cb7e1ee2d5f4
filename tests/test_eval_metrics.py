"""Every metric on a case worked by hand."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics

RANKING = ["a", "#g1", "b", "#g0", "c"]
RELEVANT = {"#g0", "#g1", "#g2"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (metrics.success(RANKING, RELEVANT, 1), 0.0),
        (metrics.success(RANKING, RELEVANT, 2), 1.0),
        (metrics.recall(RANKING, RELEVANT, 2), 1 / 3),
        (metrics.recall(RANKING, RELEVANT, 10), 2 / 3),
        (metrics.reciprocal_rank(RANKING, RELEVANT, 10), 1 / 2),
        (metrics.reciprocal_rank(RANKING, RELEVANT, 1), 0.0),
        # gains at ranks 2 and 4; the ideal has ranks 1, 2 and 3
        (
            metrics.ndcg(RANKING, RELEVANT, 10),
            (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3) + 1 / 2),
        ),
        # the ideal is cut at k too
        (metrics.ndcg(["#g0"], RELEVANT, 1), 1.0),
        (metrics.judged(RANKING, RELEVANT | {"b"}, 10), 3 / 5),
        (metrics.judged(RANKING, RELEVANT | {"b"}, 2), 1 / 2),
    ],
)
def test_retrieval_metrics(value, expected):
    assert value == pytest.approx(expected)


@pytest.mark.parametrize(
    "value",
    [
        metrics.success(RANKING, set(), 5),
        metrics.recall(RANKING, set(), 5),
        metrics.reciprocal_rank(RANKING, set(), 5),
        metrics.ndcg(RANKING, set(), 5),
        metrics.judged([], RELEVANT, 10),
        metrics.all_evidence([{0}], 0, 5),
        metrics.key_fact_recall([]),
        metrics.all_facts([]),
        metrics.figure_precision([], [1]),
        metrics.citation_validity(0, 0),
        metrics.citation_precision([]),
        metrics.citation_recall([], 0),
        metrics.normalised_auc([], []),
        metrics.normalised_auc([0.1, 0.9], [1, 1]),
    ],
)
def test_undefined_is_nan(value):
    assert math.isnan(value)


def test_a_question_without_results_scores_zero():
    assert metrics.success([], RELEVANT, 5) == 0.0
    assert metrics.recall([], RELEVANT, 5) == 0.0
    assert metrics.ndcg([], RELEVANT, 5) == 0.0
    assert metrics.all_evidence([], 2, 5) == 0.0


def test_rank_units_counts_each_group_once():
    coverage = [set(), {1}, {1}, {0, 2}, set()]
    ranking, others = metrics.rank_units(coverage, ["a", "b", "c", "d", "a"])
    assert ranking == ["a", "#g1", "c", "#g0", "#g2", "a~2"]
    assert others == ["a", "c", "a~2"]


def test_all_evidence_needs_every_group():
    coverage = [{0}, set(), {1}]
    assert metrics.all_evidence(coverage, 2, 2) == 0.0
    assert metrics.all_evidence(coverage, 2, 3) == 1.0


def test_answer_metrics():
    assert metrics.key_fact_recall([True, False, True]) == pytest.approx(2 / 3)
    assert metrics.all_facts([True, False]) == 0.0
    assert metrics.all_facts([True, True]) == 1.0
    assert metrics.figure_precision({"30%", "2023", "7"}, {"30%", "2023", "9"}) == (
        pytest.approx(2 / 3)
    )


def test_citation_metrics():
    assert metrics.citation_validity(3, 1) == 0.75
    assert metrics.citation_precision([{0}, set(), {1}, {0}]) == 0.75
    assert metrics.citation_recall([{0}, set(), {0}], 2) == 0.5


def test_risk_coverage_by_hand():
    # most confident first: right, then wrong and right together, then wrong
    coverage, risk = metrics.risk_coverage([0.5, 0.9, 0.5, 0.1], [1, 1, 0, 0])
    assert coverage == [0.25, 0.75, 1.0]
    assert risk == pytest.approx([0.0, 1 / 3, 0.5])


def test_normalised_auc_bounds():
    quality = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0]
    assert metrics.normalised_auc(quality, quality) == pytest.approx(1.0)
    assert metrics.normalised_auc([-q for q in quality], quality) < 0


def test_normalised_auc_by_hand():
    # Ten items, one good. The oracle keeps it: means 1/10, 1/9 … 1. A confidence that ranks it
    # second from the bottom loses it at the second step.
    quality = [1.0] + [0.0] * 9
    confidence = [0.15, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    steps = [1 / n for n in range(10, 0, -1)]
    best = sum((a + b) / 2 for a, b in pairwise(steps)) * 0.1
    area = ((1 / 10 + 1 / 9) / 2 + (1 / 9 + 0) / 2) * 0.1
    flat = 0.1 * 0.9
    assert metrics.normalised_auc(confidence, quality) == pytest.approx(
        (area - flat) / (best - flat)
    )


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=30))
def test_constant_confidence_never_helps(quality):
    value = metrics.normalised_auc([0.5] * len(quality), quality)
    assert math.isnan(value) or value <= 1e-9


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sets(st.sampled_from("abcdefgh")))
def test_metrics_stay_in_range_and_grow_with_k(ranking, relevant):
    for metric in (metrics.success, metrics.recall, metrics.reciprocal_rank):
        values = [metric(ranking, relevant, k) for k in (1, 3, 8)]
        assert all(math.isnan(v) for v in values) or values == sorted(values)
    value = metrics.ndcg(ranking, relevant, 8)
    assert math.isnan(value) or 0 <= value <= 1 + 1e-12
