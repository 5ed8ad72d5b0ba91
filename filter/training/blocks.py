"""Fits the classifier of blocks: linear scores, the two passes, the headline, the scaling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from filter.classifier import BlockClassifier, LinearScores, logistic
from filter.features.hashed import hash_text
from filter.features.matrix import first_features
from filter.features.structure import find_containers
from filter.features.surroundings import second_features
from filter.judge import Judge
from filter.page import Page
from filter.second_look import SecondLook
from filter.second_opinion import SecondOpinion
from filter.training.convolutions import fit_convolutions
from filter.training.estimator import ObliviousTreesClassifier
from filter.training.labels import UNKNOWN
from filter.training.linear import LinearData, batches
from filter.training.platt import fit_platt
from filter.training.rows import Rows, Settings
from filter.trees import ObliviousTrees

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DOUBTFUL = -4.0
"""Log-odds of a block by the second pass's trees above which the network is asked about it and those around
it: two blocks of three. Asked about all, it gives the same F1, lost paragraphs and exact bodies on the
development pages, to the last digit of the card."""


@dataclass(frozen=True, slots=True)
class CrossFit:
    """What models fitted without a page's fold say of the page: for later steps, and for figures.

    Attributes
    ----------
    matrix : float32 array, shape (blocks, features)
        The features of both passes, the second pass's behind the first's.
    first_features : int
        How many are the first pass's.
    chances : float32 array, shape (blocks,)
        The calibrated probability of being main content.
    slope, intercept : float
        Of the calibration.
    """

    matrix: Floats
    first_features: int
    chances: Floats
    slope: float
    intercept: float

    @property
    def first_matrix(self) -> Floats:
        """The features of the first pass alone: a view, since both fill gigabytes."""
        return self.matrix[:, : self.first_features]


def cross_fit(rows: Rows, settings: Settings) -> CrossFit:
    """Judge every page by passes that never saw a page of its domain.

    The second pass of a fold learns from first-pass probabilities that are
    themselves out of fold.
    """
    linear = LinearData.of(rows, settings)
    fitted = [linear.fit(rows, rows.fold_of_block != fold) for fold in range(settings.folds)]
    matrix = _first_matrix_out_of_fold(rows, fitted)
    first_features = matrix.shape[1]
    first_chances = out_of_fold(rows, matrix, settings)
    matrix = np.hstack((matrix, _second_matrix(rows.pages, first_chances)))
    odds = _odds_out_of_fold(rows, matrix, settings)
    # By found pages alone: in composed ones more of the blocks are furniture than a stranger's page has.
    judged = (rows.main != UNKNOWN) & ~rows.composed[rows.page_of_block]
    doubtful = DOUBTFUL if settings.epochs else -np.inf
    slope, intercept = calibrate(odds[judged], rows.main[judged], rows.weights[judged], doubtful)
    chances = logistic(odds * np.float32(slope) + np.float32(intercept))
    return CrossFit(matrix, first_features, chances, slope, intercept)


def calibrate(
    odds: Floats, main: npt.NDArray[np.int8], weights: Floats, doubtful: float
) -> tuple[float, float]:
    """Fit Platt's scaling to blocks whose log-odds are above a bound; return its slope and intercept.

    Those below are furniture by trees alone, which are surer of themselves than trees and a network together:
    they would bend the curve where main content is decided on. Without them the same F1 is reached with 2 %
    fewer paragraphs lost.
    """
    in_doubt = odds > doubtful
    return fit_platt(odds[in_doubt], main[in_doubt], weights[in_doubt])


def fit_judge(rows: Rows, crossed: CrossFit, settings: Settings) -> Judge:
    """Fit everything that labels pages of one form.

    Parameters
    ----------
    rows : Rows
    crossed : CrossFit
        Of the same rows.
    settings : Settings
    """
    everything = np.ones(len(rows.main), dtype=bool)
    classifier = BlockClassifier(
        LinearData.of(rows, settings).fit(rows, everything),
        _fit_trees(rows, crossed.first_matrix, everything, settings),
        _fit_second_look(rows, crossed.matrix, np.ones(len(rows.pages), dtype=bool), settings),
        crossed.slope,
        crossed.intercept,
    )
    return Judge(classifier, _fit_titles(rows, crossed.matrix, settings))


def _first_matrix(pages: Sequence[Page], scores: LinearScores) -> Floats:
    return np.vstack(
        [
            first_features(
                batch, scores.of_text(hash_text(batch.words)), scores.of_hints(batch.hint_words)
            ).matrix
            for batch in batches(pages)
        ]
    )


def _second_matrix(pages: Sequence[Page], chances: Floats) -> Floats:
    parts, start = [], 0
    for batch in batches(pages):
        own = chances[start : start + batch.blocks]
        nothing = np.zeros((batch.blocks, 0), dtype=np.float32)
        parts.append(second_features(batch, find_containers(batch), nothing, own)[1])
        start += batch.blocks
    return np.vstack(parts)


def _first_matrix_out_of_fold(rows: Rows, fitted: Sequence[LinearScores]) -> Floats:
    """Compute the first pass's matrix, each page with the scores of models that never saw it."""
    result: Floats | None = None
    fold_of_block = rows.fold_of_block
    for fold, scores in enumerate(fitted):
        pages = [page for page, own in zip(rows.pages, rows.folds, strict=True) if own == fold]
        if not pages:
            continue
        part = _first_matrix(pages, scores)
        if result is None:
            result = np.empty((len(rows.main), part.shape[1]), dtype=np.float32)
        result[fold_of_block == fold] = part
    assert result is not None
    return result


