"""Spam comes in runs: from evidence block by block to stretches of blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

ENTRY = 0.5
"""What it costs, in log-odds, to begin a run inside a page: a run needs more evidence than that."""
EXIT = 0.5
"""What it costs to end one before the page does: weak blocks between strong ones stay in the run."""
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of neighbouring blocks of a batch of pages.

    Attributes
    ----------
    pages : int64 array, shape (runs,)
    starts, stops : int64 arrays, shape (runs,)
        Run ``i`` holds blocks ``starts[i]`` to ``stops[i] - 1``, numbered through the batch.
    """

    pages: Ints
    starts: Ints
    stops: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, chosen: npt.NDArray[np.bool_]) -> Runs:
        return Runs(self.pages[chosen], self.starts[chosen], self.stops[chosen])

    def sums(self, values: npt.NDArray[np.bool_] | Ints) -> Ints:
        """Add up the values of each run's blocks, given for all blocks; shape (runs,)."""
        before = np.concatenate(([0], np.cumsum(values)))
        sums: Ints = before[self.stops] - before[self.starts]
        return sums

    def cover(self, blocks: int) -> npt.NDArray[np.bool_]:
        """Return which of so many blocks stand in a run, shape (blocks,)."""
        edges = np.zeros(blocks + 1, dtype=np.int64)
        edges[self.starts] += 1
        edges[self.stops] -= 1
        return np.cumsum(edges[:-1]) > 0


def find_runs(log_odds: Floats, offsets: Ints) -> Runs:
    """Find the stretches that are likeliest spam as wholes.

    The best path through two states, genuine and spam, with a price on
    each change between them inside a page (Viterbi 1967): the blocks of a run
    stand in for one another, and so do those of the article around it. A run
    begins and ends with a block that is likelier spam than not: a genuine
    paragraph that only stands beside spam is no part of it. Linear in the blocks.

    Parameters
    ----------
    log_odds : float32 array, shape (blocks,)
        That each block is spam.
    offsets : int64 array, shape (pages + 1,)
        The blocks of page ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``.
    """
    pages, starts, stops = [], [], []
    for page in _suspected(log_odds, offsets).tolist():
        first = int(offsets[page])
        for start, stop in _best_runs(log_odds[first : offsets[page + 1]].tolist()):
            pages.append(page)
            starts.append(first + start)
            stops.append(first + stop)
    if not pages:
        return Runs(_NONE, _NONE, _NONE)
    likely = np.flatnonzero(log_odds > 0)
    return Runs(
        np.array(pages),
        likely[np.searchsorted(likely, starts)],
        likely[np.searchsorted(likely, stops) - 1] + 1,
    )


def _suspected(log_odds: Floats, offsets: Ints) -> Ints:
    """Return the pages with a block that is more likely spam than not: others can have no run."""
    likely = np.concatenate(([0], np.cumsum(log_odds > 0)))[offsets]
    return np.flatnonzero(likely[1:] > likely[:-1])


def _best_runs(log_odds: list[float]) -> list[tuple[int, int]]:
    """Return the runs of one page: first block, block after the last."""
    genuine, spam = 0.0, -ENTRY
    genuine_before: list[bool] = []
    spam_before: list[bool] = []
    for value in log_odds:
        leaving, entering = spam - EXIT, genuine - ENTRY
        genuine_before.append(leaving > genuine)
        spam_before.append(spam >= entering)
        genuine, spam = max(genuine, leaving), max(spam, entering) + value
    inside = spam > genuine
    runs = []
    stop = len(log_odds)
    for place in range(len(log_odds) - 1, -1, -1):
        before = spam_before[place] if inside else genuine_before[place]
        if inside and not before:
            runs.append((place, stop))
        elif before and not inside:
            stop = place
        inside = before
    if inside:
        runs.append((0, stop))
    return runs[::-1]
