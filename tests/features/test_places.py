"""Places: sums, averages and extremes that end where a page does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.features.places import Means, Places, running


def test_neighbours_end_with_the_page() -> None:
    places = Places.of(np.array([0, 2, 3]))
    values = np.array([1.0, 2.0, 3.0])
    assert places.shifted(values, 1).tolist() == pytest.approx([2, np.nan, np.nan], nan_ok=True)
    assert places.shifted(values, -1).tolist() == pytest.approx([np.nan, 1, np.nan], nan_ok=True)


def test_the_highest_before_and_after_are_those_of_the_page() -> None:
    places = Places.of(np.array([0, 3, 5]))
    values = np.array([4.0, 9.0, 2.0, -7.0, -8.0])
    before, after = places.highest_before(values).tolist(), places.highest_after(values).tolist()
    assert before == pytest.approx([np.nan, 4, 9, np.nan, -7], nan_ok=True)
    assert after == pytest.approx([9, 2, np.nan, -8, np.nan], nan_ok=True)


def test_means_are_weighted_and_unknown_over_nothing() -> None:
    means = Means.of(np.array([1.0, 4.0]), np.array([2.0, 1.0]))
    found = means.over(np.array([0, 1, 1]), np.array([2, 2, 1])).tolist()
    assert found == pytest.approx([2, 4, np.nan], nan_ok=True, abs=1e-5)


def test_several_values_share_their_weights() -> None:
    means = Means.of(np.array([[1.0, 10.0], [4.0, 40.0]]), np.array([[2.0], [1.0]]))
    assert means.over(np.array([0]), np.array([2]))[0].tolist() == pytest.approx([2, 20], abs=1e-4)


@given(st.lists(st.floats(-50, 50, width=32), min_size=2, max_size=20), st.data())
def test_a_sum_over_a_stretch_is_the_same_wherever_it_stands(
    values: list[float], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(values) - 1))
    alone, among = running(np.array(values[start:])), running(np.array(values))
    assert (among[start:] - among[start]).tolist() == alone.tolist()


@pytest.mark.parametrize("way", ["highest_before", "highest_after"])
@pytest.mark.parametrize("own_place", [0, 1])
def test_the_highest_is_the_same_to_the_last_bit_beside_a_page_of_any_length(
    way: str, own_place: int
) -> None:
    random = np.random.default_rng(0)
    own, other = random.normal(size=3), random.normal(size=200_000)
    alone = getattr(Places.of(np.array([0, 3])), way)(own)
    counts, values = [3, 200_000], [own, other]
    if own_place:
        counts, values = counts[::-1], values[::-1]
    offsets = np.concatenate(([0], np.cumsum(counts)))
    together = getattr(Places.of(offsets), way)(np.concatenate(values))
    start = offsets[own_place]
    assert np.array_equal(together[start : start + 3], alone, equal_nan=True)
