"""Boosted oblivious trees, evaluated by numpy: the estimator behind both passes.

In an oblivious tree all nodes of a level ask the same question, so a row's
leaf is a number whose bits are the answers. That is what makes an ensemble
cheap without compiled code: every question of the ensemble is asked once for
all rows, and a tree is one look-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from filter.errors import ModelError

MAXIMUM_DEPTH = 8
"""A leaf's number must fit a byte."""

_CHUNK = 256
"""Rows at a time: the answers and leaves of a few hundred trees then stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class ObliviousTrees:
    """An ensemble of oblivious (symmetric) decision trees of one depth.

    Parameters
    ----------
    features : ndarray of int32, shape (trees, depth)
        The column that each level of each tree looks at.
    borders : ndarray of float32, shape (trees, depth)
        Level *i* sets bit *i* of the leaf's number when the column's value is
        greater than its border. A missing value (NaN) is greater than none.
    leaves : ndarray of float32, shape (trees, 2 ** depth) or (trees, 2 ** depth, classes)
        What each leaf adds to the decision.
    bias : float or ndarray of float64, shape (classes,)
        What the decision starts from.

    Raises
    ------
    ModelError
        When the shapes do not belong together, or a tree is deeper than
        `MAXIMUM_DEPTH`.
    """

    features: NDArray[np.int32]
    borders: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: NDArray[np.float64]
    _question_features: NDArray[np.intp] = field(init=False, repr=False)
    _question_borders: NDArray[np.float32] = field(init=False, repr=False)
    _questions: NDArray[np.intp] = field(init=False, repr=False)
    _values: NDArray[np.float64] = field(init=False, repr=False)
    _first_leaves: NDArray[np.intp] = field(init=False, repr=False)

    def __init__(
        self,
        features: ArrayLike,
        borders: ArrayLike,
        leaves: ArrayLike,
        bias: ArrayLike = 0.0,
    ) -> None:
        columns = np.asarray(features, dtype=np.int32)
        limits = np.asarray(borders, dtype=np.float32)
        values = np.asarray(leaves, dtype=np.float32)
        start = np.asarray(bias, dtype=np.float64)
        _check_shapes(columns, limits, values, start)
        leaves_in_all = values.shape[0] * values.shape[1]
        # A question as one number, the column's above the bits of the border's: quicker to sort than pairs.
        numbers = columns.ravel().astype(np.uint64) << np.uint64(32) | limits.ravel().view(np.uint32)
        asked, questions = np.unique(numbers, return_inverse=True)
        for name, value in (
            ("features", columns),
            ("borders", limits),
            ("leaves", values),
            ("bias", start),
            ("_question_features", (asked >> np.uint64(32)).astype(np.intp)),
            ("_question_borders", asked.astype(np.uint32).view(np.float32)[:, None]),
            ("_questions", np.ascontiguousarray(questions.reshape(columns.shape).T)),
            # At the precision that they are summed at, so that no look-up converts them.
            ("_values", values.astype(np.float64).reshape(-1, *values.shape[2:])),
            ("_first_leaves", np.arange(0, leaves_in_all, values.shape[1], dtype=np.intp)[:, None]),
        ):
            object.__setattr__(self, name, value)

    @property
    def width(self) -> int:
        """The least number of columns a matrix must have."""
        return int(self.features.max(initial=-1)) + 1

    def decision(self, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum the leaves that each row falls into.

        The result for a row is the same, to the last bit, whatever rows stand
        around it.

        Parameters
        ----------
        matrix : ndarray of float32, shape (rows, features)
            NaN stands for a missing value.

        Returns
        -------
        ndarray of float32, shape (rows,) or (rows, classes)
            Raw scores (log-odds, for a model trained on log loss).
        """
        columns = np.asarray(matrix, dtype=np.float32).T
        decision = np.empty((columns.shape[1], *self.leaves.shape[2:]), dtype=np.float32)
        for start in range(0, len(decision), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            decision[chunk] = self._decide(columns[:, chunk])
        return decision

    def _decide(self, columns: NDArray[np.float32]) -> NDArray[np.float64]:
        answers = (columns.take(self._question_features, axis=0) > self._question_borders).view(np.uint8)
        # From the highest bit down: doubling a number moves up the bits that it has.
        leaf = np.zeros((len(self.leaves), columns.shape[1]), dtype=np.uint8)
        for questions in self._questions[::-1]:
            leaf += leaf
            leaf |= answers.take(questions, axis=0)
        total: NDArray[np.float64] = self._values.take(leaf + self._first_leaves, axis=0).sum(axis=0)
        return total + self.bias

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The plain arrays that :meth:`from_arrays` takes; leaves at half precision."""
        return {
            "features": self.features.astype(np.int16),
            "borders": self.borders,
            "leaves": self.leaves.astype(np.float16),
            "bias": self.bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ObliviousTrees:
        """Make the ensemble that :meth:`to_arrays` took apart."""
        return cls(arrays["features"], arrays["borders"], arrays["leaves"], arrays["bias"])


def _check_shapes(
    features: NDArray[np.int32],
    borders: NDArray[np.float32],
    leaves: NDArray[np.float32],
    bias: NDArray[np.float64],
) -> None:
    if features.ndim != 2 or features.shape != borders.shape:
        raise ModelError(
            f"the trees' features {features.shape} and borders {borders.shape} must both have the shape"
            " (trees, depth): train the model again"
        )
    trees, depth = features.shape
    if depth > MAXIMUM_DEPTH:
        raise ModelError(
            f"trees of depth {depth} are too deep (at most {MAXIMUM_DEPTH}): train shallower ones"
        )
    if leaves.ndim not in (2, 3) or leaves.shape[:2] != (trees, 2**depth):
        raise ModelError(
            f"{trees} trees of depth {depth} need leaves of shape ({trees}, {2**depth}), not {leaves.shape}:"
            " train the model again"
        )
    if bias.shape not in ((), leaves.shape[2:]):
        raise ModelError(
            f"a bias of shape {bias.shape} does not fit leaves {leaves.shape}: train the model again"
        )
