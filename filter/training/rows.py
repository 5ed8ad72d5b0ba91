"""Labelled pages laid end to end, and how a classifier of their blocks is fitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.page import Page
from filter.training.corpora import assign_folds
from filter.training.labels import BlockLabels
from filter.training.pages import GoldPage

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MARGIN = 4
"""Blocks above the first and below the last block of main content that count as amid it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the classifier is fitted.

    Attributes
    ----------
    folds : int
        Parts, split by domain, for the out-of-fold scores that later steps learn from.
    trees, title_trees : int
        Size of each pass's ensemble, and of the headline's.
    depth : int
        Questions from a tree's root to its leaves.
    learning_rate, regularisation : float
        CatBoost's ``learning_rate`` and ``l2_leaf_reg``.
    text_bits, hint_bits : int
        Logarithm of the number of weights for words, and for hints.
    negatives : float
        Share of the blocks that are not main content that the trees learn from.
    epochs : int
        How often the network of the second pass learns from each page; 0: there is none.
    threads : int
        Of each fit. The same number gives the same model.
    """

    folds: int = 5
    trees: int = 200
    title_trees: int = 60
    depth: int = 6
    learning_rate: float = 0.08
    regularisation: float = 5.0
    text_bits: int = 16
    hint_bits: int = 14
    negatives: float = 0.5
    epochs: int = 10
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """Pages with labels, block by block, the fold of each page, and whether it was composed of others."""

    pages: Sequence[Page]
    main: npt.NDArray[np.int8]
    weights: Floats
    title: npt.NDArray[np.int8]
    folds: Ints
    composed: Flags

    @property
    def offsets(self) -> Ints:
        """The blocks of page ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``: shape (pages + 1,)."""
        return np.concatenate(([0], np.cumsum([len(page) for page in self.pages]))).astype(np.int64)

    @property
    def page_of_block(self) -> Ints:
        """The number of each block's page, shape (blocks,)."""
        return np.repeat(np.arange(len(self.pages)), np.diff(self.offsets))

    @property
    def fold_of_block(self) -> Ints:
        """The fold of each block's page, shape (blocks,)."""
        return self.folds[self.page_of_block]

    @property
    def amid(self) -> Flags:
        """Whether each block stands between its page's first and last one of main content, or near."""
        blocks = np.arange(len(self.main))
        offsets = self.offsets
        held = np.concatenate(([0], np.cumsum(self.main == 1)))
        starts, stops = (np.repeat(edge, np.diff(offsets)) for edge in (offsets[:-1], offsets[1:]))
        before = held[np.minimum(blocks + MARGIN + 1, stops)] > held[starts]
        after = held[stops] > held[np.maximum(blocks - MARGIN, starts)]
        return before & after


def make_rows(
    pages: Sequence[Page], labels: Sequence[BlockLabels], folds: Ints, composed: Sequence[bool]
) -> Rows:
    """Lay the labels of pages end to end."""
    return Rows(
        pages,
        np.concatenate([page.main for page in labels]),
        np.concatenate([page.weights for page in labels]),
        np.concatenate([page.title for page in labels]),
        folds,
        np.array(composed, dtype=bool),
    )


def fold_domains(golds: Iterable[GoldPage], folds: int) -> dict[str, int]:
    """Return the fold of each domain, dealt out by its found pages: composed ones change nothing."""
    found = [gold.domain for gold in golds if not gold.composed]
    return dict(zip(found, assign_folds(found, folds).tolist(), strict=True))
