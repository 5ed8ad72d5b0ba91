"""The cleaner as a transformer, in pipelines of scikit-learn."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integrations.site import SAMPLES, sample

sklearn = pytest.importorskip("sklearn")

from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

from filter.errors import CallerError
from filter.integrations.sklearn import HtmlCleaner

FERRY, DOORWAY = sample("date-palms-arabic.html"), sample("cookie-wall.html")


@pytest.mark.skipif(not hasattr(sklearn.utils, "Tags"), reason="can't say that pages are strings")
@parametrize_with_checks([HtmlCleaner()])  # type: ignore[untyped-decorator]
def test_it_keeps_the_conventions_of_scikit_learn(estimator: Any, check: Any) -> None:
    check(estimator)


def test_pages_become_texts() -> None:
    texts = HtmlCleaner().fit_transform([FERRY, FERRY.encode(), ""])
    expected = (SAMPLES / "date-palms-arabic.expected.txt").read_text(encoding="utf-8").strip()
    assert [text.strip() for text in texts] == [expected, expected, ""]


def test_the_title_can_come_first() -> None:
    (with_title,), (without,) = (
        HtmlCleaner(with_title=wanted).transform([FERRY]) for wanted in (True, False)
    )
    assert with_title.endswith(without)
    assert len(with_title) > len(without)


def test_a_wrong_parameter_shows_when_fitting() -> None:
    with pytest.raises(CallerError):
        HtmlCleaner(favour="luck").fit([FERRY])  # type: ignore[arg-type]


def test_what_is_no_page_is_told_with_its_place() -> None:
    with pytest.raises(CallerError, match="at place 2: a page of type NoneType"):
        HtmlCleaner().transform([FERRY, DOORWAY, None])  # type: ignore[list-item]


def test_a_single_page_is_refused() -> None:
    with pytest.raises(CallerError, match=r"pass \[page\]"):
        HtmlCleaner().transform(FERRY)


def test_it_is_the_first_step_of_a_pipeline() -> None:
    pages = [FERRY, sample("pumps-company-news.html")] * 3
    pipeline = clone(make_pipeline(HtmlCleaner(), TfidfVectorizer(), LogisticRegression()))
    assert list(pipeline.fit(pages, ["sea", "town"] * 3).predict(pages)) == ["sea", "town"] * 3