def out_of_fold(rows: Rows, matrix: Floats, settings: Settings) -> Floats:
    """Return each block's probability by trees alone that never saw its page."""
    return logistic(_odds_out_of_fold(rows, matrix, replace(settings, epochs=0)))


def _odds_out_of_fold(rows: Rows, matrix: Floats, settings: Settings) -> Floats:
    """Return each block's log-odds by trees, and a network if any, that never saw its page."""
    odds = np.zeros(len(rows.main), dtype=np.float32)
    fold_of_block, page_of_block = rows.fold_of_block, rows.page_of_block
    for fold in range(settings.folds):
        own = fold_of_block == fold
        if own.any():
            look = _fit_second_look(rows, matrix, rows.folds != fold, settings)
            odds[own] = look.decision(matrix[own], page_of_block[own])
    return odds


def _fit_second_look(rows: Rows, matrix: Floats, chosen: Flags, settings: Settings) -> SecondLook:
    """Fit the second pass on the chosen pages; on composed ones, its trees alone.

    Learning from them, too, a smaller network judged strange pages worse on three folds of four (log loss
    higher by 2 % on average).
    """
    trees = _fit_trees(rows, matrix, chosen[rows.page_of_block], settings)
    if not settings.epochs:
        return SecondLook(trees)
    offsets = rows.offsets.tolist()
    pages = [(offsets[place], offsets[place + 1]) for place in np.flatnonzero(chosen & ~rows.composed)]
    network = fit_convolutions(matrix, rows.main, rows.weights, pages, settings.epochs, settings.threads)
    return SecondLook(trees, SecondOpinion(network, DOUBTFUL))


def _fit_trees(rows: Rows, matrix: Floats, chosen: Flags, settings: Settings) -> ObliviousTrees:
    """Fit one pass's trees on the judged blocks among those chosen."""
    known = chosen & (rows.main != UNKNOWN) & (rows.weights > 0)
    # Most blocks are plain furniture: half of them teach as much, and weigh double.
    random = np.random.default_rng(0).random(len(known))
    known &= (rows.main == 1) | (random < settings.negatives)
    weights = np.where(rows.main == 1, rows.weights, rows.weights / settings.negatives)
    return _boost(matrix[known], rows.main[known], weights[known], settings.trees, settings)


def _boost(
    matrix: Floats, labels: npt.NDArray[np.int8], weights: Floats, trees: int, settings: Settings
) -> ObliviousTrees:
    model = ObliviousTreesClassifier(
        trees,
        depth=settings.depth,
        learning_rate=settings.learning_rate,
        regularisation=settings.regularisation,
        column_share=0.5,
        row_share=0.8,
        threads=settings.threads,
    )
    return model.fit(matrix, labels, weights=weights * (len(weights) / weights.sum())).trees_


def _fit_titles(rows: Rows, matrix: Floats, settings: Settings) -> ObliviousTrees:
    """Fit the trees that tell the headline, on blocks near enough to be one."""
    known = rows.title != UNKNOWN
    # One block in some hundreds is the headline; a tenth of the others will do.
    random = np.random.default_rng(1).random(len(known))
    chosen = known & ((rows.title == 1) | (random < 0.1))
    weights = np.where(rows.title == 1, 1.0, 10.0)[chosen].astype(np.float32)
    return _boost(matrix[chosen], rows.title[chosen], weights, settings.title_trees, settings)
