"""The network over blocks: what it hears of, how far, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filter.convolutions import (
    _MULTIPLIED_AT_ONCE,
    _WINDOW,
    SIDES,
    BlockConvolutions,
    Ranges,
    beside,
    product,
)
from filter.errors import ModelError

FEATURES, WIDTH = 5, 4


def ranges(spreads: Any) -> Ranges:
    """Around zero; it is told whether the last feature is missing."""
    return Ranges(np.zeros(FEATURES, dtype=np.float32), spreads.astype(np.float32), np.array([FEATURES - 1]))


def network(reaches: tuple[int, ...] = (1, 2), seed: int = 0) -> BlockConvolutions:
    """Weights by chance; the last feature may be missing."""
    random = np.random.default_rng(seed)
    layers = len(reaches)
    return BlockConvolutions(
        ranges(np.ones(FEATURES)),
        entry=random.normal(size=(FEATURES + 1, WIDTH)),
        entry_bias=random.normal(size=WIDTH),
        around=random.normal(size=(layers, len(SIDES), WIDTH, WIDTH)),
        around_bias=random.normal(size=(layers, WIDTH)),
        onward=random.normal(size=(layers, WIDTH, WIDTH)),
        onward_bias=random.normal(size=(layers, WIDTH)),
        reaches=np.array(reaches, dtype=np.int64),
        exit=random.normal(size=WIDTH),
        bias=0.5,
    )


def single() -> BlockConvolutions:
    """One number of each block, laid bare: its own, and ten times that of the block above."""
    one = np.ones((1, 1))
    return BlockConvolutions(
        Ranges(np.array([10], dtype=np.float32), np.array([2], dtype=np.float32), np.array([0])),
        entry=np.array([[1.0], [5.0]]),
        entry_bias=np.zeros(1),
        around=np.array([[[[10.0]], [[0.0]], [[0.0]]]]),
        around_bias=np.zeros((1, 1)),
        onward=one[None],
        onward_bias=np.zeros((1, 1)),
        reaches=np.array([1]),
        exit=np.ones(1),
        bias=-1.0,
    )


def matrix(blocks: int, seed: int = 1) -> Any:
    return np.random.default_rng(seed).normal(size=(blocks, FEATURES)).astype(np.float32)


def judge(model: BlockConvolutions, *pages: Any) -> list[list[float]]:
    offsets = np.concatenate(([0], np.cumsum([len(page) for page in pages]))).astype(np.int64)
    page_of_block = np.repeat(np.arange(len(pages)), np.diff(offsets))
    odds = model.decision(np.vstack(pages).astype(np.float32), page_of_block)
    return [odds[start:stop].tolist() for start, stop in pairwise(offsets)]


@pytest.mark.parametrize(
    ("value", "odds"),
    [(10, -1.0), (11, -0.5), (12, 0.0), (13, 0.0), (8, -1.0), (np.inf, 0.0), (-np.inf, -1.0), (np.nan, 4.0)],
)
def test_a_value_counts_by_its_place_in_the_range_and_a_missing_one_by_its_flag(
    value: float, odds: float
) -> None:
    assert judge(single(), np.array([[value]])) == [[odds]]


def test_a_block_hears_of_the_block_above_on_its_own_page_alone() -> None:
    low, high = [10.0], [12.0]
    assert judge(single(), np.array([high, low, low])) == [[0.0, 9.0, -1.0]]
    assert judge(single(), np.array([high]), np.array([low, low])) == [[0.0], [-1.0, -1.0]]


def test_blocks_within_reach_are_heard_of_and_no_others() -> None:
    model = network(reaches=(1, 2, 4))
    assert model.reach == 7
    blocks = matrix(40)
    (before,) = judge(model, blocks)
    blocks[20] = -blocks[20]
    (after,) = judge(model, blocks)
    changed = [place for place in range(40) if before[place] != after[place]]
    assert changed
    assert min(changed) >= 20 - 7
    assert max(changed) <= 20 + 7
    assert 20 - 7 in changed or 20 + 7 in changed


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(0, 99))
@settings(deadline=None)
def test_a_pages_odds_do_not_depend_on_the_pages_around_it(sizes: list[int], seed: int) -> None:
    pages = [matrix(size, seed + place) for place, size in enumerate(sizes)]
    model = network(seed=seed)
    assert judge(model, *pages) == [judge(model, page)[0] for page in pages]


@pytest.mark.parametrize("blocks", [_WINDOW - 1, _WINDOW, _WINDOW + 1, 2 * _WINDOW + 3])
def test_a_long_page_is_judged_as_if_at_once(blocks: int) -> None:
    model, page = network(), matrix(blocks)
    (odds,) = judge(model, page)
    for middle in range(model.reach, blocks - model.reach, 97):
        near = page[middle - model.reach : middle + model.reach + 1]
        assert judge(model, near)[0][model.reach] == odds[middle]


def test_no_blocks_have_no_odds() -> None:
    assert judge(network(), matrix(0)) == [[]]


@pytest.mark.parametrize("step", [-8, -7, -3, -1, 0, 1, 3, 7, 8])
def test_what_lies_beyond_a_pages_edge_is_nothing(step: int) -> None:
    values = np.arange(1.0, 8.0)[:, None]
    pages = np.array([0, 0, 0, 1, 1, 1, 1])
    held = dict(enumerate(values[:, 0].tolist()))
    expected = [
        held[place + step] if place + step in held and pages[place + step] == pages[place] else 0.0
        for place in held
    ]
    assert beside(values, step, pages)[:, 0].tolist() == expected


@pytest.mark.parametrize("rows", [0, 1, 63, 64, 65, 200])
def test_a_product_is_the_same_however_it_is_cut(rows: int) -> None:
    random = np.random.default_rng(rows)
    together, outputs = 64, 8
    values = random.normal(size=(rows, _MULTIPLIED_AT_ONCE // together // outputs))
    weights = random.normal(size=(values.shape[1], outputs))
    assert product(values, weights) == pytest.approx(values @ weights, abs=1e-9)


def test_weights_of_no_width_make_a_product_of_none() -> None:
    assert product(np.ones((5, 3)), np.ones((3, 0))).shape == (5, 0)


def test_arrays_make_the_same_network_again() -> None:
    kept = BlockConvolutions.from_arrays(network().to_arrays())
    again = BlockConvolutions.from_arrays(kept.to_arrays())
    assert judge(again, matrix(20)) == judge(kept, matrix(20))
    assert judge(kept, matrix(20))[0] == pytest.approx(judge(network(), matrix(20))[0], rel=0.02, abs=0.05)


@pytest.mark.parametrize("name", ["entry", "entry_bias", "around", "around_bias", "onward", "onward_bias"])
def test_arrays_that_do_not_belong_together_are_refused(name: str) -> None:
    model = network()
    with pytest.raises(ModelError, match=f"'{name}' has the shape .*: train the model again"):
        replace(model, **{name: getattr(model, name)[:-1]})


@pytest.mark.parametrize("spreads", [FEATURES - 1, FEATURES + 1])
def test_another_number_of_spreads_than_of_centres_is_refused(spreads: int) -> None:
    with pytest.raises(ModelError, match=r"'spreads' has the shape .*: train the model again"):
        ranges(np.ones(spreads))


@pytest.mark.parametrize("spread", [0.0, -1.0, np.nan])
def test_a_spread_that_is_not_positive_is_refused(spread: float) -> None:
    with pytest.raises(ModelError, match="spread of a feature must be above 0"):
        ranges(np.full(FEATURES, spread))


def test_a_matrix_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="features, not"):
        judge(network(), np.zeros((3, FEATURES + 1)))
