"""The second look at every block, in the light of the first at all of its page.

Trees look at all blocks. What they doubt, a convolutional network judges beside
them: each errs in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays
from filter.second_opinion import SecondOpinion
from filter.trees import ObliviousTrees

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Judges blocks by trees, and by a network where the trees are not sure that the answer is no.

    Attributes
    ----------
    trees : ObliviousTrees
    opinion : SecondOpinion, optional
        Its log-odds and the trees' are averaged on blocks that it is asked about.
    """

    trees: ObliviousTrees
    opinion: SecondOpinion | None = None

    def decision(self, matrix: Floats, page_of_block: Ints) -> Floats:
        """Return each block's log-odds, shape (blocks,).

        Parameters
        ----------
        matrix : float32 array, shape (blocks, features)
        page_of_block : int64 array, shape (blocks,)
            The number of each block's page, from the first to the last.

        Raises
        ------
        ValueError
            If the network is for another number of features, whether it is asked or not.
        """
        odds = self.trees.decision(matrix)
        if self.opinion is None:
            return odds
        mean: Floats = (odds + self.opinion.revised(odds, matrix, page_of_block)) / np.float32(2)
        return mean

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        return self.trees.to_arrays() | (self.opinion.to_arrays() if self.opinion else {})

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> SecondLook:
        """Put together what :meth:`to_arrays` took apart."""
        has_opinion = any(name == "doubtful" or name.startswith("network.") for name in arrays)
        opinion = SecondOpinion.from_arrays(arrays) if has_opinion else None
        return cls(ObliviousTrees.from_arrays(arrays), opinion)
