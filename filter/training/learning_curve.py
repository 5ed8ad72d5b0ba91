"""How accuracy grows with the sites learned from: whether more labelled pages would help."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from filter.judge import Judge
from filter.training.blocks import cross_fit, fit_judge
from filter.training.corpora import assign_folds
from filter.training.evaluation import measure_pages
from filter.training.fitting import TrainingData, page_rows
from filter.training.linear import BATCH
from filter.training.pages import GoldPage
from filter.training.rows import Settings

Log = Callable[[str], None]

SHARES = (0.125, 0.25, 0.5, 1.0)
"""Of the sites that are not measured on."""
HELD_OUT = 5
"""One site in so many is measured on."""
SETTINGS = Settings(folds=2, trees=100)
"""Half the size of the model that is shipped: the curve's shape is what counts."""


def learning_curve(data: TrainingData, log: Log) -> list[dict[str, Any]]:
    """Fit on ever more sites, and measure on sites that none of the fits saw.

    Parameters
    ----------
    data : TrainingData
        Pages composed from those of a site are learned from with them, and never measured on.
    log : callable
        Is told how far the work has come.

    Returns
    -------
    list of dict
        For each share of the sites: how many pages were learned from, and word F1 of articles and of all
        pages.
    """
    found = [gold for gold in data.golds if not gold.composed and gold.gold is not None]
    held_out = assign_folds([gold.domain for gold in found], HELD_OUT) == 0
    measured = [gold for gold, held in zip(found, held_out, strict=True) if held]
    known = frozenset(gold.domain for gold, held in zip(found, held_out, strict=True) if not held)
    points = []
    for share in SHARES:
        chosen = _first_sites(known, share)
        part = data.part(chosen.__contains__)
        rows = page_rows(part.golds, part.labels, SETTINGS)
        judge = fit_judge(rows, cross_fit(rows, SETTINGS), SETTINGS)
        figures = measure_pages(measured, texts_by(judge, measured), oracle=False)
        articles = [page.f1 for page in figures if page.page_type == "article"]
        points.append(
            {
                "share": share,
                "pages": len(part.golds),
                "article": float(np.mean(articles)) if articles else 0.0,
                "all": float(np.mean([page.f1 for page in figures])) if figures else 0.0,
            }
        )
        log(f"learning curve: {len(part.golds)} pages learned from")
    return points


def texts_by(judge: Judge, golds: Sequence[GoldPage]) -> list[str]:
    """Return the main content of pages as a judge sees it, spam left aside."""
    texts: list[str] = []
    for start in range(0, len(golds), BATCH):
        decision = judge.decide([gold.page for gold in golds[start : start + BATCH]], 1.0)
        texts += decision.batch.texts_of_pages(decision.main)
    return texts


def _first_sites(sites: frozenset[str], share: float) -> frozenset[str]:
    """Choose a share of the sites by chance, the same ones among more for a larger share."""
    ranked = sorted(sites, key=lambda site: hashlib.sha256(site.encode()).digest())
    return frozenset(ranked[: max(1, round(share * len(ranked)))])
