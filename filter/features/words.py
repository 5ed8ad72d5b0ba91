"""Texts become arrays of hashed words and counts of characters.

One pass over the UTF-8 bytes of a whole batch of texts, as numpy arrays: no
loop over characters or words in Python. Scripts written without spaces (Han,
kana, Thai, Lao, Khmer, Burmese) give one word a character, so that pairs of
neighbouring words play the part that words play elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt


class CharacterClass(IntEnum):
    """What a byte of UTF-8 text counts as; a character counts once, at its first byte."""

    CONTINUATION = 0
    SPACE = 1
    LOWER = 2
    UPPER = 3
    DIGIT = 4
    SENTENCE_END = 5
    COMMA = 6
    QUOTE = 7
    SYMBOL = 8
    BRACKET = 9
    LETTER = 10
    """A letter outside ASCII, of either case."""
    IDEOGRAPH = 11
    """A character of a script written without spaces."""
    SEPARATOR = 12
    """Marks that menus and bylines are strung together with: ``| · • » /`` and dashes."""
    PUNCTUATION = 13
    """Any other mark outside ASCII."""


CLASSES = len(CharacterClass)
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


def _class_table() -> npt.NDArray[np.uint8]:
    """Return the class of each byte when it starts a character."""
    table = np.full(256, CharacterClass.LETTER, dtype=np.uint8)
    table[:128] = CharacterClass.SYMBOL
    table[0x80:0xC0] = CharacterClass.CONTINUATION
    for marks, kind in (
        (" \t\n\r\x0b\x0c", CharacterClass.SPACE),
        ("abcdefghijklmnopqrstuvwxyz", CharacterClass.LOWER),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", CharacterClass.UPPER),
        ("0123456789", CharacterClass.DIGIT),
        (".!?", CharacterClass.SENTENCE_END),
        (",;:", CharacterClass.COMMA),
        ("\"'", CharacterClass.QUOTE),
        ("()[]{}<>", CharacterClass.BRACKET),
        ("|/-_", CharacterClass.SEPARATOR),
    ):
        table[np.frombuffer(marks.encode(), dtype=np.uint8)] = kind
    return table


_CLASS_OF = _class_table()
_IS_WORD_CLASS = np.isin(
    np.arange(CLASSES),
    (
        CharacterClass.LOWER,
        CharacterClass.UPPER,
        CharacterClass.DIGIT,
        CharacterClass.LETTER,
        CharacterClass.IDEOGRAPH,
    ),
)
_LOWERED = np.arange(256, dtype=np.uint8)
_LOWERED[ord("A") : ord("Z") + 1] += 32
_LOWERED[ord("0") : ord("9") + 1] = ord("0")

# First two bytes of three-byte characters that are not letters, and of those
# that belong to scripts without spaces (ranges of code points / 64).
_PUNCTUATION_PAIRS = np.zeros(65536, dtype=bool)
_IDEOGRAPH_PAIRS = np.zeros(65536, dtype=bool)


def _mark_pairs(table: npt.NDArray[np.bool_], first: int, last: int) -> None:
    for code in range(first, last + 1, 64):
        lead, second = chr(code).encode()[:2]
        table[lead << 8 | second] = True


_mark_pairs(_PUNCTUATION_PAIRS, 0x2000, 0x2BFF)
_mark_pairs(_PUNCTUATION_PAIRS, 0x3000, 0x303F)
_mark_pairs(_PUNCTUATION_PAIRS, 0xFF00, 0xFF3F)
_mark_pairs(_PUNCTUATION_PAIRS, 0xE000, 0xF8FF)
_mark_pairs(_IDEOGRAPH_PAIRS, 0x0E00, 0x0EFF)
_mark_pairs(_IDEOGRAPH_PAIRS, 0x1000, 0x109F)
_mark_pairs(_IDEOGRAPH_PAIRS, 0x1780, 0x17FF)
_mark_pairs(_IDEOGRAPH_PAIRS, 0x3040, 0x30FF)
_mark_pairs(_IDEOGRAPH_PAIRS, 0x3400, 0x9FFF)

_QUOTES = np.array([0xE2809C, 0xE2809D, 0xE28098, 0xE28099, 0xE2809E, 0xE38C80], dtype=np.uint32)
_SENTENCE_ENDS = np.array([0xE38082, 0xEFBC81, 0xEFBC9F, 0xE280A6], dtype=np.uint32)
_COMMAS = np.array([0xE38081, 0xEFBC8C, 0xEFBC9A, 0xEFBC9B], dtype=np.uint32)
_SEPARATORS = np.array([0xE280A2, 0xE28093, 0xE28094, 0xE280BA], dtype=np.uint32)


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
    classes, lowered = _classify(data)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    owner = np.repeat(np.arange(len(encoded), dtype=np.int32), sizes)
    cells = np.bincount(owner * CLASSES + classes, minlength=len(encoded) * CLASSES)
    class_counts: npt.NDArray[np.int32] = cells.reshape(len(encoded), CLASSES).astype(np.int32)
    class_counts[:, CharacterClass.SPACE] -= 1

    lead = classes != CharacterClass.CONTINUATION
    followers = np.flatnonzero(~lead)
    inside = _carry_over(_IS_WORD_CLASS.take(classes), followers)
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


def _classify(data: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return each byte's class, and the bytes lower-cased with digits folded."""
    classes = _CLASS_OF.take(data)
    lowered = _LOWERED.take(data)
    high = np.flatnonzero(data >= 0xC2)
    high = high[high + 1 < len(data)]
    if len(high):
        _classify_beyond_ascii(data, high, classes, lowered)
    return classes, lowered


