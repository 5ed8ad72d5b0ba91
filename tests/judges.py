"""Judges of blocks made by hand."""

from __future__ import annotations

import numpy as np

from filter.convolutions import SIDES, BlockConvolutions, Ranges
from filter.trees import ObliviousTrees


def stump(column: int, border: float, below: float, above: float) -> ObliviousTrees:
    """A model that asks one question."""
    return ObliviousTrees([[column]], [[border]], [[below, above]])


def steady(features: int, odds: float) -> BlockConvolutions:
    """A network of no layers that says the same of every block."""
    return hearing(0, features, odds)


def hearing(reach: int, features: int = 1, odds: float = 0.0) -> BlockConvolutions:
    """A network that adds up the features of the blocks within its reach, by one layer, and some log-odds."""
    layers = int(reach > 0)
    return BlockConvolutions(
        Ranges(
            centres=np.zeros(features, dtype=np.float32),
            spreads=np.ones(features, dtype=np.float32),
            missing=np.zeros(0, dtype=np.int64),
        ),
        entry=np.full((features, 1), layers),
        entry_bias=np.zeros(1),
        around=np.ones((layers, len(SIDES), 1, 1)),
        around_bias=np.zeros((layers, 1)),
        onward=np.ones((layers, 1, 1)),
        onward_bias=np.zeros((layers, 1)),
        reaches=np.full(layers, reach),
        exit=np.full(1, layers),
        bias=odds,
    )
