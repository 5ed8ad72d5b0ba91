"""Fits the linear models whose scores are features of the first pass."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from filter.classifier import LinearScores
from filter.features.batch import Batch, gather
from filter.features.hashed import hash_text
from filter.page import Page
from filter.training.labels import UNKNOWN
from filter.training.rows import Rows, Settings

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

BATCH = 16
"""Pages computed together."""


def batches(pages: Sequence[Page]) -> Iterator[Batch]:
    """Gather pages, some at a time."""
    for start in range(0, len(pages), BATCH):
        yield gather(pages[start : start + BATCH])


@dataclass(frozen=True, slots=True)
class LinearData:
    """Hashed words of all blocks and of the hints around them, as sparse matrices."""

    text: Any
    hints: Any
    settings: Settings

    @classmethod
    def of(cls, rows: Rows, settings: Settings) -> LinearData:
        """Hash the blocks of all pages."""
        text, hints = [], []
        for batch in batches(rows.pages):
            text.append(_text_matrix(batch, settings.text_bits))
            hints.append(_hint_matrix(batch, settings.hint_bits))
        return cls(sparse.vstack(text).tocsr(), sparse.vstack(hints).tocsr(), settings)

    def fit(self, rows: Rows, chosen: Flags) -> LinearScores:
        """Fit the linear models on the judged blocks among those chosen."""
        known = chosen & (rows.main != UNKNOWN) & (rows.weights > 0)
        texts = [
            _fit_linear(self.text, rows, known, 2.0),
            _fit_linear(self.text, rows, known & rows.amid, 2.0),
        ]
        hints, _ = _fit_linear(self.hints, rows, known, 0.05)
        half = 1 << self.settings.hint_bits
        return LinearScores(
            np.stack([table for table, _ in texts]),
            np.array([bias for _, bias in texts], dtype=np.float32),
            hints[:half],
            hints[half:],
        )


def _fit_linear(matrix: Any, rows: Rows, chosen: Flags, strength: float) -> tuple[Floats, float]:
    """Return the weights of the columns, and the bias."""
    places = np.flatnonzero(chosen)
    labels, weights = rows.main[places], rows.weights[places]
    if len(np.unique(labels)) < 2:
        return np.zeros(matrix.shape[1], dtype=np.float32), 0.0
    # Sixty steps are short of convergence and generalise as well; it is one feature of many.
    model = LogisticRegression(C=strength, max_iter=60, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix[places], labels, sample_weight=weights * (len(weights) / weights.sum()))
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def _text_matrix(batch: Batch, bits: int) -> Any:
    text = hash_text(batch.words)
    columns = text.features & np.uint32((1 << bits) - 1)
    return sparse.csr_matrix(
        (text.norms[text.owners], (text.owners, columns)), shape=(batch.blocks, 1 << bits), dtype=np.float32
    )


def _hint_matrix(batch: Batch, bits: int) -> Any:
    """Lay a block's own hints beside the sum of those around it."""
    words = batch.hint_words
    columns = words.hashes & np.uint32((1 << bits) - 1)
    ones = np.ones(len(columns), dtype=np.float32)
    hints = sparse.csr_matrix((ones, (words.owners, columns)), shape=(len(batch.hints), 1 << bits))
    own = hints[batch.hint_numbers[batch.owners]] + hints[batch.inline_hint_numbers]
    blocks, elements = np.arange(batch.blocks), batch.parents[batch.owners]
    pairs = []
    while len(blocks):
        pairs.append((blocks, elements))
        inner = elements != batch.parents[elements]
        blocks, elements = blocks[inner], batch.parents[elements[inner]]
    rows = np.concatenate([block for block, _ in pairs]) if pairs else blocks
    around = np.concatenate([element for _, element in pairs]) if pairs else blocks
    ancestors = sparse.csr_matrix(
        (np.ones(len(rows), dtype=np.float32), (rows, around)), shape=(batch.blocks, batch.elements)
    )
    return sparse.hstack((own, ancestors @ hints[batch.hint_numbers]))
