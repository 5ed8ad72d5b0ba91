"""What a text is about: a vector whose direction two parts of one story share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, require_buckets
from filter.features.tone import bucket
from filter.features.words import Words

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

SHORTEST_WORD = 3
"""Bytes; shorter words say little of a story, and there are many."""
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Topic:
    """A vector for each bucket of word stems.

    Attributes
    ----------
    table : int8 array, shape (2**bits, dimensions)
        Learned so that paragraphs of one article point the same way, and
        those of different articles in one language do not.

    Raises
    ------
    ModelError
        If the table has another shape.
    """

    table: npt.NDArray[np.int8]

    def __post_init__(self) -> None:
        require_buckets("table", self.table, self.table.shape[-1])

    def vectors(self, words: Words) -> Floats:
        """Add up the vectors of each text's words.

        Returns
        -------
        float32 array, shape (texts, dimensions)
            Not normalised: a longer text has a longer vector, so that the
            vector of several texts together is the sum of theirs.
        """
        rows = self.table.take(bucket(words.stems, self.table), axis=0)
        rows[words.lengths < SHORTEST_WORD] = 0
        return words.sums(rows)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The plain arrays that :meth:`from_arrays` takes."""
        return {"table": self.table}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Topic:
        """Put together what :meth:`to_arrays` took apart."""
        return cls(arrays["table"])


def cosine(first: npt.NDArray[np.floating], second: npt.NDArray[np.floating]) -> Doubles:
    """Return the cosine between rows; NaN where either has no length."""
    product = np.einsum("ij,ij->i", first, second)
    lengths = np.einsum("ij,ij->i", first, first) * np.einsum("ij,ij->i", second, second)
    result: Doubles = np.where(lengths > _SMALL, product / np.sqrt(np.maximum(lengths, _SMALL)), np.nan)
    return result
