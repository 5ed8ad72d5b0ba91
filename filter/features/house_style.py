"""House style: a paper sets its marks in one way, and texts put into its pages are set in another.

Nothing of this is learned from words, so it holds for sellers and languages never seen.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter.features.columns import Columns
from filter.features.places import Doubles, Places, running
from filter.features.words import Words, split_words

HABITS = ("apostrophes", "quotation marks", "dashes", "spaces at dashes", "percentages")
"""What is put in one of two ways, in order."""
_PERCENT = split_words(["percent cent prozent procent persen ciento cento"]).hashes
"""How languages of Europe, and Indonesian, write "percent" out, or the last word of it."""
_SURE = 3.0
"""Log-odds beyond which more marks of one habit count no more."""


def add_house_style(columns: Columns, words: Words, places: Places) -> None:
    """Add how each block is set, how the rest of its page is, and how well the two agree.

    Parameters
    ----------
    columns : Columns
        Gets the new columns.
    words : Words
        Of the blocks.
    places : Places
        Of the same blocks.
    """
    ways = two_ways(words)
    sums = running(ways)
    before, from_here = sums[places.own] - sums[places.starts], sums[places.stops] - sums[places.own]
    rest = before + from_here - ways
    agrees = agreement(ways, rest)
    own_shares, shares_of_the_rest = _shares(ways), _shares(rest)
    for number, name in enumerate(HABITS):
        columns.add(name, own_shares[:, number])
        columns.add(f"{name} of the rest", shares_of_the_rest[:, number])
        columns.add(f"{name} agree", agrees[:, number])
    columns.add("style agrees with the rest", agrees.sum(axis=1))
    columns.add("style agrees with before", agreement(ways, before).sum(axis=1))
    columns.add("style from here agrees with before", agreement(from_here, before).sum(axis=1))


def two_ways(words: Words) -> Doubles:
    """Count the marks of each habit that are put in the one way and in the other.

    Returns
    -------
    float64 array, shape (texts, habits, 2)
    """
    # The two ways of a habit are two marks, one behind the other.
    ways: Doubles = words.marks.reshape(-1, len(HABITS), 2).astype(np.float64)
    ways[:, HABITS.index("percentages"), 1] += words.sums(np.isin(words.hashes, _PERCENT))
    return ways


def agreement(own: Doubles, others: Doubles) -> Doubles:
    """Return how much likelier some marks are by the habits of other texts than by none.

    Parameters
    ----------
    own, others : float64 arrays, shape (blocks, habits, 2)
        See :func:`two_ways`.

    Returns
    -------
    float64 array, shape (blocks, habits)
        Log-odds, between -3 and 3; 0 where either text has no such mark. The
        habits of the others are estimated by Laplace's rule, half a mark for each way.
    """
    first, second = others[..., 0] + 0.5, others[..., 1] + 0.5
    both = first + second
    odds = own[..., 0] * np.log(2 * first / both) + own[..., 1] * np.log(2 * second / both)
    clipped: Doubles = np.clip(odds, -_SURE, _SURE)
    return clipped


def _shares(ways: Doubles) -> npt.NDArray[np.float64]:
    """Return the share of marks that are put in the second way; NaN where there are none."""
    total = ways.sum(axis=-1)
    return np.where(total > 0, ways[..., 1] / np.maximum(total, 1), np.nan)
