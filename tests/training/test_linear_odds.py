"""Fitting a weighted sum of features on few examples."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn")

from filter.training.linear_odds import fit_linear_odds

TARGET = np.array([False, True] * 20)
EVEN = np.ones(40, dtype=np.float32)


def test_what_goes_with_the_target_counts_for_it_and_what_goes_against_it_against() -> None:
    matrix = np.stack([TARGET, ~TARGET], axis=1).astype(np.float32)
    fitted = fit_linear_odds(matrix, TARGET, EVEN)
    assert fitted.weights[0] > 0 > fitted.weights[1]
    assert (fitted.decision(matrix) > fitted.decision(matrix).mean()).tolist() == TARGET.tolist()


def test_units_of_a_feature_change_nothing() -> None:
    matrix = np.random.default_rng(0).normal(TARGET[:, None], 1, size=(40, 3)).astype(np.float32)
    scaled = matrix * np.array([1, 1000, 0.001], dtype=np.float32)
    odds = [fit_linear_odds(own, TARGET, EVEN).decision(own) for own in (matrix, scaled)]
    assert np.allclose(*odds, atol=1e-4)


def test_a_feature_that_is_never_known_or_never_changes_has_no_weight() -> None:
    matrix = np.stack([TARGET, np.full(40, np.nan), np.full(40, 7.0)], axis=1).astype(np.float32)
    fitted = fit_linear_odds(matrix, TARGET, EVEN)
    assert fitted.weights[1:].tolist() == [0, 0]
    other = matrix.copy()
    other[:, 1] = 99
    assert fitted.decision(other).tolist() == fitted.decision(matrix).tolist()


def test_a_value_that_is_missing_here_and_there_counts_as_the_mean() -> None:
    matrix = TARGET[:, None].astype(np.float32)
    matrix[:10] = np.nan
    fitted = fit_linear_odds(matrix, TARGET, EVEN)
    assert fitted.centres.tolist() == [0.5]


def test_examples_count_by_their_weight() -> None:
    matrix = np.ones((40, 1), dtype=np.float32)
    heavy = np.where(TARGET, 3, 1).astype(np.float32)
    assert fit_linear_odds(matrix, TARGET, heavy).bias == pytest.approx(np.log(3), abs=0.01)
