"""Features made alike: distances from a centre, in spreads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from filter.spreads import distances

CENTRES, SPREADS = np.array([10, 0], dtype=np.float32), np.array([2, 4], dtype=np.float32)


@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_values_count_by_their_spread_up_to_a_bound_at_the_matrix_s_precision(precision: Any) -> None:
    matrix = np.array([[11, 4], [15.9, -12], [16.1, -99], [np.inf, -np.inf]], dtype=precision)
    found = distances(matrix, CENTRES, SPREADS, 3)
    assert found.dtype == precision
    assert found == pytest.approx(np.array([[0.5, 1], [2.95, -3], [3, -3], [3, -3]]))


def test_a_missing_value_counts_as_the_centre_and_stays_missing_where_it_was() -> None:
    matrix = np.array([[np.nan, 4]], dtype=np.float32)
    assert distances(matrix, CENTRES, SPREADS, 3).tolist() == [[0, 1]]
    assert np.isnan(matrix[0, 0])
