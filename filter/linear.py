"""Log-odds as a weighted sum of features: for what there are too few examples of for trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays
from filter.errors import ModelError
from filter.spreads import distances, require_spreads

Floats = npt.NDArray[np.float32]

FARTHEST = 3.0
"""Spreads from its centre beyond which a feature counts no more: one odd value decides nothing by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class LinearOdds:
    """A logistic regression over standardised features.

    Attributes
    ----------
    centres, spreads : float32 arrays, shape (features,)
        Mean and standard deviation of each, where it was known.
    weights : float32 array, shape (features,)
        Of a feature one spread above its centre.
    bias : float

    Raises
    ------
    ModelError
        If the shapes do not belong together, or a spread is not positive.
    """

    centres: Floats
    spreads: Floats
    weights: Floats
    bias: float

    def __post_init__(self) -> None:
        if self.centres.ndim != 1 or not self.centres.shape == self.spreads.shape == self.weights.shape:
            raise ModelError(
                f"centres {self.centres.shape}, spreads {self.spreads.shape} and weights {self.weights.shape}"
                " must all have the shape (features,): train the model again"
            )
        require_spreads(self.spreads)

    def decision(self, matrix: Floats) -> Floats:
        """Return log-odds; those of a row are the same, to the last bit, whatever rows stand around it.

        Parameters
        ----------
        matrix : float32 array, shape (rows, features)
            NaN stands for a missing value: it counts as if at the centre.

        Returns
        -------
        float32 array, shape (rows,)

        Raises
        ------
        ValueError
            If the matrix has another number of features.
        """
        odds: Floats = ((self.standardised(matrix) * self.weights).sum(axis=1) + self.bias).astype(np.float32)
        return odds

    def standardised(self, matrix: Floats) -> npt.NDArray[np.float64]:
        """Return how many spreads each value is from its centre, at most ``FARTHEST``; 0 if it is missing."""
        return distances(matrix.astype(np.float64), self.centres, self.spreads, FARTHEST)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        return {
            "centres": self.centres,
            "spreads": self.spreads,
            "weights": self.weights,
            "bias": np.array(self.bias),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> LinearOdds:
        """Make the model that :meth:`to_arrays` took apart."""
        return cls(arrays["centres"], arrays["spreads"], arrays["weights"], float(arrays["bias"]))
