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
    return BlockConvolutions(
        Ranges(
            centres=np.zeros(features, dtype=np.float32),
            spreads=np.ones(features, dtype=np.float32),
            missing=np.zeros(0, dtype=np.int64),
        ),
        entry=np.zeros((features, 1)),
        entry_bias=np.zeros(1),
        around=np.zeros((0, len(SIDES), 1, 1)),
        around_bias=np.zeros((0, 1)),
        onward=np.zeros((0, 1, 1)),
        onward_bias=np.zeros((0, 1)),
        reaches=np.zeros(0, dtype=np.int64),
        exit=np.zeros(1),
        bias=odds,
    )
