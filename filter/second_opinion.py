"""A network's opinion on blocks that a quicker judge does not surely deny.

Far from any doubt it would say what the first judge says, and take longer for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, join, part
from filter.convolutions import BlockConvolutions

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A network, and when it is asked.

    Attributes
    ----------
    network : BlockConvolutions
    doubtful : float
        The first judge's log-odds above which it is asked about a block, and about those within its reach.
    """

    network: BlockConvolutions
    doubtful: float = -np.inf

    def revised(self, odds: Floats, matrix: Floats, page_of_block: Ints) -> Floats:
        """Return the first judge's log-odds, with the network's in their place where it is asked.

        Parameters
        ----------
        odds : float32 array, shape (blocks,)
        matrix : float32 array, shape (blocks, features)
        page_of_block : int64 array, shape (blocks,)
            The number of each block's page, from the first to the last.

        Raises
        ------
        ValueError
            If the network is for another number of features, whether it is asked or not.
        """
        asked, revised = within_reach(odds > self.doubtful, page_of_block, self.network.reach), odds.copy()
        # Blocks that nobody asks about part those on each side of them, as a page's edge does.
        stretches = page_of_block + np.cumsum(~asked)
        revised[asked] = self.network.decision(matrix[asked], stretches[asked])
        return revised

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        doubtful = {"doubtful": np.array(self.doubtful, dtype=np.float32)}
        return doubtful | join({"network": self.network.to_arrays()})

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> SecondOpinion:
        """Put together what :meth:`to_arrays` took apart."""
        return cls(BlockConvolutions.from_arrays(part(arrays, "network")), float(arrays["doubtful"]))


def within_reach(flags: Flags, page_of_block: Ints, reach: int) -> Flags:
    """Tell which blocks stand at most so many blocks above or below a flagged one of their page.

    Parameters
    ----------
    flags : bool array, shape (blocks,)
    page_of_block : int64 array, shape (blocks,)
        See :meth:`SecondOpinion.revised`.
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
