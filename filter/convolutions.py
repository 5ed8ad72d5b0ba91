"""A convolutional network over the blocks of pages, evaluated by numpy.

Trees see what stands around a block through features made by hand. The network
reads all features of the blocks around it: each layer looks at a block and at
the one some way above and below it, so that after the last a block has heard
of all within reach. Nothing is heard across a page's edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, require_shape
from filter.features.hashed import rounded
from filter.spreads import distances, require_spreads

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

SIDES = (-1, 0, 1)
"""What a layer looks at: as far above a block as it reaches, the block itself, as far below."""

_WINDOW = 512
"""Blocks at a time: what that takes stays in the processor's cache, however long a page is."""
_MULTIPLIED_AT_ONCE = 1 << 18
"""Multiplications up to which OpenBLAS, numpy's usual library, starts no threads (``interface/gemm.c``):
for matrices as small as these, threads cost more than they save."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """Where nearly all values of each feature lie: what makes features of all kinds alike.

    Attributes
    ----------
    centres, spreads : float32 arrays, shape (features,)
        Middle and half the width of each range.
    missing : int64 array, shape (flags,)
        The features of which it is told, too, whether they are missing.

    Raises
    ------
    ModelError
        If the shapes do not belong together, or a spread is not positive.
    """

    centres: Floats
    spreads: Floats
    missing: Ints

    def __post_init__(self) -> None:
        require_shape("centres", self.centres, (self.centres.size,))
        require_shape("spreads", self.spreads, self.centres.shape)
        require_shape("missing", self.missing, (self.missing.size,))
        require_spreads(self.spreads)

    @property
    def width(self) -> int:
        """How many columns :meth:`scaled` returns."""
        return len(self.centres) + len(self.missing)

    def scaled(self, matrix: Floats) -> Floats:
        """Return each value's place in its feature's range, from -1 to 1; then what is missing, as 0 and 1.

        What lies outside counts as if at the range's edge, and a missing value as if in the middle.

        Parameters
        ----------
        matrix : float32 array, shape (blocks, features)
            NaN stands for a missing value.

        Returns
        -------
        float32 array, shape (blocks, features + flags)
        """
        places = distances(matrix, self.centres, self.spreads, 1)
        return np.hstack((places, np.isnan(matrix[:, self.missing])), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class BlockConvolutions:
    """Residual convolutions over blocks (He et al. 2016; van den Oord et al. 2016), without normalisation.

    Attributes
    ----------
    ranges : Ranges
        Of the features.
    entry : float array, shape (features + flags, width)
    entry_bias : float array, shape (width,)
    around : float array, shape (layers, 3, width, width)
        Weights of the blocks above, amid and below: see `SIDES`.
    around_bias : float array, shape (layers, width)
    onward : float array, shape (layers, width, width)
        What a layer adds to what is known of a block.
    onward_bias : float array, shape (layers, width)
    reaches : int array, shape (layers,)
        How many blocks up and down each layer looks.
    exit : float array, shape (width,)
    bias : float

    Raises
    ------
    ModelError
        If the shapes do not belong together.
    """

    ranges: Ranges
    entry: Doubles
    entry_bias: Doubles
    around: Doubles
    around_bias: Doubles
    onward: Doubles
    onward_bias: Doubles
    reaches: Ints
    exit: Doubles
    bias: float

    def __post_init__(self) -> None:
        layers, width = self.reaches.size, self.exit.size
        shapes = {
            "reaches": (layers,),
            "exit": (width,),
            "entry": (self.ranges.width, width),
            "entry_bias": (width,),
            "around": (layers, len(SIDES), width, width),
            "around_bias": (layers, width),
            "onward": (layers, width, width),
            "onward_bias": (layers, width),
        }
        for name, shape in shapes.items():
            require_shape(name, getattr(self, name), shape)

    @property
    def reach(self) -> int:
        """How many blocks up and down the network hears of in all."""
        return int(self.reaches.sum())

    def decision(self, matrix: Floats, page_of_block: Ints) -> Floats:
        """Judge every block of some pages.

        Sums are taken in double precision, and the results rounded (see
        :func:`filter.features.hashed.rounded`): so no page's depend on the
        pages around it.

        Parameters
        ----------
        matrix : float32 array, shape (blocks, features)
            NaN stands for a missing value.
        page_of_block : int64 array, shape (blocks,)
            The number of each block's page; a page's blocks stand one after another.

        Returns
        -------
        float32 array, shape (blocks,)
            Log-odds.

        Raises
        ------
        ValueError
            If the matrix has another number of features.
        """
        features = len(self.ranges.centres)
        if matrix.shape[1] != features:
            raise ValueError(f"the network reads {features} features, not {matrix.shape[1]}")
        odds = np.empty(len(matrix), dtype=np.float64)
        for first in range(0, len(matrix), _WINDOW):
            last = min(first + _WINDOW, len(matrix))
            low, high = max(first - self.reach, 0), min(last + self.reach, len(matrix))
            window = slice(low, high)
            judged = self._judge(self.ranges.scaled(matrix[window]), page_of_block[window])
            odds[first:last] = judged[first - low : last - low]
        return rounded(odds)

    def _judge(self, scaled: Floats, page_of_block: Ints) -> Doubles:
        known = np.maximum(product(scaled.astype(np.float64), self.entry) + self.entry_bias, 0)
        layers = zip(self.reaches, self.around, self.around_bias, self.onward, self.onward_bias, strict=True)
        for reach, around, around_bias, onward, onward_bias in layers:
            heard = np.tile(around_bias, (len(known), 1))
            for side, weights in zip(SIDES, around, strict=True):
                heard += product(beside(known, side * int(reach), page_of_block), weights)
            known += product(np.maximum(heard, 0), onward) + onward_bias
        odds: Doubles = np.maximum(known, 0) @ self.exit + self.bias
        return odds

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        return {
            "centres": self.ranges.centres,
            "spreads": self.ranges.spreads,
            "missing": self.ranges.missing.astype(np.int32),
            "reaches": self.reaches.astype(np.int32),
            "bias": np.array(self.bias, dtype=np.float32),
        } | {name: getattr(self, name).astype(np.float16) for name in _WEIGHTS}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> BlockConvolutions:
        """Make the network that :meth:`to_arrays` took apart."""
        return cls(
            Ranges(arrays["centres"], arrays["spreads"], arrays["missing"].astype(np.int64)),
            reaches=arrays["reaches"].astype(np.int64),
            bias=float(arrays["bias"]),
            **{name: arrays[name].astype(np.float64) for name in _WEIGHTS},
        )


_WEIGHTS = ("entry", "entry_bias", "around", "around_bias", "onward", "onward_bias", "exit")


def product(values: Doubles, weights: Doubles) -> Doubles:
    """Multiply two matrices on one thread, some rows at a time."""
    rows, (inputs, outputs) = len(values), weights.shape
    together = max(_MULTIPLIED_AT_ONCE // max(inputs * outputs, 1), 1)
    whole = rows - rows % together
    if not whole:
        return values @ weights
    parts = values[:whole].reshape(whole // together, together, inputs) @ weights
    rest = values[whole:] @ weights
    result: Doubles = np.concatenate((parts.reshape(whole, outputs), rest))
    return result


def beside(values: Doubles, step: int, page_of_block: Ints) -> Doubles:
    """Return what stands so many blocks below each block of its page, or above it if negative; else 0.

    Parameters
    ----------
    values : float64 array, shape (blocks, width)
    step : int
    page_of_block : int64 array, shape (blocks,)
    """
    if step == 0:
        return values
    result = np.zeros_like(values)
    here, there = (slice(None, -step), slice(step, None)) if step > 0 else (slice(-step, None), slice(step))
    together = page_of_block[here] == page_of_block[there]
    np.copyto(result[here], values[there], where=together[:, None])
    return result
