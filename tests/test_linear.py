"""Log-odds as a weighted sum: what counts, how far, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.errors import ModelError
from filter.linear import FARTHEST, LinearOdds


def floats(*values: float) -> Any:
    return np.array(values, dtype=np.float32)


def model() -> LinearOdds:
    """Two features, of which the second speaks against."""
    return LinearOdds(centres=floats(10, 0), spreads=floats(2, 1), weights=floats(1, -3), bias=0.5)


@pytest.mark.parametrize(
    ("row", "odds"),
    [
        ((10, 0), 0.5),
        ((12, 0), 1.5),
        ((12, 1), -1.5),
        ((np.nan, 1), -2.5),
        ((np.nan, np.nan), 0.5),
        ((10 + 2 * FARTHEST, 0), 0.5 + FARTHEST),
        ((10 + 2 * FARTHEST + 1, 0), 0.5 + FARTHEST),
        ((10 - 2 * FARTHEST - 1, 0), 0.5 - FARTHEST),
        ((10 + 2 * FARTHEST - 1, 0), 0.5 + FARTHEST - 0.5),
        ((np.inf, 0), 0.5 + FARTHEST),
    ],
)
def test_features_count_by_their_spread_up_to_a_bound_and_unknown_ones_not(
    row: tuple[float, float], odds: float
) -> None:
    assert model().decision(floats(*row)[None]).tolist() == [odds]


@given(st.lists(st.lists(st.floats(-1e6, 1e6, width=32), min_size=40, max_size=40), min_size=1, max_size=9))
def test_a_rows_odds_do_not_depend_on_the_others(rows: list[list[float]]) -> None:
    random = np.random.default_rng(0)
    centres, weights = random.normal(size=(2, 40)).astype(np.float32)
    known = LinearOdds(centres, np.full(40, 1e5, dtype=np.float32), weights, 0.1)
    matrix = np.array(rows, dtype=np.float32)
    alone = [known.decision(matrix[place : place + 1]).tolist()[0] for place in range(len(rows))]
    assert known.decision(matrix).tolist() == alone


def test_no_rows_have_no_odds() -> None:
    assert model().decision(np.zeros((0, 2), dtype=np.float32)).tolist() == []


def test_arrays_make_the_same_model_again() -> None:
    again = LinearOdds.from_arrays(model().to_arrays())
    assert again.decision(floats(13, 2)[None]).tolist() == model().decision(floats(13, 2)[None]).tolist()


@pytest.mark.parametrize(
    ("centres", "spreads", "weights"),
    [
        (floats(0), floats(1, 1), floats(1, 1)),
        (floats(0, 0), floats(1), floats(1, 1)),
        (floats(0, 0), floats(1, 1), floats(1)),
        (floats(0)[None], floats(1)[None], floats(1)[None]),
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(centres: Any, spreads: Any, weights: Any) -> None:
    with pytest.raises(ModelError, match=r"shape \(features,\): train the model again"):
        LinearOdds(centres, spreads, weights, 0.0)


@pytest.mark.parametrize("spread", [0.0, -1.0, np.nan])
def test_a_spread_that_is_not_positive_is_refused(spread: float) -> None:
    with pytest.raises(ModelError, match="spread of a feature must be above 0"):
        LinearOdds(floats(0), floats(spread), floats(1), 0.0)
