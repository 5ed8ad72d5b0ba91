"""The block classifier keeps the conventions of scikit-learn, and says what CatBoost says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

sklearn = pytest.importorskip("sklearn")
pytest.importorskip("catboost")

from sklearn.model_selection import cross_val_score
from sklearn.utils.estimator_checks import parametrize_with_checks

from filter.training.estimator import ObliviousTreesClassifier


@pytest.mark.skipif(not hasattr(sklearn.utils, "Tags"), reason="can't say that two classes are all it tells")
@parametrize_with_checks([ObliviousTreesClassifier(trees=30)])  # type: ignore[untyped-decorator]
def test_it_keeps_the_conventions_of_scikit_learn(estimator: Any, check: Any) -> None:
    check(estimator)


def ring(rows: int = 400) -> tuple[Any, Any]:
    """Points in and around a circle: no straight line tells them apart."""
    points = np.random.default_rng(0).normal(size=(rows, 2))
    return points, np.hypot(*points.T) > 1.1


def test_it_learns_what_is_not_linear() -> None:
    assert cross_val_score(ObliviousTreesClassifier(trees=60), *ring(), cv=4).mean() > 0.9


def test_shares_of_rows_and_columns_leave_it_deterministic() -> None:
    points, labels = ring()
    model = ObliviousTreesClassifier(trees=20, row_share=0.7, column_share=0.5)
    first, again = (model.fit(points, labels).decision_function(points) for _ in range(2))
    assert first.tolist() == again.tolist()


def test_a_missing_value_is_a_value_like_others() -> None:
    column = np.array([[np.nan]] * 20 + [[1.0]] * 20)
    model = ObliviousTreesClassifier(trees=20).fit(column, ["gone"] * 20 + ["there"] * 20)
    assert model.predict([[np.nan], [1.0]]).tolist() == ["gone", "there"]


@pytest.mark.parametrize("labels", [[1, 1, 1], [0, 1, 2]])
def test_one_class_or_three_are_refused(labels: list[int]) -> None:
    with pytest.raises(ValueError, match="binary"):
        ObliviousTreesClassifier().fit([[0.0], [1.0], [2.0]], labels)


def test_a_row_without_weight_is_as_good_as_absent() -> None:
    points, labels = ring()
    weights = np.arange(len(labels)) % 2
    weighted = ObliviousTreesClassifier(trees=20).fit(points, labels, weights=weights)
    chosen = ObliviousTreesClassifier(trees=20).fit(points[weights > 0], labels[weights > 0])
    assert weighted.decision_function(points).tolist() == chosen.decision_function(points).tolist()
