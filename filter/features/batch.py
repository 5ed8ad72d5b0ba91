"""Many pages become one set of arrays: blocks and elements numbered through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
import numpy.typing as npt

from filter.features.words import Words, split_words
from filter.page import Page

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

TAGS = [
    "p",
    "div",
    "li",
    "td",
    "th",
    "tr",
    "ul",
    "ol",
    "table",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "form",
    "figure",
    "figcaption",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dd",
    "dt",
    "dl",
    "body",
    "html",
    "button",
    "noscript",
    "details",
    "summary",
    "time",
    "label",
    "address",
    "caption",
    "hr",
]
"""Names of elements that have a number of their own; all others share ``len(TAGS)``."""
LONGEST_TEXT = 20_000
"""Characters of a block whose words are looked at; more say nothing new, and each takes fifty bytes."""
_TAG_NUMBERS = {tag: number for number, tag in enumerate(TAGS)}
OTHER_TAG = len(TAGS)


def tag_number(tag: str) -> int:
    """Return the number that stands for an element's name."""
    return _TAG_NUMBERS.get(tag, OTHER_TAG)


@dataclass(frozen=True, slots=True)
class Batch:
    """The blocks and elements of many pages as arrays.

    Each page has one extra element in front, its root, which holds all its
    blocks: so every block has an owner and every element but the root a parent,
    in plain text too.

    Attributes
    ----------
    pages : sequence of Page
        The pages themselves.
    words : Words
        The words of all blocks.
    offsets : int64 array, shape (pages + 1,)
        The blocks of page ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``.
    page_of_block : int64 array, shape (blocks,)
    owners : int64 array, shape (blocks,)
        Each block's innermost element.
    characters, link_characters, link_counts : float32 arrays, shape (blocks,)
    parents : int64 array, shape (elements,)
        Each element's parent; a root is its own.
    ends, first_blocks, last_blocks : int64 arrays, shape (elements,)
        As in :class:`filter.page.Elements`, numbered through the batch.
    tags, kinds, levels, hidden : int64 arrays, shape (elements,)
    roots : int64 array, shape (pages,)
    hints : list of str
        The different hints of the batch.
    hint_words : Words
        The words of each.
    hint_numbers : int64 array, shape (elements,)
        Each element's hint, as an index of ``hints``.
    inline_hint_numbers : int64 array, shape (blocks,)
        Likewise for the inline element that a block begins with.
    """

    pages: Sequence[Page]
    words: Words
    offsets: Ints
    page_of_block: Ints
    owners: Ints
    characters: Floats
    link_characters: Floats
    link_counts: Floats
    parents: Ints
    ends: Ints
    first_blocks: Ints
    last_blocks: Ints
    tags: Ints
    kinds: Ints
    levels: Ints
    hidden: Ints
    roots: Ints
    hints: list[str]
    hint_words: Words
    hint_numbers: Ints
    inline_hint_numbers: Ints

    @property
    def blocks(self) -> int:
        """Blocks in the batch."""
        return len(self.owners)

    @property
    def elements(self) -> int:
        """Elements in the batch, roots included."""
        return len(self.parents)

    def text(self, block: int) -> str:
        """Return the text of a block."""
        page = int(self.page_of_block[block])
        return self.pages[page].texts[block - int(self.offsets[page])]

    def texts_of_pages(self, chosen: npt.NDArray[np.bool_]) -> list[str]:
        """Return the text of each page's chosen blocks, an empty line between them.

        Parameters
        ----------
        chosen : bool array, shape (blocks,)
        """
        bounds = self.offsets.tolist()
        return [
            "\n\n".join(compress(page.texts, chosen[start:stop]))
            for page, start, stop in zip(self.pages, bounds, bounds[1:], strict=False)
        ]


def gather(pages: Sequence[Page]) -> Batch:
    """Number the blocks and elements of pages through.

    Parameters
    ----------
    pages : sequence of Page
        At least one page; pages without blocks are welcome.
    """
    block_counts = np.array([len(page) for page in pages], dtype=np.int64)
    element_counts = np.array([len(page.elements.tags) + 1 for page in pages], dtype=np.int64)
    offsets = _offsets(block_counts)
    roots = _offsets(element_counts)[:-1]
    blocks, elements = int(offsets[-1]), int(element_counts.sum())
    page_of_block = np.repeat(np.arange(len(pages)), block_counts)

    def of_elements(column: str, of_root: Ints, shift: Ints | None) -> Ints:
        """Lay one column of all pages' elements end to end, each root's value in front."""
        values = np.fromiter(
            chain.from_iterable(chain((0,), getattr(page.elements, column)) for page in pages),
            dtype=np.int64,
            count=elements,
        )
        if shift is not None:
            values += np.repeat(shift, element_counts)
        values[roots] = of_root
        return values

    def of_blocks(column: str) -> Ints:
        values = chain.from_iterable(getattr(page, column) for page in pages)
        return np.fromiter(values, dtype=np.int64, count=blocks)

    numbers: dict[str, int] = {"": 0}
    hint_numbers = np.fromiter(
        (
            numbers.setdefault(hint, len(numbers))
            for page in pages
            for hint in chain(("",), page.elements.hints)
        ),
        dtype=np.int64,
        count=elements,
    )
    inline_hint_numbers = np.fromiter(
        (numbers.setdefault(hint, len(numbers)) for page in pages for hint in page.inline_hints),
        dtype=np.int64,
        count=blocks,
    )
    tags = np.fromiter(
        (_TAG_NUMBERS.get(tag, OTHER_TAG) for page in pages for tag in chain(("",), page.elements.tags)),
        dtype=np.int64,
        count=elements,
    )
    nothing = np.zeros(len(pages), dtype=np.int64)
    texts = list(chain.from_iterable(page.texts for page in pages))
    return Batch(
        pages=pages,
        words=split_words([text[:LONGEST_TEXT] for text in texts]),
        offsets=offsets,
        page_of_block=page_of_block,
        owners=of_blocks("owners") + roots[page_of_block] + 1,
        characters=np.fromiter(map(len, texts), dtype=np.float32, count=blocks),
        link_characters=of_blocks("link_characters").astype(np.float32),
        link_counts=np.fromiter(
            (len(links) for page in pages for links in page.links), dtype=np.float32, count=blocks
        ),
        parents=of_elements("parents", roots, roots + 1),
        ends=of_elements("ends", roots + element_counts, roots + 1),
        first_blocks=of_elements("first_blocks", offsets[:-1], offsets[:-1]),
        last_blocks=of_elements("last_blocks", offsets[1:], offsets[:-1]),
        tags=tags,
        kinds=of_elements("kinds", nothing, None),
        levels=of_elements("levels", nothing, None),
        hidden=of_elements("hidden", nothing, None),
        roots=roots,
        hints=list(numbers),
        hint_words=split_words(list(numbers), with_marks=False),
        hint_numbers=hint_numbers,
        inline_hint_numbers=inline_hint_numbers,
    )


def _offsets(counts: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
