"""Oblivious trees: a row's answers, as bits, are its leaf."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.errors import ModelError
from filter.trees import MAXIMUM_DEPTH, ObliviousTrees


def two_questions() -> ObliviousTrees:
    """One tree: is column 0 above 1 (bit 0), is column 1 above 5 (bit 1)?"""
    return ObliviousTrees(
        features=np.array([[0, 1]]),
        borders=np.array([[1.0, 5.0]]),
        leaves=np.array([[10.0, 20.0, 30.0, 40.0]]),
        bias=0.5,
    )


@pytest.mark.parametrize(
    ("row", "decision"),
    [((0, 0), 10.5), ((2, 0), 20.5), ((0, 6), 30.5), ((2, 6), 40.5)],
)
def test_each_answer_sets_its_bit_of_the_leaf(row: tuple[float, float], decision: float) -> None:
    assert two_questions().decision(np.array([row], dtype=np.float32)) == [decision]


def test_a_value_on_the_border_is_not_above_it() -> None:
    border = np.float32(1.0)
    rows = np.array([[border, 0], [np.nextafter(border, np.float32(2)), 0]], dtype=np.float32)
    assert two_questions().decision(rows).tolist() == [10.5, 20.5]


def test_a_missing_value_is_above_no_border() -> None:
    trees = ObliviousTrees(np.array([[0]]), np.array([[-np.inf]]), np.array([[1.0, 2.0]]))
    assert trees.decision(np.array([[np.nan], [-1e30]], dtype=np.float32)).tolist() == [1.0, 2.0]


def test_trees_add_up() -> None:
    trees = ObliviousTrees(
        features=np.array([[0], [0]]),
        borders=np.array([[0.0], [1.0]]),
        leaves=np.array([[1.0, 2.0], [100.0, 200.0]]),
    )
    rows = np.array([[-1], [0.5], [3]], dtype=np.float32)
    assert trees.decision(rows).tolist() == [101.0, 102.0, 202.0]


def test_leaves_may_hold_a_value_for_each_class() -> None:
    trees = ObliviousTrees(
        np.array([[0]]),
        np.array([[0.0]]),
        np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]),
        np.array([0.0, 0.0, 10.0]),
    )
    rows = np.array([[-1], [1]], dtype=np.float32)
    assert trees.decision(rows).tolist() == [[1.0, 2.0, 13.0], [4.0, 5.0, 16.0]]


def test_no_rows_give_no_decisions() -> None:
    assert two_questions().decision(np.empty((0, 2), dtype=np.float32)).shape == (0,)


def random_trees(seed: int, trees: int = 40, depth: int = 5, columns: int = 7) -> ObliviousTrees:
    random = np.random.default_rng(seed)
    return ObliviousTrees(
        random.integers(0, columns, (trees, depth)),
        random.normal(size=(trees, depth)),
        random.normal(size=(trees, 2**depth)),
        1.0,
    )


@given(st.integers(0, 2**32 - 1), st.integers(1, 700))
def test_the_vectorised_decision_is_the_sum_over_trees_walked_one_by_one(seed: int, rows: int) -> None:
    trees = random_trees(seed)
    matrix = np.random.default_rng(seed + 1).normal(size=(rows, 7)).astype(np.float32)
    row = matrix[rows // 2]
    walked = 1.0
    for features, borders, leaves in zip(trees.features, trees.borders, trees.leaves, strict=True):
        leaf = sum(
            int(row[feature] > border) << level
            for level, (feature, border) in enumerate(zip(features, borders, strict=True))
        )
        walked += float(leaves[leaf])
    assert trees.decision(matrix)[rows // 2] == pytest.approx(walked, rel=1e-6, abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(0, 699))
def test_a_row_decides_alike_alone_and_in_company(seed: int, place: int) -> None:
    trees = random_trees(seed)
    matrix = np.random.default_rng(seed).normal(size=(700, 7)).astype(np.float32)
    assert trees.decision(matrix[place : place + 1])[0] == trees.decision(matrix)[place]


def test_arrays_make_the_same_ensemble_again_but_for_half_of_the_leaves_precision() -> None:
    trees = random_trees(3)
    matrix = np.random.default_rng(4).normal(size=(50, 7)).astype(np.float32)
    again = ObliviousTrees.from_arrays(trees.to_arrays())
    assert again.decision(matrix) == pytest.approx(trees.decision(matrix), abs=len(trees.leaves) * 2**-11)
    twice = ObliviousTrees.from_arrays(again.to_arrays())
    assert twice.decision(matrix).tolist() == again.decision(matrix).tolist()


def test_borders_keep_all_of_their_precision() -> None:
    border = np.nextafter(np.float32(1), np.float32(2))
    trees = ObliviousTrees(np.array([[0]]), np.array([[border]]), np.array([[1.0, 2.0]]))
    rows = np.array([[1], [border], [np.nextafter(border, np.float32(2))]], dtype=np.float32)
    assert ObliviousTrees.from_arrays(trees.to_arrays()).decision(rows).tolist() == [1.0, 1.0, 2.0]


def test_questions_of_one_column_and_of_one_border_are_told_apart() -> None:
    trees = ObliviousTrees(
        features=np.array([[0], [0], [1], [1]]),
        borders=np.array([[-1.0], [0.0], [-1.0], [np.inf]]),
        leaves=np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 4.0], [0.0, 8.0]]),
    )
    rows = np.array([[-2, -2], [-0.5, -2], [0.5, -2], [-2, 1e30], [0.5, np.inf]], dtype=np.float32)
    assert trees.decision(rows).tolist() == [0.0, 1.0, 3.0, 4.0, 7.0]


def test_the_width_is_the_columns_that_are_looked_at() -> None:
    assert two_questions().width == 2


def test_shapes_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ModelError, match="shape"):
        ObliviousTrees(np.zeros((2, 3)), np.zeros((2, 2)), np.zeros((2, 8)))
    with pytest.raises(ModelError, match="leaves"):
        ObliviousTrees(np.zeros((2, 3)), np.zeros((2, 3)), np.zeros((2, 4)))
    with pytest.raises(ModelError, match="bias"):
        ObliviousTrees(np.zeros((2, 3)), np.zeros((2, 3)), np.zeros((2, 8)), np.zeros(3))


def test_trees_may_be_as_deep_as_a_byte_can_number_and_no_deeper() -> None:
    for depth in (MAXIMUM_DEPTH, MAXIMUM_DEPTH + 1):
        arrays = np.zeros((1, depth)), np.zeros((1, depth)), np.zeros((1, 2**depth))
        if depth > MAXIMUM_DEPTH:
            with pytest.raises(ModelError, match="too deep"):
                ObliviousTrees(*arrays)
        else:
            assert ObliviousTrees(*arrays).decision(np.zeros((1, 1), dtype=np.float32)).tolist() == [0.0]
