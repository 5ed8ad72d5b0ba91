"""The judges of the search for spam, each fitted on what the one before it says of cases it never saw."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from filter.linear import LinearOdds
from filter.second_opinion import SecondOpinion
from filter.training.cases import Sort
from filter.training.convolutions import fit_convolutions
from filter.training.estimator import ObliviousTreesClassifier
from filter.training.linear_odds import fit_linear_odds
from filter.training.spam_tables import FirstLook, Judged, Table
from filter.trees import ObliviousTrees

Floats = npt.NDArray[np.float32]

DOUBTFUL = -2.0
"""The first look's log-odds of a block above which the network is asked about it and those around it: that is
in one news article in five, and in three pages in ten. Asked about all, it restores no page more."""
PURE_TEXT_WEIGHT = 0.03
"""What the text of a page that is no news weighs beside news when pure spam is told: without any, one such
article in a hundred is taken for it; with 1, a tenth less of the pure spam is known, and no fewer are."""


def fit_first(tables: Sequence[Table]) -> ObliviousTrees:
    """Fit the first look on cases that the text scores never saw."""
    return _boost(
        np.concatenate([table.matrix for table in tables]),
        np.concatenate([table.spam for table in tables]),
        np.concatenate([table.weights for table in tables]),
        trees=450,
    )


def fit_second(looks: Sequence[FirstLook], epochs: int) -> SecondOpinion:
    """Fit the second look on first looks by models that never saw the cases.

    Parameters
    ----------
    looks : sequence of FirstLook
    epochs : int
        How often the network learns from each case.
    """
    tables = [look.table for look in looks]
    spam = np.concatenate([table.spam for table in tables])
    weights = np.concatenate([table.weights for table in tables])
    even = (weights * (sum(len(table.cases) for table in tables) / len(weights))).astype(np.float32)
    matrix = np.concatenate([look.matrix() for look in looks])
    network = fit_convolutions(matrix, spam.astype(np.int8), even, _stretches(tables), epochs)
    return SecondOpinion(network, DOUBTFUL)


def _stretches(tables: Sequence[Table]) -> list[tuple[int, int]]:
    """Return each case's first block and the one behind its last, numbered through all tables."""
    lengths = np.concatenate([np.diff(table.offsets) for table in tables])
    edges = np.concatenate(([0], np.cumsum(lengths))).tolist()
    return list(pairwise(edges))


def fit_runs(judged: Sequence[Judged]) -> LinearOdds:
    """Fit the judge of runs; clean articles count as they come, so that alarms stay rare.

    No trees: one genuine page in sixty has a run, too few for them to learn from.
    """
    return fit_linear_odds(
        np.concatenate([one.run_matrix for one in judged]),
        np.concatenate([one.run_spam for one in judged]),
        np.concatenate([one.run_weights for one in judged]),
    )


def fit_pages(judged: Sequence[Judged]) -> ObliviousTrees:
    """Fit the judge of pages, pure spam against all others, on pages as they are found.

    Dressed and glued training pages beside them cost a tenth of what is known of pure spam.
    """
    matrix = np.concatenate([one.page_matrix() for one in judged])
    pure = np.concatenate([one.table.of_sort(Sort.PURE) for one in judged])
    strange = np.concatenate([one.table.page_texts for one in judged])
    weights = np.where(strange, PURE_TEXT_WEIGHT, 1).astype(np.float32)
    return _boost(matrix, pure, weights, trees=300, learning_rate=0.06)


def _boost(
    matrix: Floats, target: npt.NDArray[np.bool_], weights: Floats, *, trees: int, learning_rate: float = 0.07
) -> ObliviousTrees:
    how = ObliviousTreesClassifier(trees, learning_rate=learning_rate, column_share=0.3, row_share=0.7)
    return how.fit(matrix, target, weights=weights).trees_