def _classify_beyond_ascii(
    data: npt.NDArray[np.uint8],
    high: npt.NDArray[np.intp],
    classes: npt.NDArray[np.uint8],
    lowered: npt.NDArray[np.uint8],
) -> None:
    """Refine, in place, what the first byte alone can't tell."""
    leads, seconds = data[high], data[high + 1]
    latin_capital = (leads == 0xC3) & (seconds >= 0x80) & (seconds <= 0x9E) & (seconds != 0x97)
    lowered[high[latin_capital] + 1] += 32
    classes[high[latin_capital]] = CharacterClass.UPPER
    cyrillic_first = (leads == 0xD0) & (seconds >= 0x90) & (seconds <= 0x9F)
    lowered[high[cyrillic_first] + 1] += 32
    cyrillic_second = (leads == 0xD0) & (seconds >= 0xA0) & (seconds <= 0xAF)
    lowered[high[cyrillic_second]] += 1
    lowered[high[cyrillic_second] + 1] -= 32
    classes[high[cyrillic_first | cyrillic_second]] = CharacterClass.UPPER

    classes[high[leads == 0xC2]] = CharacterClass.PUNCTUATION
    classes[high[(leads == 0xC2) & (seconds == 0xA0)]] = CharacterClass.SPACE
    classes[high[(leads == 0xC2) & ((seconds == 0xAB) | (seconds == 0xBB))]] = CharacterClass.QUOTE
    classes[high[(leads == 0xC2) & (seconds == 0xB7)]] = CharacterClass.SEPARATOR
    classes[high[leads >= 0xF0]] = CharacterClass.PUNCTUATION
    classes[high[(leads == 0xF0) & (seconds == 0xA0)]] = CharacterClass.IDEOGRAPH

    triple = (leads >= 0xE0) & (leads < 0xF0) & (high + 2 < len(data))
    places, pairs = high[triple], leads[triple].astype(np.uint32) << 8 | seconds[triple]
    classes[places[_PUNCTUATION_PAIRS[pairs]]] = CharacterClass.PUNCTUATION
    classes[places[_IDEOGRAPH_PAIRS[pairs]]] = CharacterClass.IDEOGRAPH
    marks = places[_PUNCTUATION_PAIRS[pairs]]
    codes = data[marks].astype(np.uint32) << 16 | data[marks + 1].astype(np.uint32) << 8 | data[marks + 2]
    for members, kind in (
        (_QUOTES, CharacterClass.QUOTE),
        (_SENTENCE_ENDS, CharacterClass.SENTENCE_END),
        (_COMMAS, CharacterClass.COMMA),
        (_SEPARATORS, CharacterClass.SEPARATOR),
    ):
        classes[marks[np.isin(codes, members)]] = kind


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
