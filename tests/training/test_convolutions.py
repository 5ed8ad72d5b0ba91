"""Fitting the network over blocks: it learns what only a block's neighbours tell."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

from filter.convolutions import BlockConvolutions
from filter.training.convolutions import LONGEST, cut_up, fit_convolutions
from filter.training.labels import UNKNOWN

PAGES, BLOCKS = 60, 30


def rows(seed: int = 0) -> tuple[Any, Any, list[tuple[int, int]]]:
    """Pages on which a block is main content if the block two above it has the mark."""
    random = np.random.default_rng(seed)
    matrix = random.normal(size=(PAGES * BLOCKS, 3)).astype(np.float32)
    matrix[:, 0] = random.random(len(matrix)) < 0.5
    matrix[random.random(len(matrix)) < 0.2, 2] = np.nan
    pages = [(start, start + BLOCKS) for start in range(0, len(matrix), BLOCKS)]
    main = np.zeros(len(matrix), dtype=np.int8)
    for start, stop in pages:
        main[start + 2 : stop] = matrix[start : stop - 2, 0]
    return matrix, main, pages


def even(main: Any) -> Any:
    return np.full(len(main), 1 / BLOCKS, dtype=np.float32)


def fit(main: Any, matrix: Any, pages: list[tuple[int, int]], epochs: int = 40) -> BlockConvolutions:
    return fit_convolutions(matrix, main, even(main), pages, epochs)


def pages_of(pages: list[tuple[int, int]]) -> Any:
    return np.repeat(np.arange(len(pages)), BLOCKS)


def test_what_stands_two_blocks_above_is_learned() -> None:
    matrix, main, pages = rows()
    model = fit(main, matrix, pages)
    strange, wanted, _ = rows(seed=1)
    right = (model.decision(strange, pages_of(pages)) > 0) == (wanted == 1)
    assert right.mean() > 0.97


def test_blocks_that_nobody_judged_and_pages_not_chosen_teach_nothing() -> None:
    matrix, main, pages = rows()
    main[:40] = UNKNOWN
    first = fit(main, matrix, pages[:30], epochs=1)
    weights = even(main)
    weights[:40] = 5
    main[30 * BLOCKS :] = 1
    matrix[30 * BLOCKS :] = 9
    again = fit_convolutions(matrix, main, weights, pages[:30], epochs=1)
    assert [array.tolist() for array in again.to_arrays().values()] == [
        array.tolist() for array in first.to_arrays().values()
    ]


def test_the_file_keeps_the_network_to_the_last_bit() -> None:
    matrix, main, pages = rows()
    model = fit(main, matrix, pages, epochs=1)
    again = BlockConvolutions.from_arrays(model.to_arrays())
    numbers = pages_of(pages)
    assert again.decision(matrix, numbers).tolist() == model.decision(matrix, numbers).tolist()


def test_features_that_are_often_missing_have_a_flag() -> None:
    matrix, main, pages = rows()
    model = fit(main, matrix, pages, epochs=1)
    assert model.ranges.missing.tolist() == [2]


def test_a_feature_that_never_changes_and_one_that_is_never_known_do_no_harm() -> None:
    matrix, main, pages = rows()
    matrix[:, 1] = 7
    matrix[:, 2] = np.nan
    model = fit(main, matrix, pages, epochs=1)
    assert np.isfinite(model.decision(matrix, pages_of(pages))).all()


@pytest.mark.parametrize(
    ("blocks", "lengths"),
    [(0, []), (1, [1]), (LONGEST, [LONGEST]), (LONGEST + 1, [LONGEST // 2, LONGEST // 2 + 1])],
)
def test_long_pages_are_cut_up_evenly(blocks: int, lengths: list[int]) -> None:
    parts = cut_up(5, 5 + blocks)
    assert [stop - start for start, stop in parts] == lengths
    assert all(first[1] == second[0] for first, second in pairwise(parts))
