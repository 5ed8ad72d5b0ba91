"""The part of a page that the second pass reads: what may be its article, and what was put there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.article import Kind
from filter.features.batch import Batch
from filter.features.words import Words, split_words
from filter.page import KINDS, Page

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_HEADING, _LIST_ITEM = KINDS.index(Kind.HEADING), KINDS.index(Kind.LIST_ITEM)


@dataclass(frozen=True, slots=True)
class Bodies:
    """The blocks of many pages that may belong to an article or were appended to one.

    Attributes
    ----------
    words : Words
        The words of all blocks.
    furniture : uint32 array, shape (words outside the bodies,)
        Hashes of the words of each page's other visible blocks, page by page; of pages with markup alone.
    furniture_offsets : int64 array, shape (pages + 1,)
        Those of page ``i`` are ``furniture[furniture_offsets[i]:furniture_offsets[i + 1]]``.
    titles : Words
        The words of each page's headline and description, one text a page, empty where there is neither.
    offsets : int64 array, shape (pages + 1,)
        The blocks of page ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``.
    characters : float32 array, shape (blocks,)
    headings, list_items : float32 arrays, shape (blocks,)
        1 or 0; NaN where there is no markup to say so.
    links, link_characters : float32 arrays, shape (blocks,)
        How many links a block has, and how many of its characters are in
        them; NaN where there is no markup.
    new_domains : float32 array, shape (blocks,)
        How many other domains a block links to that no other block of its page does; NaN likewise.
    hidden : float32 array, shape (blocks,)
        1 where markup or style hides it; NaN likewise.
    new_container : float32 array, shape (blocks,)
        1 where it stands in another container than the block before; NaN likewise.
    alike, beside : float32 arrays, shape (blocks,)
        Share of the page's characters that stand in elements of the same name and class,
        and in the same container; NaN likewise.
    """

    words: Words
    furniture: npt.NDArray[np.uint32]
    furniture_offsets: Ints
    titles: Words
    offsets: Ints
    characters: Floats
    headings: Floats
    list_items: Floats
    links: Floats
    link_characters: Floats
    new_domains: Floats
    hidden: Floats
    new_container: Floats
    alike: Floats
    beside: Floats

    @property
    def pages(self) -> Ints:
        """The page of each block, shape (blocks,)."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def __len__(self) -> int:
        return len(self.characters)


def select_bodies(batch: Batch, chosen: Flags, titles: Sequence[str]) -> Bodies:
    """Take the chosen blocks of a batch of pages.

    Parameters
    ----------
    batch : Batch
    chosen : bool array, shape (blocks of the batch,)
    titles : sequence of str, one a page
        Each page's headline and description, empty where there is neither.
    """
    blocks = np.flatnonzero(chosen)
    page = batch.page_of_block[blocks]
    owners = batch.owners[blocks]
    has_markup = np.array([page.is_markup for page in batch.pages], dtype=bool)
    markup = has_markup[page]
    # What is hidden may be more of the same spam, in too few words to be read.
    furniture = ~chosen & has_markup[batch.page_of_block] & (batch.hidden[batch.owners] == 0)
    furniture_counts = np.bincount(batch.page_of_block, batch.words.counts * furniture, len(batch.pages))
    counts = np.bincount(page, minlength=len(batch.pages))
    containers = batch.parents[owners]
    changes = np.ones(len(blocks), dtype=bool)
    changes[1:] = (containers[1:] != containers[:-1]) | (page[1:] != page[:-1])

    def known(values: npt.NDArray[np.generic]) -> Floats:
        """Return figures that only markup can give: NaN where there is none."""
        return np.where(markup, values, np.float32(np.nan)).astype(np.float32)

    return Bodies(
        words=batch.words if len(blocks) == batch.blocks else batch.words.take(blocks),
        furniture=batch.words.hashes[np.repeat(furniture, batch.words.counts)],
        furniture_offsets=np.concatenate(([0], np.cumsum(furniture_counts))).astype(np.int64),
        titles=split_words(titles, with_marks=False),
        offsets=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        characters=batch.characters[blocks],
        headings=known(batch.kinds[owners] == _HEADING),
        list_items=known(batch.kinds[owners] == _LIST_ITEM),
        links=known(batch.link_counts[blocks]),
        link_characters=known(batch.link_characters[blocks]),
        new_domains=known(_new_domains(batch, blocks)),
        hidden=known(batch.hidden[owners] > 0),
        new_container=known(changes),
        alike=known(_share(page, _signatures(batch, owners), batch.characters[blocks])),
        beside=known(_share(page, containers, batch.characters[blocks])),
    )


def _signatures(batch: Batch, elements: Ints) -> Ints:
    """Return the same number for elements of the same name and class."""
    return batch.tags[elements] * len(batch.hints) + batch.hint_numbers[elements]


def _share(page: Ints, group: Ints, characters: Floats) -> Floats:
    """Return the share of its page's characters that each block's group holds.

    Parameters
    ----------
    page, group : int64 arrays, shape (blocks,)
    characters : float32 array, shape (blocks,)
    """
    if not len(page):
        return characters
    _, places = np.unique(page * (group.max() + 1) + group, return_inverse=True)
    held = np.bincount(places, weights=characters)[places]
    shares: Floats = (held / np.bincount(page, weights=characters)[page]).astype(np.float32)
    return shares


def _new_domains(batch: Batch, blocks: Ints) -> Floats:
    """Count the other domains that each block links to and no other block of its page does."""
    counts = np.zeros(len(blocks), dtype=np.float32)
    domains_of: dict[int, Counter[str]] = {}
    for place in np.flatnonzero(batch.link_counts[blocks] > 0).tolist():
        number = int(batch.page_of_block[blocks[place]])
        page = batch.pages[number]
        own = _domains(page, int(blocks[place] - batch.offsets[number]))
        if not own:
            continue
        if number not in domains_of:
            domains_of[number] = Counter(
                domain for block in range(len(page)) if page.links[block] for domain in _domains(page, block)
            )
        counts[place] = sum(domains_of[number][domain] == 1 for domain in own)
    return counts


def _domains(page: Page, block: int) -> set[str]:
    """Return the hosts that a block links to by absolute address."""
    return {
        link.href.split("/", 3)[2].removeprefix("www.").lower()
        for link in page.links[block]
        if link.href.startswith(("http://", "https://", "//")) and link.href.count("/") >= 2
    }
