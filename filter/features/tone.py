"""How a text reads: two linear scores over hashed words, spam against news.

One reads the words themselves. The other sees only the few hundred words that
a language can't do without, and the endings and capitals of all others: it
can't know what is sold, so what it learns (the timeless present, the second
person, no names, no dates, nobody quoted) carries over to sellers of things
never seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.features.words import Words

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint32]

LONG_WORD = 7
"""Bytes from which on a word counts as long."""
FEWEST_FEATURES = 5
"""Texts with fewer features are normalised as if they had so many."""
_SHAPE = np.uint32(2654435761)
_FIRST = np.uint64(0xD6E8FEB86659FD93)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Tone:
    """Weights of the two scores.

    Attributes
    ----------
    words, stems, pairs : float16 arrays, shape (2**bits,)
        What each bucket of words, of their first bytes and of neighbouring
        pairs adds to the lexical score. A bucket is the highest bits of a hash.
    common : bool array, shape (2**bits,)
        Which buckets of words hold common ones.
    shapes, shape_pairs : float16 arrays, shape (2**bits,)
        What each bucket of common words and shapes, and of pairs of them,
        adds to the second score.
    biases : float32 array, shape (2,)
    """

    words: npt.NDArray[np.float16]
    stems: npt.NDArray[np.float16]
    pairs: npt.NDArray[np.float16]
    common: npt.NDArray[np.bool_]
    shapes: npt.NDArray[np.float16]
    shape_pairs: npt.NDArray[np.float16]
    biases: Floats

    def scores(self, words: Words) -> Floats:
        """Return the log-odds that each text is spam, by both scores.

        Returns
        -------
        float32 array, shape (texts, 2)
        """
        shapes = plain_shapes(words, self.common)
        first = np.cumsum(
            self.words[bucket(words.hashes, self.words)].astype(np.float64)
            + self.stems[bucket(words.stems, self.stems)]
        )
        second = np.cumsum(self.shapes[bucket(shapes, self.shapes)].astype(np.float64))
        first_pairs = np.cumsum(_pair_weights(words.hashes, self.pairs))
        second_pairs = np.cumsum(_pair_weights(shapes, self.shape_pairs))
        counts = words.counts
        pairs = np.maximum(counts - 1, 0)
        ends, starts = words.offsets[1:], words.offsets[:-1]
        lexical = _between(first, starts, ends) + _between(first_pairs, starts, starts + pairs)
        plain = _between(second, starts, ends) + _between(second_pairs, starts, starts + pairs)
        lexical /= np.sqrt(np.maximum(2 * counts + pairs, FEWEST_FEATURES))
        plain /= np.sqrt(np.maximum(counts + pairs, FEWEST_FEATURES))
        return (np.stack([lexical, plain], axis=1) + self.biases).astype(np.float32)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The plain arrays that :meth:`from_arrays` takes."""
        return {
            "words": self.words,
            "stems": self.stems,
            "pairs": self.pairs,
            "common": np.packbits(self.common),
            "shapes": self.shapes,
            "shape pairs": self.shape_pairs,
            "biases": self.biases,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Tone:
        """Put together what :meth:`to_arrays` took apart."""
        return cls(
            words=arrays["words"],
            stems=arrays["stems"],
            pairs=arrays["pairs"],
            common=np.unpackbits(arrays["common"]).astype(bool),
            shapes=arrays["shapes"],
            shape_pairs=arrays["shape pairs"],
            biases=arrays["biases"],
        )


def bucket(hashes: Hashes, table: npt.NDArray[np.generic]) -> Hashes:
    """Return each hash's place in a table whose length is a power of two."""
    return hashes >> np.uint32(33 - len(table).bit_length())


def plain_shapes(words: Words, common: npt.NDArray[np.bool_]) -> Hashes:
    """Replace all but common words by their ending, and whether they are long or capitalised."""
    form = words.endings.astype(np.uint32) << np.uint32(2)
    form |= (words.lengths >= LONG_WORD).astype(np.uint32) << np.uint32(1) | words.capitalised
    shapes = (form + np.uint32(1)) * _SHAPE
    return np.where(common[bucket(words.hashes, common)], words.hashes, shapes)


def pairs_of(hashes: Hashes) -> Hashes:
    """Hash each element with the next, one less than there are: pairs across texts included."""
    mixed = hashes[:-1] * _FIRST + hashes[1:]
    mixed *= _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _pair_weights(hashes: Hashes, table: npt.NDArray[np.float16]) -> npt.NDArray[np.float64]:
    return table[bucket(pairs_of(hashes), table)].astype(np.float64)


def _between(
    running: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Sum the elements from each start to before its end, given the running sum."""
    running = np.concatenate(([0.0], running))
    result: npt.NDArray[np.float64] = running[ends] - running[starts]
    return result
