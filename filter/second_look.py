"""The second look at every block, in the light of the first at all of its page.

Trees look at all blocks. What they doubt, a convolutional network judges beside
them: each errs in its own way. Far from any doubt it would say what they say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, join, part
from filter.convolutions import BlockConvolutions
from filter.trees import ObliviousTrees

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Judges blocks by trees, and by a network where the trees are not sure that the answer is no.

    Attributes
    ----------
    trees : ObliviousTrees
    network : BlockConvolutions, optional
        Its log-odds and the trees' are averaged on blocks that it is asked about.
    doubtful : float
        The trees' log-odds above which it is asked about a block, and about those within its reach.
    """

    trees: ObliviousTrees
    network: BlockConvolutions | None = None
    doubtful: float = -np.inf

    def decision(self, matrix: Floats, page_of_block: Ints, network_share: float = 0.5) -> Floats:
        """Return each block's log-odds, shape (blocks,).

        Parameters
        ----------
        matrix : float32 array, shape (blocks, features)
        page_of_block : int64 array, shape (blocks,)
            The number of each block's page, from the first to the last.
        network_share : float
            What the network's log-odds count, 0 to 1; the trees' count the rest.

        Raises
        ------
        ValueError
            If the network is for another number of features, whether it is asked or not.
        """
        odds = self.trees.decision(matrix)
        if self.network is None:
            return odds
        asked = within_reach(odds > self.doubtful, page_of_block, self.network.reach)
        # Blocks that nobody asks about part those on each side of them, as a page's edge does.
        stretches = page_of_block + np.cumsum(~asked)
        heard = self.network.decision(matrix[asked], stretches[asked])
        odds[asked] = odds[asked] * np.float32(1 - network_share) + heard * np.float32(network_share)
        return odds

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        if self.network is None:
            return self.trees.to_arrays()
        doubtful = {"doubtful": np.array(self.doubtful, dtype=np.float32)}
        return self.trees.to_arrays() | doubtful | join({"network": self.network.to_arrays()})

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> SecondLook:
        """Put together what :meth:`to_arrays` took apart."""
        trees, network = ObliviousTrees.from_arrays(arrays), part(arrays, "network")
        if not network:
            return cls(trees)
        return cls(trees, BlockConvolutions.from_arrays(network), float(arrays["doubtful"]))


def within_reach(flags: Flags, page_of_block: Ints, reach: int) -> Flags:
    """Tell which blocks stand at most so many blocks above or below a flagged one of their page.

    Parameters
    ----------
    flags : bool array, shape (blocks,)
    page_of_block : int64 array, shape (blocks,)
        See :meth:`SecondLook.decision`.
    reach : int
    """
    return (
        _at_most_below(flags, page_of_block, reach)
        | _at_most_below(flags[::-1], page_of_block[::-1], reach)[::-1]
    )


def _at_most_below(flags: Flags, page_of_block: Ints, reach: int) -> Flags:
    places = np.arange(len(flags))
    flagged = np.maximum.accumulate(np.where(flags, places, -1))
    near: Flags = (flagged >= 0) & (places - flagged <= reach) & (page_of_block[flagged] == page_of_block)
    return near
