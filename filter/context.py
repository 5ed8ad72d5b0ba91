"""Probabilities become labels: each block seen in its page.

Decided for whole pages at once: which blocks are main content, and which are
looked at as spam and told so. Which block is the headline is decided in
:mod:`filter.headline`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.article import Kind, Label
from filter.features.batch import Batch
from filter.page import KINDS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

LABELS = tuple(Label)
"""The order in which labels are numbered, and in which columns of probabilities stand."""
TITLE, ARTICLE, FURNITURE, SPAM = range(len(LABELS))
_HEADING = KINDS.index(Kind.HEADING)

LEAST_LIKELY = 0.08
"""A block less likely than this is not main content, however little else the page has."""

MOSTLY_SEEN = 0.3
"""Share of a page's main content that may be hidden and still be left out: of WCXB's articles, one in
forty hides some of its gold text, nearly always all of it; 0.1 % of their gold text is lost."""
COPY_WORDS = 12
"""A block of at least so many words that stands in the main content already is a copy: for another width of
screen, or for readers without scripts. Shorter ones may be said twice."""
SUSPECT_CHARACTERS = 40
"""A hidden block at least this long, in characters, is looked at as possible spam."""


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of a batch of pages.

    Attributes
    ----------
    labels : int8 array, shape (blocks,)
        As indices of ``LABELS``.
    probabilities : float32 array, shape (blocks, 4)
        In the order of ``LABELS``; rows sum to 1.
    """

    labels: npt.NDArray[np.int8]
    probabilities: Floats


def decide_main_content(batch: Batch, probabilities: Floats, beta: float) -> Flags:
    """Choose what is likeliest main content, then see to hidden text, headings and copies.

    Parameters
    ----------
    batch : Batch
    probabilities : float32 array, shape (blocks,)
        Of being main content.
    beta : float
        See :func:`choose_main_content`.

    Returns
    -------
    bool array, shape (blocks,)
    """
    main = leave_out_hidden(batch, choose_main_content(batch, probabilities, beta))
    return drop_copies(batch, keep_headings(batch, main, probabilities))


def choose_main_content(batch: Batch, probabilities: Floats, beta: float) -> Flags:
    """Choose, on each page, the blocks whose expected F-measure is highest.

    With calibrated probabilities, the best set holds the likeliest blocks down
    to some threshold of the page's own (Lipton, Elkan and Naryanaswamy 2014,
    "Optimal thresholding of classifiers to maximize F1 measure"): near one
    half where the page is clear, lower where it is not.

    Parameters
    ----------
    batch : Batch
    probabilities : float32 array, shape (blocks,)
        Of being main content.
    beta : float
        How many times more a lost genuine word costs than a kept foreign one.

    Returns
    -------
    bool array, shape (blocks,)
    """
    if not batch.blocks:
        return np.zeros(0, dtype=bool)
    lengths = batch.words.counts + 0.5
    order = np.lexsort((-probabilities, batch.page_of_block))
    likely = (probabilities * lengths)[order]
    found = _running_in_page(batch, likely)
    taken = _running_in_page(batch, lengths[order])
    hoped = np.bincount(batch.page_of_block, weights=likely, minlength=len(batch.pages))
    measure = (1 + beta**2) * found / (beta**2 * hoped[batch.page_of_block] + taken + 1e-9)
    best = np.full(len(batch.pages), -1.0)
    np.maximum.at(best, batch.page_of_block, measure)
    # Ties go to the longer list: what is kept can still be dropped by others.
    last = np.zeros(len(batch.pages), dtype=np.int64)
    hits = np.flatnonzero(measure == best[batch.page_of_block])
    last[batch.page_of_block[hits]] = hits
    chosen = np.zeros(batch.blocks, dtype=bool)
    chosen[order] = np.arange(batch.blocks) <= last[batch.page_of_block]
    return chosen & (probabilities >= LEAST_LIKELY) & (batch.words.counts > 0)


