"""Where blocks stand on their pages, and sums over stretches of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

_FAR = 2.0**14
"""More than any score: keeps running extremes inside their page."""
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Places:
    """Where each block stands: index arrays that all features share, shape (blocks,)."""

    own: Ints
    starts: Ints
    stops: Ints

    @classmethod
    def of(cls, offsets: Ints) -> Places:
        """Number the blocks of pages through."""
        counts = np.diff(offsets)
        return cls(np.arange(offsets[-1]), np.repeat(offsets[:-1], counts), np.repeat(offsets[1:], counts))

    @property
    def pages(self) -> Ints:
        """The page of each block, counted from the first that has any, shape (blocks,)."""
        return np.cumsum(self.own == self.starts) - 1

    def shifted(self, values: npt.NDArray[np.generic], step: int) -> Floats:
        """Return the values ``step`` blocks on, shape as given; NaN beyond the page."""
        there = self.own + step
        inside = (there >= self.starts) & (there < self.stops)
        there[~inside] = 0
        result = values[there].astype(np.float32)
        result[~inside] = np.nan
        return result

    def highest_before(self, values: Doubles) -> Floats:
        """Return the highest value of earlier blocks of the page; NaN for its first block."""
        lift = _beside(self.pages * _FAR, values)
        highest = np.maximum.accumulate(_exact(values) + lift) - lift
        return self.shifted(highest, -1)

    def highest_after(self, values: Doubles) -> Floats:
        """Return the highest value of later blocks of the page; NaN for its last block."""
        lift = _beside((self.pages.max(initial=0) - self.pages) * _FAR, values)
        highest = np.maximum.accumulate((_exact(values) + lift)[::-1])[::-1] - lift
        return self.shifted(highest, 1)


@dataclass(frozen=True, slots=True)
class Means:
    """Averages of values over stretches of blocks, by weight.

    Attributes
    ----------
    sums : float64 array, shape (blocks + 1, ...)
        Running sums of the values times their weights.
    weights : float64 array, shape (blocks + 1, ...)
        Running sums of the weights.
    """

    sums: Doubles
    weights: Doubles

    @classmethod
    def of(cls, values: Doubles, weights: npt.NDArray[np.floating]) -> Means:
        """Add up values by weight; those of shape (blocks, several) take weights of shape (blocks, 1)."""
        return cls(running(values * weights), running(weights))

    def over(self, first: Ints, last: Ints) -> Doubles:
        """Average over blocks ``first`` to ``last - 1``; NaN where there are none."""
        mean: Doubles = (self.sums[last] - self.sums[first]) / (
            self.weights[last] - self.weights[first] + _SMALL
        )
        mean[last <= first] = np.nan
        return mean


def _beside(column: npt.NDArray[np.floating], values: npt.NDArray[np.generic]) -> npt.NDArray[np.floating]:
    """Return a column in a shape that adds up with the values."""
    return column.reshape(-1, *[1] * (values.ndim - 1))


def running(values: npt.NDArray[np.generic]) -> Doubles:
    """Return the sum of all values before each place, and of all, shape (values + 1, ...).

    Real values are rounded: see :func:`filter.features.hashed.rounded`.
    """
    sums = np.zeros((len(values) + 1, *values.shape[1:]))
    exact = _exact(values) if values.dtype.kind == "f" else values
    exact.cumsum(axis=0, out=sums[1:])
    return sums


def _exact(values: npt.NDArray[np.generic]) -> Doubles:
    """Round to multiples of 2**-24, whose sums over any batch are exact."""
    rounded: Doubles = np.rint(values.astype(np.float64) * 2.0**24) / 2.0**24
    return rounded
