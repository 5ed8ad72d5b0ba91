"""From a trained CatBoost model to arrays that need numpy alone."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from filter.errors import CallerError
from filter.trees import ObliviousTrees

if TYPE_CHECKING:
    from catboost import CatBoost

_NEVER = np.finfo(np.float32).max
"""A border that no value exceeds: it fills the levels that a shallow tree lacks."""


def from_catboost(model: CatBoost) -> ObliviousTrees:
    """Take a fitted CatBoost model apart.

    Parameters
    ----------
    model : catboost.CatBoost
        Fitted with the default ``grow_policy="SymmetricTree"`` on numeric
        columns only, and missing values below all others
        (``nan_mode="Min"``, the default).

    Returns
    -------
    ObliviousTrees
        Its decisions are the model's raw predictions
        (``prediction_type="RawFormulaVal"``) to within rounding.

    Raises
    ------
    CallerError
        When the model has trees of another kind, categorical columns, or
        missing values above all others.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        description = json.loads(path.read_text(encoding="utf-8"))
    trees = description.get("oblivious_trees")
    if not trees:
        raise CallerError("the model has no symmetric trees: fit it with grow_policy='SymmetricTree'")
    for column in description["features_info"].get("float_features", []):
        if column["nan_value_treatment"] == "AsTrue":
            raise CallerError("the model takes missing values for large ones: fit it with nan_mode='Min'")
    scale, bias = description["scale_and_bias"]
    classes = len(bias)
    depth = max(len(tree["splits"] or []) for tree in trees)
    features = np.zeros((len(trees), depth), dtype=np.int32)
    borders = np.full((len(trees), depth), _NEVER, dtype=np.float32)
    leaves = np.zeros((len(trees), 2**depth, classes), dtype=np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or []):
            features[number, level], borders[number, level] = _question(split)
        values = scale * np.asarray(tree["leaf_values"], dtype=np.float64).reshape(-1, classes)
        leaves[number, : len(values)] = values
    if classes == 1:
        return ObliviousTrees(features, borders, leaves[:, :, 0], float(bias[0]))
    return ObliviousTrees(features, borders, leaves, np.asarray(bias))


def _question(split: dict[str, Any]) -> tuple[int, float]:
    if split["split_type"] != "FloatFeature":
        raise CallerError("the model splits on categories: give CatBoost numeric columns only")
    return split["float_feature_index"], split["border"]
