"""Trees taken out of CatBoost decide as CatBoost does."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from filter.errors import CallerError
from filter.training.trees import from_catboost

catboost = pytest.importorskip("catboost")


def table(seed: int, rows: int = 600) -> NDArray[np.float32]:
    """Random columns, one in ten values missing."""
    random = np.random.default_rng(seed)
    matrix = random.normal(size=(rows, 6)).astype(np.float32)
    matrix[random.random(matrix.shape) < 0.1] = np.nan
    return matrix


def settings(**more: object) -> dict[str, object]:
    return {
        "iterations": 30,
        "depth": 4,
        "random_seed": 1,
        "verbose": False,
        "thread_count": 1,
        "allow_writing_files": False,
    } | more


def test_decisions_are_the_raw_predictions_missing_values_included() -> None:
    train, test = table(1), table(2)
    target = np.nan_to_num(train[:, 0]) * np.nan_to_num(train[:, 1]) > 0
    model = catboost.CatBoostClassifier(**settings()).fit(train, target)
    decision = from_catboost(model).decision(test)
    assert decision == pytest.approx(model.predict(test, prediction_type="RawFormulaVal"), abs=1e-5)


def test_decisions_of_several_classes_are_the_raw_predictions() -> None:
    train, test = table(3), table(4)
    target = np.digitize(np.nan_to_num(train[:, 2]), [-0.5, 0.5])
    model = catboost.CatBoostClassifier(**settings(loss_function="MultiClass")).fit(train, target)
    decision = from_catboost(model).decision(test)
    assert decision.shape == (600, 3)
    assert decision == pytest.approx(model.predict(test, prediction_type="RawFormulaVal"), abs=1e-5)


def test_trees_shallower_than_the_deepest_decide_alike() -> None:
    train = table(5)
    target = np.nan_to_num(train[:, 0]) > 0
    model = catboost.CatBoostClassifier(**settings(depth=6)).fit(train[:, :1] > 0, target)
    rows = np.array([[0.0], [1.0]], dtype=np.float32)
    expected = model.predict(rows, prediction_type="RawFormulaVal")
    assert from_catboost(model).decision(rows) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("wrong", [{"grow_policy": "Depthwise"}, {"nan_mode": "Max"}])
def test_models_that_would_decide_otherwise_are_refused(wrong: dict[str, object]) -> None:
    train = table(6)
    model = catboost.CatBoostClassifier(**settings(**wrong)).fit(train, np.nan_to_num(train[:, 0]) > 0)
    with pytest.raises(CallerError):
        from_catboost(model)
