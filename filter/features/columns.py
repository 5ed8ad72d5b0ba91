"""Named feature columns on their way into a matrix."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Columns:
    """Collects feature columns of equal length by name, in order."""

    __slots__ = ("_arrays", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self._arrays: list[npt.NDArray[np.generic]] = []

    def add(self, name: str, values: npt.NDArray[np.generic]) -> None:
        """Add a column, shape (rows,)."""
        self.names.append(name)
        self._arrays.append(values)

    def __getitem__(self, name: str) -> npt.NDArray[np.generic]:
        return self._arrays[self.names.index(name)]

    def matrix(self) -> Floats:
        """Return the columns as one float32 matrix, shape (rows, columns), column-major."""
        rows = len(self._arrays[0])
        matrix = np.empty((len(self._arrays), rows), dtype=np.float32)
        for place, values in enumerate(self._arrays):
            matrix[place] = values
        return matrix.T
