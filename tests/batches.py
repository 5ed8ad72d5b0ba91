"""Small batches of pages, and arrays of what is decided about their blocks."""

from __future__ import annotations

import numpy as np

from filter.features.batch import Batch, gather
from filter.page import text_page


def pages_of(*lengths: list[int]) -> Batch:
    """Make plain-text pages whose blocks have so many words."""
    return gather([text_page(["word " * (length - 1) + "end" for length in page]) for page in lengths])


def floats(*values: float) -> np.ndarray:
    """Make an array of probabilities."""
    return np.array(values, dtype=np.float32)


def flags(*values: int) -> np.ndarray:
    """Make an array of truth values."""
    return np.array(values, dtype=bool)
