"""Curves of the model card, as few plain values: they travel in the model file."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, precision_recall_curve

Floats = npt.NDArray[np.float32]
Truth = npt.NDArray[np.int8] | npt.NDArray[np.bool_]

BINS = 10
"""Bins of the reliability diagram, of equal width."""
POINTS = 49
"""Points of a curve of precision and recall; with an odd number, one of them is at the probability 0.5."""
_FARTHEST = 7.0
"""Log-odds of the curve's last point, and on the other side of its first."""


def precision_recall(chances: Floats, truth: Truth, weights: Floats) -> dict[str, Any]:
    """Work out precision and recall at probabilities whose log-odds are evenly spaced.

    Both ends of the curve are where its use is: points evenly spaced in the probability would miss them.

    Parameters
    ----------
    chances : float32 array, shape (blocks,)
        Stated probabilities.
    truth : int8 or bool array, shape (blocks,)
        1 where it came true, else 0; one block at least is of each kind.
    weights : float32 array, shape (blocks,)
        How much each block counts.

    Returns
    -------
    dict
        ``"average precision"``, from all blocks; and ``"points"``, each with the ``"probability"`` from which
        on a block is taken, ``"precision"`` and ``"recall"``. Points at which none is taken are left out.
    """
    precision, recall, probabilities = precision_recall_curve(truth, chances, sample_weight=weights)
    wanted = 1 / (1 + np.exp(-np.linspace(-_FARTHEST, _FARTHEST, POINTS)))
    places = np.searchsorted(probabilities, wanted.astype(chances.dtype))
    return {
        "average precision": float(average_precision_score(truth, chances, sample_weight=weights)),
        "points": [
            {"probability": float(least), "precision": float(precision[at]), "recall": float(recall[at])}
            for least, at in zip(wanted, places, strict=True)
            if at < len(probabilities)
        ],
    }


def reliability(chances: Floats, truth: Truth, weights: Floats) -> list[dict[str, float]]:
    """Hold stated probabilities against what came true, bin by bin.

    Parameters
    ----------
    chances : float32 array, shape (blocks,)
    truth : int8 or bool array, shape (blocks,)
    weights : float32 array, shape (blocks,)
        How much each block counts.

    Returns
    -------
    list of dict
        For each bin that holds a block: mean ``"stated"`` probability, ``"true"`` share, and how many
        ``"blocks"``.
    """
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    result = []
    for number in range(BINS):
        own = (bins == number) & (weights > 0)
        if own.any():
            stated = float(np.average(chances[own], weights=weights[own]))
            true = float(np.average(truth[own], weights=weights[own]))
            result.append({"stated": stated, "true": true, "blocks": int(own.sum())})
    return result
