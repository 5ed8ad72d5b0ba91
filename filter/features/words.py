"""Texts become arrays of hashed words and counts of characters.

One pass over the UTF-8 bytes of a whole batch of texts, as numpy arrays: no
loop over characters or words in Python. Scripts written without spaces (Han,
kana, Thai, Lao, Khmer, Burmese) give one word a character, so that pairs of
neighbouring words play the part that words play elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.characters import CLASSES, CharacterClass, classify, in_words
from filter.features.hash_numbers import OF_BYTES, OF_PLACES
from filter.features.marks import MARKS, count_marks

WORD_BYTES = len(OF_PLACES)
"""Bytes of a word that have a place of their own in its hash; later ones share the last."""
STEM_BYTES = 5
"""Bytes of a word that its stem hash covers: a cheap stand-in for stemming."""

_LONGEST_CHARACTER = 4
"""Bytes of UTF-8."""

_MIX = np.uint64(0x9E3779B97F4A7C15)

_WORD_VALUES = np.outer(OF_PLACES, OF_BYTES).ravel()
"""What each byte at each place adds to a word's hash."""
_STEM_VALUES = np.where(np.arange(len(_WORD_VALUES)) < STEM_BYTES * 256, _WORD_VALUES, np.uint64(0))
"""What it adds to the stem's."""

