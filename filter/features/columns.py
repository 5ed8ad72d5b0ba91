"""Named feature columns on their way into a matrix."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Columns:
    """Collects feature columns of equal length by name, in order."""

    __slots__ = ("_arrays",)

    def __init__(self) -> None:
        self._arrays: dict[str, npt.NDArray[np.generic]] = {}

    @property
    def names(self) -> list[str]:
        """Of the columns, in order."""
        return list(self._arrays)

    def add(self, name: str, values: npt.NDArray[np.generic]) -> None:
        """Add a column, shape (rows,)."""
        self._arrays[name] = values

    def __getitem__(self, name: str) -> npt.NDArray[np.generic]:
        return self._arrays[name]

    def matrix(self) -> Floats:
        """Return the columns as one float32 matrix, shape (rows, columns), column-major."""
        columns = list(self._arrays.values())
        matrix = np.empty((len(columns), len(columns[0])), dtype=np.float32)
        for place, values in enumerate(columns):
            matrix[place] = values
        return matrix.T
