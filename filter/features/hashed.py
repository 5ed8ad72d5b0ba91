"""Linear models over hashed words: a weight table, read off and added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.features.words import Words, pair_hashes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HashedText:
    """The hashed words and word pairs of a batch of texts: what a linear model reads.

    Attributes
    ----------
    features : uint32 array, shape (features,)
        Full hashes; a model takes the low bits that its table has room for.
    owners : int64 array, shape (features,)
        The text that each belongs to.
    norms : float32 array, shape (texts,)
        One over the square root of the number of features of each text, so
        that long texts do not outshout short ones.
    """

    features: npt.NDArray[np.uint32]
    owners: Ints
    norms: Floats


def hash_text(words: Words, pairs: bool = True) -> HashedText:
    """Return the features that a linear model over these words reads."""
    features, owners = words.hashes, words.owners
    if pairs:
        pair_features, pair_owners = pair_hashes(words)
        features = np.concatenate((features, pair_features))
        owners = np.concatenate((owners, pair_owners))
    counts = np.bincount(owners, minlength=len(words.offsets) - 1)
    return HashedText(features, owners, (1 / np.sqrt(np.maximum(counts, 1))).astype(np.float32))


def scores(text: HashedText, tables: Floats, biases: Floats) -> Floats:
    """Return the decisions of several linear models for each text.

    Parameters
    ----------
    text : HashedText
    tables : float32 array, shape (models, 2**bits)
        The weight of each bucket.
    biases : float32 array, shape (models,)

    Returns
    -------
    float32 array, shape (texts, models)
        Log-odds.
    """
    places = text.features & np.uint32(tables.shape[1] - 1)
    sums = [np.bincount(text.owners, weights=table[places], minlength=len(text.norms)) for table in tables]
    return rounded(np.stack(sums, axis=1) * text.norms[:, None] + biases)


def rounded(values: npt.NDArray[np.floating[Any]]) -> Floats:
    """Round to multiples of 1/4096.

    Features are differences of running sums over a whole batch. Sums of such
    multiples are exact in double precision, so that no page's features depend
    on the pages around it.
    """
    return (np.round(values * 4096) / 4096).astype(np.float32)
