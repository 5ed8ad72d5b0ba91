"""Fits the verdict: what a page without an article looks like to a judge that never saw it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from filter.judge import Decision, Judge
from filter.page import Page
from filter.training.linear import BATCH
from filter.verdict import PageEvidence, VerdictModel

SURELY_EMPTY = 0.99
"""A page at least this likely to hold no article is dropped, whatever the share of false drops. At 0.9, short
articles in languages that few of the pages are in would be dropped, and two more of WCXB's 793 articles."""
FALSE_DROPS = 0.0005
"""Share of pages with an article that may be dropped by the threshold."""


def fit_verdict(full: Sequence[PageEvidence], empty: Sequence[PageEvidence]) -> VerdictModel:
    """Fit the verdict's model on pages with an article and without.

    Parameters
    ----------
    full, empty : sequence of PageEvidence
        By judges that never saw the pages' domains.
    """
    matrix = np.array([page.features() for page in (*full, *empty)])
    target = np.array([0] * len(full) + [1] * len(empty))
    scale = matrix.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(matrix / scale, target)
    weights: npt.NDArray[np.float64] = fitted.coef_[0] / scale
    bias = float(fitted.intercept_[0])
    odds = matrix[: len(full)] @ weights + bias
    # Never below one half: a page that is likelier to hold an article is no page to drop.
    threshold = max(0.5, float(np.quantile(1 / (1 + np.exp(-odds)), 1 - FALSE_DROPS, method="higher")))
    return VerdictModel(weights, bias, min(threshold, SURELY_EMPTY))


def page_evidence(pages: Sequence[Page], judges: tuple[Judge, Judge]) -> list[PageEvidence]:
    """Gather what the judges of HTML and of text say of pages; spam is left aside."""
    markup, text = judges
    found: list[PageEvidence] = []
    for judge, is_markup in ((markup, True), (text, False)):
        chosen = [page for page in pages if page.is_markup == is_markup]
        for start in range(0, len(chosen), BATCH):
            found += _evidence(judge.decide(chosen[start : start + BATCH], 1.0))
    return found


def _evidence(decision: Decision) -> list[PageEvidence]:
    batch = decision.batch
    none = np.zeros(batch.blocks, dtype=bool)
    bounds = batch.offsets.tolist()
    return [
        PageEvidence.of(batch, start, stop, decision.judged.probabilities, decision.main, none, 0.0)
        for start, stop in pairwise(bounds)
    ]
