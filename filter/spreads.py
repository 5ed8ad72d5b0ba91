"""Features of all kinds made alike: how far each value is from its feature's centre."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from filter.errors import ModelError

Floats = npt.NDArray[np.float32]
Number = TypeVar("Number", np.float32, np.float64)


def require_spreads(spreads: Floats) -> None:
    """Refuse spreads that nothing can be divided by.

    Raises
    ------
    ModelError
        If one is not positive.
    """
    if not (spreads > 0).all():
        raise ModelError("the spread of a feature must be above 0: train the model again")


def distances(
    matrix: npt.NDArray[Number], centres: Floats, spreads: Floats, farthest: float
) -> npt.NDArray[Number]:
    """Return how many spreads each value is from its feature's centre.

    Parameters
    ----------
    matrix : float array, shape (rows, features)
        NaN stands for a missing value: it counts as if at the centre.
    centres, spreads : float32 arrays, shape (features,)
    farthest : float
        Spreads beyond which a value counts no more.

    Returns
    -------
    float array, shape (rows, features)
        Of the precision that `matrix` has.
    """
    result: npt.NDArray[Number] = (matrix - centres) / spreads
    result[np.isnan(result)] = 0
    return np.clip(result, -farthest, farthest)
