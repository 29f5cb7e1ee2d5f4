"""Exact nearest neighbours: cosine by hand, ties, and as many as there are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import nearest_vectors, unit_vectors


def test_the_nearest_by_angle_whatever_the_lengths():
    vectors = unit_vectors(["a", "b", "c"], np.array([[10.0, 0.0], [1.0, 1.0], [0.0, -2.0]]))
    found = nearest_vectors([3.0, 0.0], vectors, 2)
    assert [id_ for id_, _ in found] == ["a", "b"]
    assert [similarity for _, similarity in found] == pytest.approx([1.0, 0.70710678])


def test_ties_are_in_the_order_of_ids_also_at_the_cut():
    vectors = unit_vectors(["d", "c", "b", "a"], np.ones((4, 3)))
    assert [id_ for id_, _ in nearest_vectors([1.0, 1.0, 1.0], vectors, 3)] == ["a", "b", "c"]


def test_a_vector_of_length_zero_is_like_nothing():
    vectors = unit_vectors(["a", "b"], np.array([[0.0, 0.0], [-1.0, 0.0]]))
    assert nearest_vectors([1.0, 0.0], vectors, 5) == [("a", 0.0), ("b", -1.0)]


@given(st.integers(1, 30), st.integers(1, 40))
def test_the_cut_keeps_the_best_of_the_whole_order(size, count):
    rows = np.random.default_rng(size).standard_normal((size, 4))
    vectors = unit_vectors([f"v{i:02}" for i in range(size)], rows)
    whole = nearest_vectors([1.0, 2.0, 3.0, 4.0], vectors, size)
    assert nearest_vectors([1.0, 2.0, 3.0, 4.0], vectors, count) == whole[:count]
