"""The classifier of blocks: how likely each block is main content, in two passes.

The first pass judges a block by itself, its neighbours and its containers; the
second judges it again, knowing what the first said of everything around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, join, part, require_buckets, require_shape
from filter.features.batch import Batch
from filter.features.hashed import HashedText, hash_text, rounded, scores
from filter.features.matrix import first_features
from filter.features.surroundings import second_features
from filter.features.words import Words
from filter.second_look import SecondLook
from filter.trees import ObliviousTrees

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearScores:
    """The linear models whose scores are features of the first pass.

    Attributes
    ----------
    text : float32 array, shape (2, 2**bits)
        Weight of each hashed word and word pair of a block for main content: against all that pages
        hold beside it, and against what stands amid it, such as captions, bylines and notes.
    text_biases : float32 array, shape (2,)
    own_hints, outer_hints : float32 arrays, shape (2**bits,)
        Weight of each hashed word of the hints of a block's own element, and of those around it.

    Raises
    ------
    ModelError
        If an array has another shape.
    """

    text: Floats
    text_biases: Floats
    own_hints: Floats
    outer_hints: Floats

    def __post_init__(self) -> None:
        require_buckets("text", self.text.T, 2)
        require_shape("text_biases", self.text_biases, (2,))
        require_buckets("own_hints", self.own_hints)
        require_buckets("outer_hints", self.outer_hints)

    def of_text(self, text: HashedText) -> Floats:
        """Return log-odds that each text is main content, shape (texts, 2)."""
        return scores(text, self.text, self.text_biases)

    def of_hints(self, words: Words) -> Floats:
        """Return what each hint says for main content: as a block's own, as an ancestor's.

        Returns
        -------
        float32 array, shape (hints, 2)
        """
        result = np.zeros((len(words.offsets) - 1, 2), dtype=np.float32)
        for place, table in enumerate((self.own_hints, self.outer_hints)):
            weights = table[words.hashes & np.uint32(len(table) - 1)]
            result[:, place] = np.bincount(words.owners, weights=weights, minlength=len(result))
        return rounded(result)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the classifier says of a batch of pages.

    Attributes
    ----------
    names : list of str
        The features in the columns of ``matrix``.
    matrix : float32 array, shape (blocks, features)
        The features of both passes, the second pass's behind the first's.
    probabilities : float32 array, shape (blocks,)
        Calibrated probability that each block is main content.
    """

    names: list[str]
    matrix: Floats
    probabilities: Floats


@dataclass(frozen=True, slots=True)
class BlockClassifier:
    """Says how likely each block of a batch of pages is main content.

    Attributes
    ----------
    scores : LinearScores
    first : ObliviousTrees
        Log-odds of the first pass.
    second : SecondLook
        Of the second.
    slope, intercept : float
        Platt scaling of the second pass's log-odds (Platt 1999).
    """

    scores: LinearScores
    first: ObliviousTrees
    second: SecondLook
    slope: float = 1.0
    intercept: float = 0.0

    def judge(self, batch: Batch) -> Judgement:
        """Judge every block of a batch."""
        text_scores = self.scores.of_text(hash_text(batch.words))
        features = first_features(batch, text_scores, self.scores.of_hints(batch.hint_words))
        first = logistic(self.first.decision(features.matrix))
        names, matrix = second_features(batch, features.containers, features.matrix, first)
        log_odds = self.second.decision(matrix, batch.page_of_block)
        scaled = log_odds * np.float32(self.slope) + np.float32(self.intercept)
        return Judgement(features.names + names, matrix, logistic(scaled))

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "text": self.scores.text.astype(np.float16),
            "text_biases": self.scores.text_biases,
            "own_hints": self.scores.own_hints.astype(np.float16),
            "outer_hints": self.scores.outer_hints.astype(np.float16),
            "scaling": np.array([self.slope, self.intercept], dtype=np.float32),
        }
        return arrays | join({"first": self.first.to_arrays(), "second": self.second.to_arrays()})

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> BlockClassifier:
        """Make the classifier that :meth:`to_arrays` took apart."""
        scores = LinearScores(
            text=arrays["text"].astype(np.float32),
            text_biases=arrays["text_biases"],
            own_hints=arrays["own_hints"].astype(np.float32),
            outer_hints=arrays["outer_hints"].astype(np.float32),
        )
        first, second = ObliviousTrees.from_arrays(part(arrays, "first")), part(arrays, "second")
        slope, intercept = arrays["scaling"]
        return cls(scores, first, SecondLook.from_arrays(second), float(slope), float(intercept))


def logistic(log_odds: Floats) -> Floats:
    """Turn log-odds into probabilities, rounded: see :func:`filter.features.hashed.rounded`."""
    return rounded(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
