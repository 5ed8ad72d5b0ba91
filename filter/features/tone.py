"""How a text reads: two linear scores over hashed words, spam against news.

One reads the words themselves. The other sees only the few hundred words that
a language can't do without, and the endings and capitals of all others: it
can't know what is sold, so what it learns (the timeless present, the second
person, no names, no dates, nobody quoted) carries over to sellers of things
never seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, require_buckets, require_shape
from filter.features.words import Words

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint32]

LONG_WORD = 7
"""Bytes from which on a word counts as long."""
FEWEST_FEATURES = 5
"""Texts with fewer features are normalised as if they had so many."""
_LARGEST_BYTE = 127
_SHAPE = np.uint32(2654435761)
_FIRST = np.uint64(0xD6E8FEB86659FD93)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Tone:
    """Weights of the two scores.

    Attributes
    ----------
    words, stems, pairs : float32 arrays, shape (2**bits,)
        What each bucket of words, of their first bytes and of neighbouring
        pairs adds to the lexical score. A bucket is the highest bits of a hash.
    common : bool array, shape (2**bits,)
        Which buckets of words hold common ones.
    shapes, shape_pairs : float32 arrays, shape (2**bits,)
        What each bucket of common words and shapes, and of pairs of them,
        adds to the second score.
    biases : float32 array, shape (2,)

    Raises
    ------
    ModelError
        If an array has another shape.
    """

    words: Floats
    stems: Floats
    pairs: Floats
    common: npt.NDArray[np.bool_]
    shapes: Floats
    shape_pairs: Floats
    biases: Floats

    def __post_init__(self) -> None:
        for name in ("words", "stems", "pairs", "common", "shapes", "shape_pairs"):
            require_buckets(name, getattr(self, name))
        require_shape("biases", self.biases, (2,))

    def scores(self, words: Words) -> Floats:
        """Return the log-odds that each text is spam, by both scores.

        Returns
        -------
        float32 array, shape (texts, 2)
        """
        shapes = plain_shapes(words, self.common)
        counts = words.counts
        lexical = self.words.take(bucket(words.hashes, self.words))
        lexical += self.stems.take(bucket(words.stems, self.stems))
        lexical += _pair_weights(words, words.hashes, self.pairs)
        plain = self.shapes.take(bucket(shapes, self.shapes))
        plain += _pair_weights(words, shapes, self.shape_pairs)
        both = np.stack([words.sums(lexical), words.sums(plain)], axis=1)
        features = np.stack([3 * counts - 1, 2 * counts - 1], axis=1)
        both /= np.sqrt(np.maximum(features, FEWEST_FEATURES))
        return both + self.biases

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The plain arrays that :meth:`from_arrays` takes; weights at half precision, of pairs at less."""
        return {
            "words": self.words.astype(np.float16),
            "stems": self.stems.astype(np.float16),
            **_packed(self.pairs),
            "common": np.packbits(self.common),
            "shapes": self.shapes.astype(np.float16),
            "shape pairs": self.shape_pairs.astype(np.float16),
            "biases": self.biases,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Tone:
        """Put together what :meth:`to_arrays` took apart."""
        require_shape("heaviest pair", arrays["heaviest pair"], ())
        require_buckets("common", arrays["common"])
        return cls(
            words=arrays["words"].astype(np.float32),
            stems=arrays["stems"].astype(np.float32),
            pairs=_unpacked(arrays["pairs"], arrays["heaviest pair"]),
            common=np.unpackbits(arrays["common"]).astype(bool),
            shapes=arrays["shapes"].astype(np.float32),
            shape_pairs=arrays["shape pairs"].astype(np.float32),
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
    return np.where(common.take(bucket(words.hashes, common)), words.hashes, shapes)


def pairs_of(hashes: Hashes) -> Hashes:
    """Hash each element with the next, one less than there are: pairs across texts included."""
    mixed = hashes[:-1] * _FIRST + hashes[1:]
    mixed *= _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _pair_weights(words: Words, hashes: Hashes, table: Floats) -> Floats:
    """Return the weight of each word with the next one; 0 for the last word of a text."""
    weights = np.zeros(len(hashes), dtype=np.float32)
    weights[:-1] = table.take(bucket(pairs_of(hashes), table))
    lasts = words.offsets[1:][words.counts > 0] - 1
    weights[lasts] = 0
    return weights


def _packed(weights: Floats) -> dict[str, npt.NDArray[Any]]:
    """Turn the weights of pairs, half of a tone's numbers, into a byte each.

    The byte holds the weight's square root, so that weights near 0, which
    most are, keep more of their precision. In real texts the lexical score,
    whose deviation is 2.2, moves by 0.006.
    """
    heaviest = np.abs(weights).max(initial=0) or np.float32(1)
    roots = np.sign(weights) * np.sqrt(np.abs(weights) / heaviest)
    return {
        "pairs": np.rint(roots * _LARGEST_BYTE).astype(np.int8),
        "heaviest pair": np.array(heaviest, dtype=np.float32),
    }


def _unpacked(pairs: npt.NDArray[np.int8], heaviest: Floats) -> Floats:
    roots = pairs.astype(np.float32) / np.float32(_LARGEST_BYTE)
    weights: Floats = roots * np.abs(roots) * heaviest
    return weights
