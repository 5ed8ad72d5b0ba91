"""Curves of the search for spam against counts by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("catboost")

from filter.runs import Runs
from filter.training.cases import Case, PageForm, Sort
from filter.training.corpora import NewsArticle
from filter.training.spam import CrossValidation
from filter.training.spam_curves import OperatingPoint, spam_curves
from filter.training.spam_tables import Judged, Table
from filter.training.text_cases import clean_case

ARTICLE = NewsArticle("a", "Harbour Courier", "other", "en", "Board meets", ("One.", "Two."), own_breaks=True)


def case(sort: Sort, *spam: bool, furniture: tuple[bool, ...] = (False, False)) -> Case:
    """A page of two blocks."""
    clean = clean_case(ARTICLE)
    return Case(clean.page, clean.read, spam, furniture, clean.title, sort, clean.facts)


def fold(cases: list[Case], odds: list[float]) -> tuple[Judged, Any]:
    """Each block is a run of its own, judged by the log-odds given."""
    blocks = 2 * len(cases)
    spam = np.array([flag for one in cases for flag in one.spam])
    furniture = np.array([flag for one in cases for flag in one.furniture])
    nothing: Any = np.zeros((blocks, 0), dtype=np.float32)
    words = np.full((blocks, 1), np.log1p(20), dtype=np.float32)
    each = np.array(odds, dtype=np.float32)
    offsets, starts = np.arange(0, blocks + 1, 2), np.arange(blocks)
    story: Any = None
    table = Table(cases, words, ["words"], offsets, story, spam, furniture)
    runs = Runs(starts // 2, starts, starts + 1)
    return Judged(table, each, each, runs, nothing), each


def crossed(*folds: tuple[list[Case], list[float]]) -> CrossValidation:
    """A cross-validation with these test cases, and these log-odds of their blocks."""
    judged = [fold(cases, odds) for cases, odds in folds]
    pages = [
        np.array([float(one.sort is Sort.PURE) for one in cases], dtype=np.float32) for cases, _ in folds
    ]
    return CrossValidation(PageForm.TEXT, [], [own for own, _ in judged], [odds for _, odds in judged], pages)


CLEAN = case(Sort.CLEAN, False, False)
SPLICED = case(Sort.SPLICED, False, True)
PURE = case(Sort.PURE, True, True)
EDGED = case(Sort.SPLICED, False, True, furniture=(True, False))
CROSSED = crossed(
    ([CLEAN, CLEAN, CLEAN, SPLICED, PURE], [-9, -9, -9, -3, -9, -9, -5, 4, 9, -9]),
    ([CLEAN, CLEAN, CLEAN, SPLICED, EDGED], [-9, -9, -9, 3, -9, -9, -2, 2, 6, -4]),
)
"""Of six genuine articles, a block of one is at 3 and a block of another at -3."""


def test_pages_are_counted() -> None:
    curves = spam_curves(CROSSED)
    assert (curves.form, curves.spliced, curves.genuine) == (PageForm.TEXT, 3, 6)


def test_the_strictest_threshold_labels_what_no_article_exceeds() -> None:
    # Above 3: the block put in at 4, and furniture, which does not count; at 3, nothing else.
    assert spam_curves(CROSSED).points[0] == OperatingPoint(alarms=0, recall=1 / 3, precision=1)


def test_a_lower_threshold_finds_more_and_alarms_more() -> None:
    # Above -3, at the second highest of six: blocks put in at 4 and 2; of articles, blocks at 3 and -2.
    assert spam_curves(CROSSED).points[-1] == OperatingPoint(alarms=1 / 6, recall=2 / 3, precision=2 / 4)


def test_points_come_by_falling_threshold_and_once_each() -> None:
    points = spam_curves(CROSSED).points
    assert len(points) == len(set(points)) == 2
    assert all(stricter.recall <= laxer.recall for stricter, laxer in pairwise(points))


def test_what_is_favoured_has_points_of_its_own() -> None:
    favoured = spam_curves(CROSSED).favoured
    assert list(favoured) == ["precision", "balanced", "recall"]
    assert favoured["precision"] == OperatingPoint(alarms=0, recall=1 / 3, precision=1)


def test_where_nothing_is_labelled_nothing_is_wrong() -> None:
    silent = crossed(([CLEAN, SPLICED, PURE], [5, 5, -9, 4, 3, 3]))
    assert spam_curves(silent).points == [OperatingPoint(alarms=0, recall=0, precision=1)]


def test_calibration_is_of_all_blocks() -> None:
    bins = spam_curves(CROSSED).calibration
    assert sum(one["blocks"] for one in bins) == 20
    assert all(0 <= one["stated"] <= 1 for one in bins)
