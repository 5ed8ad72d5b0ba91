"""A page as a whole: what tells spam from end to end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.columns import Columns
from filter.features.places import Doubles, Floats, Ints
from filter.features.wording import TONES

AVERAGED = (
    *TONES,
    "capitalised words",
    "upper case",
    "words a sentence",
    "digits",
    "quotes",
    "commas",
    "sentence ends",
    "symbols",
    "separators",
    "topic against rest",
    "topic against title",
    "names seen elsewhere",
    "long words seen elsewhere",
    "names seen in the title",
    "long words seen in the title",
    "names seen in furniture",
    "long words seen in furniture",
    "topic strength",
    "link density",
    "new domains",
    "heading",
    "list item",
)
"""Features of blocks that are averaged over a page by the words of the blocks."""
SPREAD = TONES
"""Features of blocks whose extremes are looked at too."""


@dataclass(frozen=True, slots=True)
class Averages:
    """Averages over the blocks of each page, by the words of the blocks.

    Attributes
    ----------
    pages : int
    page : int64 array, shape (blocks,)
        The page of each block.
    words : float64 array, shape (blocks,)
    """

    pages: int
    page: Ints
    words: Doubles

    @classmethod
    def of(cls, offsets: Ints, counts: Ints) -> Averages:
        """Weigh the blocks of pages.

        Parameters
        ----------
        offsets : int64 array, shape (pages + 1,)
        counts : int64 array, shape (blocks,)
            Words of each block.
        """
        pages = len(offsets) - 1
        return cls(pages, np.repeat(np.arange(pages), np.diff(offsets)), counts.astype(np.float64))

    def mean(self, values: npt.NDArray[np.generic]) -> Doubles:
        """Average over each page what is known, shape (pages,); NaN where nothing is."""
        exact = values.astype(np.float64)
        known = ~np.isnan(exact)
        held = np.where(known, self.words, 0)
        sums = np.bincount(self.page, weights=np.where(known, exact, 0) * held, minlength=self.pages)
        total = np.bincount(self.page, weights=held, minlength=self.pages)
        mean: Doubles = np.where(total > 0, sums / np.maximum(total, 1), np.nan)
        return mean

    def evidence(self, log_odds: Floats) -> Doubles:
        """Average the log-odds that blocks are spam; those beyond 8 count no more."""
        return self.mean(np.clip(log_odds, -8, 8))


def page_features(
    offsets: Ints, counts: Ints, columns: Columns, evidence: Floats, spam: npt.NDArray[np.bool_]
) -> Columns:
    """Compute the features of every page.

    Parameters
    ----------
    offsets : int64 array, shape (pages + 1,)
    counts : int64 array, shape (blocks,)
        Words of each block.
    columns : Columns
        See :func:`filter.features.spam.spam_features`.
    evidence : float32 array, shape (blocks,)
        Log-odds that each block is spam.
    spam : bool array, shape (blocks,)
        The blocks likelier spam than not.
    """
    result = Columns()
    averages = Averages.of(offsets, counts)
    pages, page, words = averages.pages, averages.page, averages.words
    total = np.bincount(page, weights=words, minlength=pages)
    result.add("blocks", np.log1p(np.diff(offsets)))
    result.add("words", np.log1p(total))
    result.add("words a block", total / np.maximum(np.diff(offsets), 1))
    result.add("share of spam", averages.mean(spam))
    result.add("evidence", averages.evidence(evidence))
    for name in AVERAGED:
        result.add(name, averages.mean(columns[name]))
    for name in SPREAD:
        values = columns[name].astype(np.float64)
        long_enough = np.where(words >= 8, values, np.nan)
        for rank, extreme in (("highest", np.fmax), ("lowest", np.fmin)):
            found = np.full(pages, np.nan)
            extreme.at(found, page, long_enough)
            result.add(f"{rank} {name}", found)
        mean = averages.mean(values)
        result.add(f"{name}, variance", averages.mean((values - mean[page]) ** 2))
    return result
