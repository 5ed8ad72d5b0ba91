"""What a training run measured, as plain values: they travel in the model file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.judges import BETAS
from filter.training.blocks import CrossFit
from filter.training.curves import precision_recall, reliability
from filter.training.evaluation import (
    PageFigures,
    interval,
    measure_pages,
    measure_segments,
    out_of_fold_texts,
)
from filter.training.fitting import Training, TrainingData
from filter.training.labels import UNKNOWN
from filter.training.learning_curve import learning_curve
from filter.training.pages import GoldPage
from filter.training.rows import Rows
from filter.training.spam_curves import SpamCurves
from filter.training.spam_evaluation import SpamFigures

Flags = npt.NDArray[np.bool_]


def figures_of(training: Training, log: Callable[[str], None]) -> dict[str, Any]:
    """Gather everything that was measured on pages not fitted on."""
    return {
        "pages": page_summary(training.data, training.rows, training.crossed),
        "favour": {
            name: favour_summary(training.data, training.rows, training.crossed, beta)
            for name, beta in BETAS.items()
        },
        "calibration": calibration(training.data.golds, training.rows, training.crossed),
        "precision and recall": precision_and_recall(training.data.golds, training.rows, training.crossed),
        "learning curve": learning_curve(training.data, log),
        "spam": spam_summary(training.spam),
    }


def page_summary(data: TrainingData, rows: Rows, crossed: CrossFit) -> dict[str, Any]:
    """Sum up main content by page type, and trafilatura's segments."""
    texts = out_of_fold_texts(rows, crossed)
    measured = measure_pages(data.golds, texts)
    segments = measure_segments(data.golds, texts)
    types = sorted({page.page_type for page in measured})
    result: dict[str, Any] = {
        name: _summary([page for page in measured if name in ("all", page.page_type)])
        for name in (*types, "all")
        if measured
    }
    if segments.found:
        precision = segments.found / (segments.found + segments.leaked)
        recall = segments.found / (segments.found + segments.missed)
        result["segments"] = {"f1": segments.f1, "precision": precision, "recall": recall}
    return result


def favour_summary(data: TrainingData, rows: Rows, crossed: CrossFit, beta: float) -> dict[str, float]:
    """State what a setting of ``favour`` costs: genuine paragraphs lost, furniture kept."""
    texts = out_of_fold_texts(rows, crossed, beta)
    measured = [
        page for page in measure_pages(data.golds, texts, oracle=False) if page.page_type == "article"
    ]
    lost = sum(page.lost for page in measured) / max(sum(page.paragraphs for page in measured), 1)
    return {
        "paragraphs lost": lost,
        "furniture kept": 1 - float(np.mean([page.precision for page in measured])) if measured else 0.0,
        "f1": float(np.mean([page.f1 for page in measured])) if measured else 0.0,
    }


def calibration(golds: Sequence[GoldPage], rows: Rows, crossed: CrossFit) -> list[dict[str, float]]:
    """Hold stated probabilities of main content against what came true, bin by bin."""
    chosen = _judged_blocks(rows, [not gold.composed for gold in golds])
    return reliability(crossed.chances[chosen], rows.main[chosen], rows.weights[chosen])


def precision_and_recall(
    golds: Sequence[GoldPage], rows: Rows, crossed: CrossFit
) -> dict[str, dict[str, Any]]:
    """Work out precision and recall of the blocks of articles, and of all pages whose gold text is known.

    Blocks weigh as they do in training: by the root of their words, doubtful ones less, and those of a page
    together as much as those of any other.
    """
    curves = {}
    for name in ("article", "all"):
        chosen = _judged_blocks(rows, [_is_measured(gold, name) for gold in golds])
        if (rows.main[chosen] == 1).any():
            curves[name] = precision_recall(crossed.chances[chosen], rows.main[chosen], rows.weights[chosen])
    return curves


def _is_measured(gold: GoldPage, page_type: str) -> bool:
    return gold.gold is not None and not gold.composed and page_type in ("all", gold.page_type)


def _judged_blocks(rows: Rows, wanted: Sequence[bool]) -> Flags:
    """Tell which blocks are of wanted pages, and judged by somebody, shape (blocks,)."""
    chosen: Flags = np.repeat(np.array(wanted, dtype=bool), [len(page) for page in rows.pages])
    chosen &= rows.main != UNKNOWN
    return chosen


def spam_summary(figures: SpamFigures) -> dict[str, Any]:
    """Sum up the search for spam by group of spliced pages and by subject of genuine ones."""
    return {
        "spliced": [
            {
                "group": figure.group,
                "name": figure.name,
                "pages": figure.restored.among,
                "restored": figure.restored.value,
                "restored interval": list(figure.restored.interval),
                "leaked": figure.leaked.value,
                "damaged": figure.damaged.value,
            }
            for figure in figures.spliced
        ],
        "alarms": [
            {"subject": name, "pages": share.among, "share": share.value, "interval": list(share.interval)}
            for name, share in figures.alarms
        ],
        "pure": {form: share.value for form, share in figures.pure},
        "curves": {str(curves.form): _curves_summary(curves) for curves in figures.curves},
    }


def _curves_summary(curves: SpamCurves) -> dict[str, Any]:
    return {
        "spliced": curves.spliced,
        "genuine": curves.genuine,
        "points": [asdict(point) for point in curves.points],
        "favour": {name: asdict(point) for name, point in curves.favoured.items()},
        "calibration": curves.calibration,
    }


def _summary(pages: Sequence[PageFigures]) -> dict[str, Any]:
    low, high = interval([page.f1 for page in pages], [page.domain for page in pages])
    return {
        "pages": len(pages),
        "paragraphs lost": sum(page.lost for page in pages) / max(sum(page.paragraphs for page in pages), 1),
        "f1": float(np.mean([page.f1 for page in pages])),
        "interval": [low, high],
        "oracle": float(np.mean([page.oracle for page in pages])),
        "precision": float(np.mean([page.precision for page in pages])),
        "recall": float(np.mean([page.recall for page in pages])),
        "exact": float(np.mean([page.exact for page in pages])),
        "snippets in": _mean([page.present for page in pages]),
        "junk in": _mean([page.absent for page in pages]),
    }


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return float(np.mean(known)) if known else 0.0
