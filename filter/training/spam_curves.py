"""What finding more spam costs: recall, precision and false alarms as the threshold of runs moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.classifier import logistic
from filter.training.cases import PageForm, Sort
from filter.training.curves import reliability
from filter.training.spam import CrossValidation, favoured_thresholds, genuine, run_thresholds, scaling
from filter.training.spam_tables import Judged

Floats = npt.NDArray[np.float32]

SHARES = np.geomspace(0.0002, 0.2, 40)
"""Shares of genuine articles with a false alarm that the threshold is set for, one after the other."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold gives.

    Attributes
    ----------
    alarms : float
        Share of genuine articles of which a block is labelled spam.
    recall : float
        Of the blocks put into pages: share labelled spam.
    precision : float
        Of the blocks labelled spam, on these pages and the genuine articles: share put in. Blocks outside
        articles don't count.
    """

    alarms: float
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class SpamCurves:
    """How the search for spam in pages of a form does from one threshold to the next.

    Attributes
    ----------
    form : PageForm
    spliced, genuine : int
        Pages with spam put in, and genuine articles: their proportion is behind every precision.
    points : list of OperatingPoint
        By falling threshold.
    favoured : dict of str to OperatingPoint
        Those of the thresholds that the model has, by what is favoured.
    calibration : list of dict
        See :func:`filter.training.curves.reliability`; of all blocks of the cross-validation.
    """

    form: PageForm
    spliced: int
    genuine: int
    points: list[OperatingPoint]
    favoured: dict[str, OperatingPoint]
    calibration: list[dict[str, float]]


def spam_curves(crossed: CrossValidation) -> SpamCurves:
    """Work out the curves of one form's cross-validation; thresholds are set over all folds together."""
    points = {threshold: _at(crossed, threshold) for threshold in run_thresholds(crossed, SHARES)}
    favoured = {name: _at(crossed, threshold) for name, threshold in favoured_thresholds(crossed).items()}
    return SpamCurves(
        form=crossed.form,
        spliced=sum(int(judged.table.of_sort(Sort.SPLICED).sum()) for judged in crossed.test),
        genuine=sum(int(genuine(judged.table).sum()) for judged in crossed.test),
        points=list(points.values()),
        favoured=favoured,
        calibration=_calibration(crossed),
    )


def _at(crossed: CrossValidation, threshold: float) -> OperatingPoint:
    """Work out what a threshold gives; where nothing is labelled, nothing is wrong."""
    counts = [
        _counts(judged, odds, threshold) for judged, odds in zip(crossed.test, crossed.run_odds, strict=True)
    ]
    articles, alarmed, put_in, found, wrong = map(sum, zip(*counts, strict=True))
    return OperatingPoint(
        alarms=alarmed / max(articles, 1),
        recall=found / max(put_in, 1),
        precision=found / (found + wrong) if found + wrong else 1.0,
    )


def _counts(judged: Judged, odds: Floats, threshold: float) -> tuple[int, int, int, int, int]:
    """Count genuine articles, those with a false alarm; blocks put in, those found, those taken for them."""
    table = judged.table
    labelled = judged.labelled(odds, threshold)
    pages = table.case_of_block
    spliced, articles = table.of_sort(Sort.SPLICED), genuine(table)
    put_in = table.spam & spliced[pages]
    wrong = labelled & ~table.spam & ~table.furniture & (spliced | articles)[pages]
    alarmed = np.unique(pages[wrong & articles[pages]])
    return (
        int(articles.sum()),
        len(alarmed),
        int(put_in.sum()),
        int((put_in & labelled).sum()),
        int(wrong.sum()),
    )


def _calibration(crossed: CrossValidation) -> list[dict[str, float]]:
    slope, intercept = scaling(crossed)[0]
    odds = np.concatenate([judged.second for judged in crossed.test])
    spam = np.concatenate([judged.table.spam for judged in crossed.test])
    return reliability(logistic(odds * slope + intercept), spam, np.ones(len(odds), dtype=np.float32))
