"""Log-odds calibrated on what came true (Platt 1999)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression


def fit_platt(
    log_odds: npt.NDArray[np.float32],
    came_true: npt.NDArray[Any],
    weights: npt.NDArray[np.float32] | None = None,
) -> tuple[float, float]:
    """Fit the logistic curve through what came true; return its slope and intercept.

    Parameters
    ----------
    log_odds : float32 array, shape (n,)
        By a model that never saw what it judges here.
    came_true : array of 0 and 1, shape (n,)
    weights : float32 array, shape (n,), optional
        How much each counts; all alike if left out.
    """
    if weights is not None:
        weights = weights * (len(weights) / weights.sum())
    fitted = LogisticRegression(C=1e6).fit(log_odds[:, None], came_true, sample_weight=weights)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
