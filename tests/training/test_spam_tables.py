"""Tables: what each block and each page counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("catboost")

from filter.training.cases import Case
from filter.training.spam import genuine
from filter.training.spam_tables import FURNITURE_WEIGHT, PAGE_TEXT_WEIGHT, Table
from filter.training.text_cases import clean_case
from tests.training.test_text_cases import article

NEWS = clean_case(article())


def typed(page_type: str, *, is_markup: bool) -> Case:
    """The same text as a page of a type, read as markup or as text."""
    page = replace(NEWS.page, is_markup=is_markup)
    return replace(NEWS, page=page, facts=NEWS.facts | {"page type": page_type})


def table(*cases: Case, furniture: int = 0) -> Table:
    """A table of these cases, the first blocks furniture."""
    offsets = np.arange(len(cases) + 1) * len(NEWS.read)
    outside = np.arange(offsets[-1]) < furniture
    nothing: Any = None
    return Table(list(cases), np.zeros((len(outside), 0)), [], offsets, nothing, outside & False, outside)


def test_news_counts_in_full_and_furniture_for_less() -> None:
    assert table(NEWS, furniture=1).weights.tolist() == [FURNITURE_WEIGHT, *[1] * 5]


def test_the_text_of_other_pages_counts_for_less_and_their_markup_in_full() -> None:
    told = table(typed("service", is_markup=False), typed("service", is_markup=True), NEWS)
    assert told.page_texts.tolist() == [True, False, False]
    assert told.weights.tolist() == [PAGE_TEXT_WEIGHT] * 6 + [1] * 12


def test_thresholds_are_set_on_articles_with_markup_and_on_news_as_text() -> None:
    articles = [typed("article", is_markup=flag) for flag in (True, False)]
    services = [typed("service", is_markup=flag) for flag in (True, False)]
    assert genuine(table(NEWS, *articles, *services)).tolist() == [True, True, False, False, False]
