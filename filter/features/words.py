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

from filter.features.characters import CLASSES, IS_WORD_CLASS, CharacterClass, classify

WORD_BYTES = 16
"""Bytes of a word that have a place of their own in its hash; later ones share the last."""
STEM_BYTES = 5
"""Bytes of a word that its stem hash covers: a cheap stand-in for stemming."""

_LONGEST_CHARACTER = 4
"""Bytes of UTF-8."""

_generator = np.random.Generator(np.random.PCG64(20181109))
_PLACES = _generator.integers(1, 2**63, size=(WORD_BYTES,), dtype=np.uint64) | np.uint64(1)
_BYTE_VALUES = _generator.integers(1, 2**63, size=256, dtype=np.uint64) | np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)
del _generator


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
    capitalised : bool array, shape (words,)
        Whether the word starts with a capital (Latin letters).
    lengths : int64 array, shape (words,)
        Bytes in each word.
    endings : uint16 array, shape (words,)
        The last two bytes of each word, lower-cased: in many languages, its grammar.
    classes : int32 array, shape (texts, CLASSES)
        Characters of each :class:`CharacterClass` in each text.
    """

    hashes: npt.NDArray[np.uint32]
    stems: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]
    capitalised: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int64]
    endings: npt.NDArray[np.uint16]
    classes: npt.NDArray[np.int32]

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """Words in each text, shape (texts,)."""
        return np.diff(self.offsets)

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
            self.capitalised[places],
            self.lengths[places],
            self.endings[places],
            self.classes[texts],
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


def split_words(texts: Sequence[str]) -> Words:
    """Split a batch of texts into hashed words.

    Parameters
    ----------
    texts : sequence of str
        Any texts, empty ones and lone surrogates included.

    Returns
    -------
    Words
        Linear in the bytes of the texts in time and memory.
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    # A line feed after each text keeps words of neighbours apart.
    data = np.frombuffer(b"\n".join(encoded) + b"\n", dtype=np.uint8)
    sizes = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)) + 1
    if not len(encoded):
        data = data[:0]
    classes, lowered = classify(data)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    owner = np.repeat(np.arange(len(encoded), dtype=np.int32), sizes)
    cells = np.bincount(owner * CLASSES + classes, minlength=len(encoded) * CLASSES)
    class_counts: npt.NDArray[np.int32] = cells.reshape(len(encoded), CLASSES).astype(np.int32)
    class_counts[:, CharacterClass.SPACE] -= 1

    lead = classes != CharacterClass.CONTINUATION
    followers = np.flatnonzero(~lead)
    inside = _carry_over(IS_WORD_CLASS.take(classes), followers)
    alone = _carry_over(classes == CharacterClass.IDEOGRAPH, followers)
    before = np.concatenate(([False], inside[:-1]))
    alone_before = np.concatenate(([False], alone[:-1]))
    starts = np.flatnonzero(inside & (~before | alone_before & lead | alone & lead))
    return _hash_words(lowered, inside, starts, classes, bounds, class_counts)


def _hash_words(
    lowered: npt.NDArray[np.uint8],
    inside: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.intp],
    classes: npt.NDArray[np.uint8],
    bounds: npt.NDArray[np.int64],
    class_counts: npt.NDArray[np.int32],
) -> Words:
    offsets = np.searchsorted(starts, bounds).astype(np.int64)
    if not len(starts):
        nothing = np.zeros(0, dtype=np.uint32)
        return Words(
            nothing,
            nothing,
            offsets,
            np.zeros(0, dtype=bool),
            np.zeros(0, dtype=np.int64),
            nothing.astype(np.uint16),
            class_counts,
        )
    compact = np.cumsum(inside) - 1
    word_starts = compact[starts]
    letters = lowered[inside]
    lengths = np.diff(np.concatenate((word_starts, [len(letters)])))
    places = np.arange(len(letters)) - np.repeat(word_starts, lengths)
    values = _BYTE_VALUES.take(letters) * _PLACES.take(np.minimum(places, WORD_BYTES - 1))
    hashes = _fold(np.add.reduceat(values, word_starts))
    values[places >= STEM_BYTES] = 0
    stems = _fold(np.add.reduceat(values, word_starts))
    capitalised = classes[starts] == CharacterClass.UPPER
    last = word_starts + lengths - 1
    before_last = np.where(lengths > 1, letters[last - 1], 0).astype(np.uint16)
    endings = before_last << np.uint16(8) | letters[last]
    return Words(hashes, stems, offsets, capitalised, lengths, endings, class_counts)


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
