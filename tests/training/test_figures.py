"""Figures are of pages that people labelled, and of no page composed from them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("catboost")

from filter.page import text_page
from filter.training.blocks import CrossFit
from filter.training.cases import PageForm
from filter.training.figures import calibration, precision_and_recall, spam_summary
from filter.training.labels import UNKNOWN
from filter.training.pages import GoldPage
from filter.training.rows import Rows
from filter.training.spam_curves import OperatingPoint, SpamCurves
from filter.training.spam_evaluation import SpamFigures

PAGE = text_page(["The harbour board met on Monday.", "Subscribe to the Harbour Courier."])
ARTICLE = GoldPage("article", "harbour.example", "article", PAGE, gold=PAGE.texts[0])
FORUM = replace(ARTICLE, name="forum", page_type="forum")
COMPOSED = replace(ARTICLE, name="composed", added=(0,))
SEGMENTS = replace(ARTICLE, name="segments", page_type="", gold=None)
GOLDS = [ARTICLE, FORUM, COMPOSED, SEGMENTS]


def rows(*main: int) -> Rows:
    """Two blocks of each page with labels; each weighs half."""
    pages = [gold.page for gold in GOLDS]
    labels = np.array(main, dtype=np.int8)
    weights = np.full(len(main), 0.5, dtype=np.float32)
    alone = np.zeros(len(pages), dtype=np.int64), np.zeros(len(pages), dtype=bool)
    return Rows(pages, labels, weights, np.zeros_like(labels), *alone)


def crossed(*chances: float) -> CrossFit:
    """What models say of the blocks."""
    nothing = np.zeros((len(chances), 0), dtype=np.float32)
    return CrossFit(nothing, 0, np.array(chances, dtype=np.float32), 1.0, 0.0)


ROWS = rows(1, 0, 1, 0, 1, 0, 1, UNKNOWN)


def at_one_half(name: str, *chances: float) -> tuple[float, float]:
    """Precision and recall of some pages, taking what is likelier than not."""
    points = precision_and_recall(GOLDS, ROWS, crossed(*chances))[name]["points"]
    (point,) = [point for point in points if point["probability"] == 0.5]
    return point["precision"], point["recall"]


def test_precision_and_recall_of_articles_are_of_articles_alone() -> None:
    # Right on the article, wrong on the forum.
    chances = 0.9, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9
    assert at_one_half("article", *chances) == (1, 1)
    assert at_one_half("all", *chances) == (0.5, 0.5)


def test_composed_pages_and_segments_change_neither_precision_nor_recall() -> None:
    real = 0.9, 0.1, 0.9, 0.1
    assert at_one_half("all", *real, 0.1, 0.9, 0.1, 0.9) == (1, 1)


def test_without_articles_they_have_no_curve() -> None:
    curves = precision_and_recall(GOLDS, rows(0, 0, 1, 0, 1, 0, 1, 0), crossed(*[0.5] * 8))
    assert list(curves) == ["all"]


def test_calibration_counts_segments_but_nothing_composed_and_nothing_unjudged() -> None:
    bins = calibration(GOLDS, ROWS, crossed(*[0.55] * 8))
    assert [one["blocks"] for one in bins] == [5]
    assert bins[0]["true"] == pytest.approx(3 / 5)


def test_curves_of_spam_become_plain_values_by_form() -> None:
    point = OperatingPoint(alarms=0.001, recall=0.75, precision=0.875)
    bins = [{"stated": 0.1, "true": 0.2, "blocks": 7}]
    forms = [SpamCurves(form, 30, 90, [point], {"balanced": point}, bins) for form in PageForm]
    parts = [SpamFigures([], [], [], [curves]) for curves in forms]
    plain = {"alarms": 0.001, "recall": 0.75, "precision": 0.875}
    expected = {
        "spliced": 30,
        "genuine": 90,
        "points": [plain],
        "favour": {"balanced": plain},
        "calibration": bins,
    }
    assert spam_summary(SpamFigures.join(parts))["curves"] == {"text": expected, "markup": expected}