_WORDS_TOGETHER = 4096
"""Words that are hashed at a time: what that takes then stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch of texts.

    Attributes
    ----------
    hashes : uint32 array, shape (words,)
        A hash of each word, lower-cased (Latin and Cyrillic), digits folded.
    stems : uint32 array, shape (words,)
        A hash of each word's first five bytes.
    offsets : int64 array, shape (texts + 1,)
        The words of text ``i`` are ``hashes[offsets[i]:offsets[i + 1]]``.
    counts : int64 array, shape (texts,)
        Words in each text: what the offsets say, too, but asked for some seventy times a page.
    capitalised : bool array, shape (words,)
        Whether the word starts with a capital (Latin letters).
    lengths : int64 array, shape (words,)
        Bytes in each word.
    endings : uint16 array, shape (words,)
        The last two bytes of each word, lower-cased: in many languages, its grammar.
    classes : int32 array, shape (texts, CLASSES)
        Characters of each :class:`CharacterClass` in each text.
    marks : int32 array, shape (texts, MARKS)
        How often each :class:`filter.features.marks.Mark` stands in each text; zeros where not asked for.
    """

    hashes: npt.NDArray[np.uint32]
    stems: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    capitalised: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int64]
    endings: npt.NDArray[np.uint16]
    classes: npt.NDArray[np.int32]
    marks: npt.NDArray[np.int32]

    def take(self, texts: npt.NDArray[np.int64]) -> Words:
        """Return the words of some of the texts, in the order given.

        Parameters
        ----------
        texts : int64 array
            Their places.
        """
        counts = self.counts[texts]
        offsets = np.concatenate(([0], np.cumsum(counts)))
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[texts] - offsets[:-1], counts)
        return Words(
            self.hashes[places],
            self.stems[places],
            offsets,
            counts,
            self.capitalised[places],
            self.lengths[places],
            self.endings[places],
            self.classes[texts],
            self.marks[texts],
        )

    def sums(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
        """Add up a value of each word over each text.

        Parameters
        ----------
        values : array of float32, of whole numbers or of flags, shape (words,) or (words, columns)

        Returns
        -------
        float32 array, shape (texts,) or (texts, columns)
        """
        sums = np.zeros((len(self.counts), *values.shape[1:]), dtype=np.float32)
        filled = np.flatnonzero(self.counts)
        if len(filled):
            kind = np.float32 if values.dtype == np.float32 else np.int32
            sums[filled] = np.add.reduceat(values, self.offsets[filled], axis=0, dtype=kind)
        return sums

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """The text that each word belongs to, shape (words,)."""
        return np.repeat(np.arange(len(self.offsets) - 1), self.counts)


def split_words(texts: Sequence[str], *, with_marks: bool = True) -> Words:
    """Split a batch of texts into hashed words.

    Parameters
    ----------
    texts : sequence of str
        Any texts, empty ones and lone surrogates included.
    with_marks : bool
        Whether marks are counted, too; nobody asks how headlines and names of classes are set.

    Returns
    -------
    Words
        Linear in the bytes of the texts in time and memory.
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    # A line feed after each text keeps words of neighbours apart.
    data = b"\n".join([*encoded, b""])
    bounds = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)) + 1, out=bounds[1:])
    classes, lowered = classify(data)
    inside = in_words(classes)
    starts, stops = _find_words(classes, inside, data.isascii())
    lengths = stops - starts
    hashes, stems = _hash_words(lowered.compress(inside), lengths)
    offsets = np.searchsorted(starts, bounds)
    return Words(
        hashes=hashes,
        stems=stems,
        offsets=offsets,
        counts=np.diff(offsets),
        capitalised=classes[starts] == CharacterClass.UPPER,
        lengths=lengths,
        endings=_endings(lowered, stops, lengths),
        classes=_count_classes(classes, bounds),
        marks=count_marks(np.frombuffer(data, dtype=np.uint8), inside, bounds)
        if with_marks
        else np.zeros((len(encoded), MARKS), dtype=np.int32),
    )


def _count_classes(classes: npt.NDArray[np.uint8], bounds: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Count the characters of each class in each text, shape (texts, CLASSES)."""
    cells = len(bounds[1:]) * CLASSES
    cell = np.repeat(np.arange(0, cells, CLASSES), np.diff(bounds))
    cell += classes
    counts: npt.NDArray[np.int32] = np.bincount(cell, minlength=cells).reshape(-1, CLASSES).astype(np.int32)
    counts[:, CharacterClass.SPACE] -= 1  # the line feed after each text
    return counts


def _find_words(
    classes: npt.NDArray[np.uint8], inside: npt.NDArray[np.bool_], is_ascii: bool
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return where words start and stop; mark, in place, all bytes of their characters as inside."""
    cuts = None
    if not is_ascii:
        lead = classes != CharacterClass.CONTINUATION
        followers = np.flatnonzero(~lead)
        _carry_over(inside, followers)
        alone = classes == CharacterClass.IDEOGRAPH
        if alone.any():
            _carry_over(alone, followers)
            # An ideograph is cut from the character before it and the one after.
            cuts = lead & (alone | _before(alone))
    before = _before(inside)
    if cuts is None:
        edges = np.flatnonzero(inside != before)
        return edges[::2], edges[1::2]
    cuts &= inside
    return np.flatnonzero(inside & (cuts | ~before)), np.flatnonzero(before & (cuts | ~inside))


def _before(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return, for each place, the flag of the place before it."""
    shifted = np.zeros_like(flags)
    shifted[1:] = flags[:-1]
    return shifted


def _hash_words(
    letters: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Hash words that stand one behind the other, and their stems."""
    hashes = np.empty(len(lengths), dtype=np.uint64)
    stems = np.empty(len(lengths), dtype=np.uint64)
    stops = np.cumsum(lengths)
    for first in range(0, len(lengths), _WORDS_TOGETHER):
        some = slice(first, first + _WORDS_TOGETHER)
        sizes = lengths[some]
        starts = stops[some] - sizes
        own = letters[starts[0] : stops[some][-1]]
        starts -= starts[0]
        cells = np.arange(len(own))
        cells -= np.repeat(starts, sizes)
        np.minimum(cells, WORD_BYTES - 1, out=cells)
        cells <<= 8
        cells |= own
        np.add.reduceat(_WORD_VALUES.take(cells), starts, out=hashes[some])
        np.add.reduceat(_STEM_VALUES.take(cells), starts, out=stems[some])
    return _fold(hashes), _fold(stems)


def _endings(
    lowered: npt.NDArray[np.uint8], stops: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint16]:
    """Return the last two bytes of each word as one number."""
    endings = lowered[stops - 2].astype(np.uint16)
    endings *= lengths > 1
    endings <<= np.uint16(8)
    endings |= lowered[stops - 1]
    return endings


def _carry_over(flags: npt.NDArray[np.bool_], followers: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Give the followers, a character's later bytes, the flag of its first byte; in place."""
    for _ in range(_LONGEST_CHARACTER - 1):
        flags[followers] = flags.take(followers - 1)
    return flags


def _fold(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """Mix 64-bit sums down to 32 well-spread bits (Fibonacci hashing)."""
    values = values ^ (values >> np.uint64(29))
    return (values * _MIX >> np.uint64(32)).astype(np.uint32)


def pair_hashes(words: Words) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Hash each pair of neighbouring words inside a text.

    Returns
    -------
    hashes : uint32 array, shape (pairs,)
    owners : int64 array, shape (pairs,)
        The text that each pair belongs to.
    """
    owners = words.owners
    together = owners[1:] == owners[:-1]
    first = words.hashes[:-1][together].astype(np.uint64)
    second = words.hashes[1:][together].astype(np.uint64)
    return _fold(first * np.uint64(0xD6E8FEB86659FD93) + second), owners[1:][together]
