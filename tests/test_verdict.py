"""Labels become the verdict: each reason to drop a page, on both sides of its edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from filter import Verdict
from filter.features.batch import gather
from filter.page import text_page
from filter.verdict import LEAST_WORDS, PURE, PageEvidence, VerdictModel

ARTICLE = PageEvidence(
    words=300,
    spam_words=0,
    page_words=400,
    likelihood=0.9,
    highest=0.95,
    expected=280.0,
    linked=0.1,
    pure=0.05,
    is_markup=True,
)
SURE_OF_ARTICLES = VerdictModel(np.zeros(8), bias=-10.0, threshold=0.5)
UNSURE = VerdictModel(np.zeros(8), bias=0.0, threshold=0.5)


class TestVerdict:
    """Keep, trim or drop, and why."""

    def test_an_article_is_kept(self) -> None:
        found = SURE_OF_ARTICLES.judge(ARTICLE)
        assert found.verdict is Verdict.KEEP
        assert found.reasons == ("a genuine article of 300 words",)

    def test_an_article_with_spam_is_trimmed(self) -> None:
        found = SURE_OF_ARTICLES.judge(replace(ARTICLE, spam_words=1))
        assert found.verdict is Verdict.TRIM
        assert found.reasons == ("1 words of spam removed, a genuine article of 300 words left",)

    def test_a_page_without_text_is_dropped(self) -> None:
        found = SURE_OF_ARTICLES.judge(replace(ARTICLE, words=0, page_words=0))
        assert (found.verdict, found.reasons) == (Verdict.DROP, ("the page holds no text",))
        assert found.drop_probability == 1.0

    def test_a_page_without_main_content_is_dropped(self) -> None:
        assert SURE_OF_ARTICLES.judge(replace(ARTICLE, words=0)).reasons == ("no main content found",)

    def test_nineteen_words_are_too_thin_and_twenty_are_not(self) -> None:
        assert LEAST_WORDS == 20
        thin = SURE_OF_ARTICLES.judge(replace(ARTICLE, words=19))
        assert (thin.verdict, thin.reasons) == (Verdict.DROP, ("too thin: 19 words of main content",))
        assert SURE_OF_ARTICLES.judge(replace(ARTICLE, words=20)).verdict is Verdict.KEEP

    def test_spam_from_end_to_end_is_dropped(self) -> None:
        pure = SURE_OF_ARTICLES.judge(replace(ARTICLE, pure=PURE))
        assert (pure.verdict, pure.reasons) == (Verdict.DROP, ("spam from end to end",))
        assert pure.drop_probability == PURE
        assert SURE_OF_ARTICLES.judge(replace(ARTICLE, pure=PURE - 0.01)).verdict is Verdict.KEEP

    def test_a_page_that_the_model_takes_for_no_article_is_dropped(self) -> None:
        assert UNSURE.judge(ARTICLE).verdict is Verdict.DROP
        assert replace(UNSURE, threshold=0.51).judge(ARTICLE).verdict is Verdict.KEEP
        assert UNSURE.judge(ARTICLE).drop_probability == pytest.approx(0.5)

    @pytest.mark.parametrize(("linked", "what"), [(0.5, "reads like furniture"), (0.51, "mostly links")])
    def test_and_it_says_what_is_there_instead(self, linked: float, what: str) -> None:
        (reason,) = UNSURE.judge(replace(ARTICLE, linked=linked)).reasons
        assert what in reason

    def test_the_strongest_reason_comes_first(self) -> None:
        assert SURE_OF_ARTICLES.judge(replace(ARTICLE, words=5, pure=0.95)).reasons == (
            "spam from end to end",
            "too thin: 5 words of main content",
        )
        assert SURE_OF_ARTICLES.judge(replace(ARTICLE, words=5, pure=0.6)).reasons[0].startswith("too thin")

    def test_endless_evidence_ends_in_certainty(self) -> None:
        sure = VerdictModel(np.full(8, 1e9), bias=0.0, threshold=0.5)
        assert sure.judge(ARTICLE).drop_probability == pytest.approx(1.0)


class TestEvidence:
    """What a verdict rests on, counted on a small page."""

    def test_it_is_counted_by_words(self) -> None:
        ten = " ".join(["word"] * 10)
        batch = gather([text_page(["other page"]), text_page([ten, "two words", ten])])
        evidence = PageEvidence.of(
            batch,
            1,
            4,
            np.array([0.0, 0.8, 0.9, 0.1], dtype=np.float32),
            np.array([False, True, True, False]),
            np.array([True, False, False, True]),
            0.2,
        )
        assert (evidence.words, evidence.spam_words, evidence.page_words) == (12, 10, 22)
        assert evidence.likelihood == pytest.approx((10 * 0.8 + 2 * 0.9) / 12)
        assert evidence.highest == pytest.approx(0.8)
        assert evidence.expected == pytest.approx(10 * 0.8 + 2 * 0.9 + 10 * 0.1)
        assert evidence.linked == 0
        assert evidence.pure == 0.2
        assert not evidence.is_markup

    def test_a_page_without_blocks_has_none(self) -> None:
        batch = gather([text_page([])])
        nothing = np.zeros(0, dtype=bool)
        evidence = PageEvidence.of(batch, 0, 0, np.zeros(0, dtype=np.float32), nothing, nothing, 0.0)
        assert (evidence.words, evidence.page_words, evidence.likelihood, evidence.linked) == (0, 0, 0.0, 0.0)


def test_it_comes_back_from_its_arrays() -> None:
    model = VerdictModel(np.arange(8.0), bias=0.25, threshold=0.75)
    again = VerdictModel.from_arrays(model.to_arrays())
    assert again.weights.tolist() == model.weights.tolist()
    assert (again.bias, again.threshold) == (0.25, 0.75)