def leave_out_hidden(batch: Batch, main: Flags) -> Flags:
    """Take what is hidden out of the main content, if readers see most of the page's.

    Pages that show themselves by script hide all of their text at first; a few
    hidden lines among visible ones are not for readers.

    Parameters
    ----------
    main : bool array, shape (blocks,)

    Returns
    -------
    bool array, shape (blocks,)
        The main content without them.
    """
    hidden = main & (batch.hidden[batch.owners] > 0)
    if not hidden.any():
        return main
    many = len(batch.pages)
    total = np.bincount(batch.page_of_block[main], weights=batch.characters[main], minlength=many)
    unseen = np.bincount(batch.page_of_block[hidden], weights=batch.characters[hidden], minlength=many)
    mostly_seen = unseen <= MOSTLY_SEEN * total
    seen: Flags = main & ~(hidden & mostly_seen[batch.page_of_block])
    return seen


def keep_headings(batch: Batch, main: Flags, probabilities: Floats) -> Flags:
    """Keep the headings between two blocks of the main content: they divide what readers get.

    On WCXB's articles it saves one in twenty of the paragraphs that were lost.

    Parameters
    ----------
    main : bool array, shape (blocks,)
    probabilities : float32 array, shape (blocks,)
        Of being main content; those below ``LEAST_LIKELY`` are not kept here either.

    Returns
    -------
    bool array, shape (blocks,)
        The main content with them.
    """
    result = main.copy()
    if len(main) > 2:
        page = batch.page_of_block
        inside = main[:-2] & main[2:] & (page[:-2] == page[2:])
        headings = batch.kinds[batch.owners[1:-1]] == _HEADING
        result[1:-1] |= inside & headings & (probabilities[1:-1] >= LEAST_LIKELY)
    return result


def drop_copies(batch: Batch, main: Flags) -> Flags:
    """Take out of the main content what stands in it already, word for word; the first of equals stays.

    Parameters
    ----------
    main : bool array, shape (blocks,)

    Returns
    -------
    bool array, shape (blocks,)
        The main content without copies of at least ``COPY_WORDS`` words.
    """
    result = main.copy()
    seen: set[tuple[int, str]] = set()
    for block in np.flatnonzero(main & (batch.words.counts >= COPY_WORDS)).tolist():
        text = int(batch.page_of_block[block]), batch.text(block)
        result[block] = text not in seen
        seen.add(text)
    return result


def label(main: Flags, titles: Flags, spam: Flags, chances: tuple[Floats, Floats, Floats]) -> Labelling:
    """Put the decisions together: spam over title over article over furniture.

    Parameters
    ----------
    main, titles, spam : bool arrays, shape (blocks,)
    chances : three float32 arrays, shape (blocks,)
        Probabilities of being main content, the headline, and spam, each by its own judge.
    """
    main_chance, title_chance, spam_chance = chances
    labels = np.full(len(main), FURNITURE, dtype=np.int8)
    labels[main] = ARTICLE
    labels[titles] = TITLE
    labels[spam] = SPAM
    probabilities = np.empty((len(main), len(LABELS)), dtype=np.float32)
    genuine = 1 - spam_chance
    probabilities[:, SPAM] = spam_chance
    probabilities[:, TITLE] = genuine * title_chance
    probabilities[:, ARTICLE] = genuine * (1 - title_chance) * main_chance
    probabilities[:, FURNITURE] = genuine * (1 - title_chance) * (1 - main_chance)
    return Labelling(labels, probabilities)


def choose_suspects(batch: Batch, genuine: Flags, probabilities: Floats) -> Flags:
    """Choose the blocks that the search for spam reads.

    The main content; what may be main content; and prose that
    markup hides, for readers miss it, and search engines don't.

    Parameters
    ----------
    genuine : bool array, shape (blocks,)
        Main content.
    probabilities : float32 array, shape (blocks,)
        Of being main content.
    """
    prose = batch.characters >= SUSPECT_CHARACTERS
    hidden = batch.hidden[batch.owners] == 1
    suspects: npt.NDArray[np.bool_] = genuine | (probabilities >= LEAST_LIKELY) | (prose & hidden)
    return suspects


def _running_in_page(batch: Batch, values: npt.NDArray[np.floating[npt.NBitBase]]) -> npt.NDArray[np.float64]:
    """Sum values up to each place, starting anew with each page."""
    running = np.cumsum(values, dtype=np.float64)
    before = np.concatenate(([0.0], running))[batch.offsets[:-1]]
    result: npt.NDArray[np.float64] = running - before[batch.page_of_block]
    return result
