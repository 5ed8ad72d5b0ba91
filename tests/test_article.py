"""The values that come out: what stands for a page that failed."""

from __future__ import annotations

import pytest

from filter.article import Metadata, Outcome, Removed, Verdict, failed_article


@pytest.mark.parametrize("outcome", [Outcome.UNDECODABLE, Outcome.TIMEOUT])
def test_a_page_that_failed_is_dropped_for_sure_and_says_why(outcome: Outcome) -> None:
    article = failed_article(outcome, "fetch it again")

    assert (article.outcome, article.message) == (outcome, "fetch it again")
    assert (article.verdict, article.verdict_reasons) == (Verdict.DROP, ("fetch it again",))
    assert article.drop_probability == 1.0


def test_nothing_of_a_page_that_failed_is_kept_or_removed() -> None:
    article = failed_article(Outcome.CRASHED, "leave it out")

    assert (article.title, article.text, article.blocks) == (None, "", ())
    assert article.removed == Removed(0, 0.0, 0)
    assert article.metadata == Metadata()


def test_a_page_that_failed_keeps_its_name_if_it_has_one() -> None:
    assert failed_article(Outcome.EMPTY, "fetch it again", source="a.html").source == "a.html"
    assert failed_article(Outcome.EMPTY, "fetch it again").source == ""
