"""Intervals and tests against values known from tables or worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import (
    cluster_bootstrap,
    f1_of,
    holm,
    mcnemar,
    mean_components,
    paired_bootstrap,
    sign_flip,
    wilson,
)


@pytest.mark.parametrize(
    ("n", "half"), [(50, 0.11), (100, 0.08), (200, 0.055), (300, 0.045), (500, 0.035)]
)
def test_wilson_half_widths_at_point_eight(n, half):
    interval = wilson(0.8 * n, n)
    assert (interval.high - interval.low) / 2 == pytest.approx(half, abs=0.003)


def test_wilson_known_values():
    # Newcombe 1998, table I: 81/263 and 0/20.
    assert wilson(81, 263).low == pytest.approx(0.2553, abs=5e-5)
    assert wilson(81, 263).high == pytest.approx(0.3662, abs=5e-5)
    assert wilson(0, 20).low == 0.0
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=5e-5)
    assert math.isnan(wilson(0, 0).value)


@pytest.mark.parametrize(
    ("wins", "losses", "p"),
    [(6, 0, 0.03125), (5, 0, 0.0625), (8, 1, 0.0390625), (10, 2, 0.03857421875), (0, 0, 1.0)],
)
def test_mcnemar_exact(wins, losses, p):
    assert mcnemar(wins, losses) == pytest.approx(p)
    assert mcnemar(losses, wins) == pytest.approx(p)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, math.nan])[:3] == pytest.approx([0.03, 0.06, 0.06])
    assert math.isnan(holm([0.01, math.nan])[1])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_bootstrap_of_single_question_clusters_is_the_textbook_one():
    values = [0.0, 1.0] * 50
    interval = cluster_bootstrap(mean_components(values), [str(i) for i in range(100)])
    assert interval.value == 0.5
    # normal approximation: .5 ± 1.96 · .5 / 10
    assert interval.low == pytest.approx(0.402, abs=0.01)
    assert interval.high == pytest.approx(0.598, abs=0.01)


def test_clustered_questions_widen_the_interval():
    values = [0.0] * 50 + [1.0] * 50
    apart = cluster_bootstrap(mean_components(values), [str(i) for i in range(100)])
    together = cluster_bootstrap(mean_components(values), [str(i // 10) for i in range(100)])
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_bootstrap_is_repeatable_and_ignores_the_undefined():
    components = mean_components([1.0, math.nan, 0.0, 1.0])
    clusters = ["a", "b", "c", "d"]
    first, second = (cluster_bootstrap(components, clusters) for _ in range(2))
    assert first == second
    assert first.value == pytest.approx(2 / 3)
    assert math.isnan(cluster_bootstrap(mean_components([1.0, 0.0]), ["a", "a"]).low)
    assert math.isnan(cluster_bootstrap(mean_components([]), []).value)


def test_paired_bootstrap_of_equal_runs_is_zero():
    values = mean_components([0.0, 1.0, 1.0, 0.0, 1.0])
    interval = paired_bootstrap(values, values, list("abcde"))
    assert (interval.value, interval.low, interval.high) == (0.0, 0.0, 0.0)


def test_sign_flip_by_enumeration():
    # Six wins of one: of 64 sign patterns two are as extreme, p = 2/64.
    base, new = mean_components([0.0] * 6), mean_components([1.0] * 6)
    assert sign_flip(base, new) == pytest.approx(2 / 64, abs=0.005)
    assert sign_flip(base, base) == 1.0


def test_sign_flip_of_f1():
    right = np.array([[1.0, 0.0, 0.0]] * 12)
    wrong = np.array([[0.0, 0.0, 1.0]] * 12)
    assert sign_flip(wrong, right, f1_of) < 0.001
    assert sign_flip(wrong, wrong, f1_of) == 1.0


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson_holds_its_value(successes, n):
    interval = wilson(min(successes, n), n)
    assert 0 <= interval.low <= interval.value + 1e-12
    assert interval.value - 1e-12 <= interval.high <= 1
