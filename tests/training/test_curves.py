"""Curves against counts by hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

pytest.importorskip("sklearn")

from hypothesis import given
from hypothesis import strategies as st

from filter.training.curves import POINTS, precision_recall, reliability

Floats = npt.NDArray[np.float32]


def floats(*values: float) -> Floats:
    """An array as curves read it."""
    return np.array(values, dtype=np.float32)


def at(curve: dict[str, list[dict[str, float]]], probability: float) -> tuple[float, float]:
    """Precision and recall at a probability."""
    (point,) = [point for point in curve["points"] if point["probability"] == probability]
    return point["precision"], point["recall"]


class TestPrecisionRecall:
    CHANCES = floats(0.99, 0.8, 0.5, 0.4, 0.1)
    TRUTH = np.array([1, 0, 1, 1, 0], dtype=np.int8)

    def test_blocks_are_taken_from_the_probability_on(self) -> None:
        curve = precision_recall(self.CHANCES, self.TRUTH, np.ones(5, dtype=np.float32))
        assert at(curve, 0.5) == (pytest.approx(2 / 3), pytest.approx(2 / 3))

    def test_blocks_count_by_their_weights(self) -> None:
        curve = precision_recall(self.CHANCES, self.TRUTH, floats(1, 4, 1, 2, 1))
        assert at(curve, 0.5) == (pytest.approx(2 / 6), pytest.approx(2 / 4))
        # Blocks of weight 1 and 1 found at precision 1 and 2/6, the last of weight 2 at 4/8.
        assert curve["average precision"] == pytest.approx((1 * 1 + 1 * 2 / 6 + 2 * 4 / 8) / 4)

    def test_everything_is_taken_at_one_end_and_little_at_the_other(self) -> None:
        points = precision_recall(self.CHANCES, self.TRUTH, np.ones(5, dtype=np.float32))["points"]
        assert points[0] | {"probability": 0} == {
            "probability": 0,
            "precision": pytest.approx(3 / 5),
            "recall": 1,
        }
        assert points[-1] | {"probability": 1} == {
            "probability": 1,
            "precision": 1,
            "recall": pytest.approx(1 / 3),
        }
        assert points[-1]["probability"] < 0.99

    @given(st.lists(st.tuples(st.floats(0, 1, width=32), st.booleans()), min_size=1, max_size=60))
    def test_every_point_is_a_count_over_the_blocks_taken(self, blocks: list[tuple[float, bool]]) -> None:
        chances = floats(*(chance for chance, _ in blocks), 0.7)
        truth = np.array([*(true for _, true in blocks), True])
        points = precision_recall(chances, truth, np.ones(len(truth), dtype=np.float32))["points"]
        assert len(points) <= POINTS
        for point in points:
            taken = chances >= np.float32(point["probability"])
            assert point["precision"] == pytest.approx((taken & truth).sum() / taken.sum())
            assert point["recall"] == pytest.approx((taken & truth).sum() / truth.sum())


class TestReliability:
    def test_each_bin_states_its_weighted_means(self) -> None:
        bins = reliability(floats(0.1, 0.19, 0.2), np.array([0, 1, 1], dtype=np.int8), floats(1, 3, 1))
        assert bins == [
            {"stated": pytest.approx((0.1 + 3 * 0.19) / 4), "true": pytest.approx(3 / 4), "blocks": 2},
            {"stated": pytest.approx(0.2), "true": 1, "blocks": 1},
        ]

    def test_certainty_is_in_the_last_bin(self) -> None:
        (last,) = reliability(floats(0.95, 1), np.array([True, True]), floats(1, 1))
        assert last["blocks"] == 2

    def test_a_bin_without_weight_is_left_out(self) -> None:
        assert reliability(floats(0.5), np.array([True]), floats(0)) == []
