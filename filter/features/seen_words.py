"""Which of a block's words its page uses elsewhere.

Names are shared by the parts of one story; little words by texts in one
language; a headline's words by its story; the site's own names by its articles
and its menus. None of them needs to have been seen in training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.bodies import Bodies
from filter.features.columns import Columns

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_SMALL = np.float32(1e-6)
_BUCKETS_A_WORD = 8
_BUCKETS_A_WORD_TO_FIND = 32
"""More, since any word that falls into the same bucket is taken for it."""


def add_seen_words(columns: Columns, bodies: Bodies) -> None:
    """Add the shares of a block's words that stand elsewhere on its page.

    Parameters
    ----------
    columns : Columns
        Gets the new columns.
    bodies : Bodies
    """
    words = bodies.words
    before, elsewhere = _in_other_blocks(bodies)
    little = words.lengths <= 3
    names = words.capitalised & ~little
    long_words = (words.lengths >= 5) & ~words.capitalised
    totals = {}
    for name, chosen in (("names", names), ("long words", long_words), ("little words", little)):
        totals[name] = words.sums(chosen)
        for where, seen in (("before", before), ("elsewhere", elsewhere)):
            shared = words.sums(chosen & seen)
            columns.add(f"{name} seen {where}", shared / (totals[name] + _SMALL))
        columns.add(name, totals[name])
    titles = bodies.titles
    for where, hashes, offsets in (
        ("the title", titles.hashes, titles.offsets),
        ("furniture", bodies.furniture, bodies.furniture_offsets),
    ):
        counts = np.diff(offsets)
        seen = _among(bodies, hashes, counts)
        known = np.where(counts > 0, np.float32(1), np.float32(np.nan))[bodies.pages]
        for name, chosen in (("names", names), ("long words", long_words)):
            shared = words.sums(chosen & seen)
            columns.add(f"{name} seen in {where}", known * shared / (totals[name] + _SMALL))
            columns.add(f"{name} seen in {where}, number", known * np.log1p(shared))


def _in_other_blocks(bodies: Bodies) -> tuple[Flags, Flags]:
    """Tell which words stand in a block before their own, and which in any other, of the same body."""
    words = bodies.words
    block = words.owners.astype(np.int32)
    counts = _word_counts(bodies)
    tables = _Tables.of(counts, _BUCKETS_A_WORD)
    key = tables.buckets(words.hashes, counts)
    first = np.zeros(tables.size, dtype=np.int32)
    last = np.zeros(tables.size, dtype=np.int32)
    # The last of several writes to one place stands.
    first[key[::-1]] = block[::-1]
    last[key] = block
    before = first.take(key) < block
    return before, before | (last.take(key) > block)


def _among(bodies: Bodies, hashes: npt.NDArray[np.uint32], counts: Ints) -> Flags:
    """Tell which words stand in another part of their page.

    Parameters
    ----------
    bodies : Bodies
    hashes : uint32 array, shape (words of the other parts,)
        Page by page.
    counts : int64 array, shape (pages,)
        How many of them each page has.
    """
    tables = _Tables.of(counts, _BUCKETS_A_WORD_TO_FIND)
    there = np.zeros(tables.size, dtype=bool)
    there[tables.buckets(hashes, counts)] = True
    return there.take(tables.buckets(bodies.words.hashes, _word_counts(bodies)))


def _word_counts(bodies: Bodies) -> Ints:
    """Return how many words each page's body has."""
    return np.diff(bodies.words.offsets[bodies.offsets])


@dataclass(frozen=True, slots=True)
class _Tables:
    """A hash table for each page, one behind the other.

    A page's table depends on the page alone, so that its features do, too.

    Attributes
    ----------
    shifts : uint32 array, shape (pages,)
        What a hash is shifted by to fit into its page's table.
    starts : int64 array, shape (pages,)
    size : int
        Of all tables.
    """

    shifts: npt.NDArray[np.uint32]
    starts: Ints
    size: int

    @classmethod
    def of(cls, counts: Ints, room: int) -> _Tables:
        """Give each page ``room`` buckets for each of its words, or up to twice as many."""
        bits = np.ceil(np.log2(np.maximum(counts, 1) * room)).astype(np.int64)
        ends = np.cumsum(1 << bits)
        return cls((32 - bits).astype(np.uint32), ends - (1 << bits), int(ends[-1]) if len(ends) else 0)

    def buckets(self, hashes: npt.NDArray[np.uint32], counts: Ints) -> Ints:
        """Return the bucket of each word, given the words page by page and how many each page has."""
        return np.repeat(self.starts, counts) + (hashes >> np.repeat(self.shifts, counts))
