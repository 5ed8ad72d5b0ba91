"""Which block is the headline of its page, and what only says it again."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter.features.batch import Batch

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

LEAST_TITLE = 0.3
"""The likeliest headline of a page is its title if it is at least this likely."""


def choose_titles(batch: Batch, probabilities: Floats) -> Flags:
    """Choose the likeliest headline of each page, if it is likely enough.

    Parameters
    ----------
    probabilities : float32 array, shape (blocks,)
        Of being the headline.
    """
    best = np.full(len(batch.pages), LEAST_TITLE)
    np.maximum.at(best, batch.page_of_block, probabilities)
    hits = np.flatnonzero(probabilities == best[batch.page_of_block])
    chosen = np.zeros(batch.blocks, dtype=bool)
    # The first of equals: a headline stands above its repeats.
    _, first = np.unique(batch.page_of_block[hits], return_index=True)
    chosen[hits[first]] = True
    return chosen


def drop_repeats(batch: Batch, main: Flags, titles: Flags) -> Flags:
    """Take the headline, and what repeats it word for word, out of the main content.

    Parameters
    ----------
    main, titles : bool arrays, shape (blocks,)

    Returns
    -------
    bool array, shape (blocks,)
        The main content without them.
    """
    result = main & ~titles
    for headline in np.flatnonzero(titles).tolist():
        place = batch.page_of_block[headline]
        start = batch.offsets[place]
        texts = batch.pages[place].texts
        wanted = batch.text(headline).casefold()
        # A character casefolds to three at most; most blocks are left out by their lengths alone.
        least, most = -(-len(wanted) // 3), len(wanted)
        repeats = [
            start + block
            for block, text in enumerate(texts)
            if least <= len(text) <= most and text.casefold() == wanted
        ]
        result[repeats] = False
    return result


def without_site_name(title: str, site_name: str | None = None) -> str:
    """Cut what follows the headline off a page's title: its section, its site.

    Behind a bar stands either, if it is shorter than what stands before; behind
    a dash, which headlines have too, the site's name alone.

    Parameters
    ----------
    title : str
    site_name : str, optional
        If the page declares it.
    """
    head, dash, tail = max((title.rpartition(f" {dash} ") for dash in _DASHES), key=lambda cut: len(cut[0]))
    if dash and site_name and tail.strip().casefold() == site_name.strip().casefold():
        title = head
    for bar in _BARS:
        mark, stop = f" {bar} ", len(title)
        while (start := title.rfind(mark, 0, stop)) >= 0 and start > stop - start - len(mark):
            stop = start
        title = title[:stop]
    return title.strip()


_BARS, _DASHES = ("|", "·", "»", "::"), ("-", "–", "—")
