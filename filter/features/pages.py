"""A page as a whole: what tells spam from end to end."""

from __future__ import annotations

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
        The blocks labelled spam.
    """
    result = Columns()
    pages = len(offsets) - 1
    page = np.repeat(np.arange(pages), np.diff(offsets))
    words = counts.astype(np.float64)
    total = np.bincount(page, weights=words, minlength=pages)
    result.add("blocks", np.log1p(np.diff(offsets)))
    result.add("words", np.log1p(total))
    result.add("words a block", total / np.maximum(np.diff(offsets), 1))
    result.add("share of spam", _mean(spam.astype(np.float64), words, page, pages))
    result.add("evidence", _mean(np.clip(evidence, -8, 8).astype(np.float64), words, page, pages))
    for name in AVERAGED:
        result.add(name, _mean(columns[name].astype(np.float64), words, page, pages))
    for name in SPREAD:
        values = columns[name].astype(np.float64)
        long_enough = np.where(words >= 8, values, np.nan)
        for rank, extreme in (("highest", np.fmax), ("lowest", np.fmin)):
            found = np.full(pages, np.nan)
            extreme.at(found, page, long_enough)
            result.add(f"{rank} {name}", found)
        mean = _mean(values, words, page, pages)
        result.add(f"{name}, variance", _mean((values - mean[page]) ** 2, words, page, pages))
    return result


def _mean(values: Doubles, weights: Doubles, page: npt.NDArray[np.int64], pages: int) -> Doubles:
    """Average over each page what is known; NaN where nothing is."""
    known = ~np.isnan(values)
    held = np.where(known, weights, 0)
    sums = np.bincount(page, weights=np.where(known, values, 0) * held, minlength=pages)
    total = np.bincount(page, weights=held, minlength=pages)
    mean: Doubles = np.where(total > 0, sums / np.maximum(total, 1), np.nan)
    return mean
