"""Quality signals: each formula on a text counted by hand, each rule on both sides of its edge."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.article import Article, Verdict
from filter.quality import RULES, SHORT_LINE, Quality, Rule, measure
from filter.writing import Writing

PROSE = (
    "The harbour board of Lindhaven met on Tuesday to decide what becomes of the old fish market.\n\n"
    "Its chair, Marta Oduya, said that the roof could be mended with the money which the town has put by. "
    "Two members would rather see the hall pulled down.\n\n"
    "A vote is expected in March. Until then traders have been told to keep their stalls where they are."
)


def test_plain_news_prose_fails_no_rule() -> None:
    quality = measure(PROSE)

    assert quality.failed == ()
    assert quality.score == 1.0


@pytest.mark.parametrize("text", ["", "   \n\n\t", "— … —"])
def test_a_text_without_words_has_no_quality(text: str) -> None:
    quality = measure(text)

    assert quality.word_count == 0
    assert quality.score == 0.0


class TestWords:
    def test_punctuation_around_a_word_is_no_part_of_it(self) -> None:
        quality = measure("“Don't,” she said — (twice).")

        assert quality.word_count == 4
        assert quality.mean_word_length == pytest.approx((5 + 3 + 4 + 5) / 4)

    def test_a_run_of_symbols_is_no_word_but_lowers_the_alphabetic_fraction(self) -> None:
        assert measure("one two three 44 ||").alphabetic_word_fraction == pytest.approx(3 / 5)

    def test_symbols_are_counted_by_the_word(self) -> None:
        quality = measure("#one #two three... four…")

        assert quality.hash_to_word_ratio == pytest.approx(2 / 4)
        assert quality.ellipsis_to_word_ratio == pytest.approx(2 / 4)

    def test_stop_words_are_counted_once_each_and_by_occurrence(self) -> None:
        quality = measure("the boat and the quay and the sea")

        assert quality.stop_word_count == 2
        assert quality.stop_word_ratio == pytest.approx(5 / 8)

    def test_stop_words_are_those_of_the_language_that_has_most(self) -> None:
        assert measure("Der Rat und die Stadt streiten mit dem Hafen.").stop_word_count == 4


class TestLines:
    def test_bullets_and_ellipses_are_counted_by_the_line(self) -> None:
        quality = measure("• one\n- two\nthree ...\n\nfour")

        assert quality.bullet_line_fraction == pytest.approx(2 / 4)
        assert quality.ellipsis_line_fraction == pytest.approx(1 / 4)

    @pytest.mark.parametrize(
        "line", ["It ended.", "Did it?", "“It did.”", "Она ушла!", "他走了。", "क्या हुआ।"]
    )
    def test_a_line_that_ends_as_a_sentence_is_terminated(self, line: str) -> None:
        assert measure(line).terminal_punctuation_line_fraction == 1.0

    @pytest.mark.parametrize("line", ["Read more", "It went on...", "It went on…", "Home |"])
    def test_a_line_that_ends_otherwise_is_not(self, line: str) -> None:
        assert measure(line).terminal_punctuation_line_fraction == 0.0

    def test_a_short_line_has_thirty_characters_at_most(self) -> None:
        assert measure("x" * SHORT_LINE).short_line_fraction == 1.0
        assert measure("x" * (SHORT_LINE + 1)).short_line_fraction == 0.0

    def test_what_stood_before_is_a_duplicate_and_the_first_is_not(self) -> None:
        quality = measure("aaaa\nbb\n\naaaa\nbb\n\ncc\naaaa")

        assert quality.duplicate_line_fraction == pytest.approx(3 / 6)
        assert quality.duplicate_line_character_fraction == pytest.approx(10 / 18)
        assert quality.duplicate_paragraph_fraction == pytest.approx(1 / 3)
        assert quality.duplicate_paragraph_character_fraction == pytest.approx(7 / 21)


class TestWriting:
    def test_rules_that_presuppose_spaces_are_left_out_without_them(self) -> None:
        sentence = "港口委员会星期二开会讨论旧鱼市场的未来"
        text = "。".join(sentence[i:] for i in range(12)) + "。"

        failed = measure(text).failed

        assert not any("stop_word" in rule or "mean_word_length" in rule for rule in failed)


class TestRules:
    GOOD = measure(PROSE)

    def with_signal(self, name: str, value: Any) -> Quality:
        return replace(self.GOOD, **{name: value})

    @pytest.mark.parametrize("rule", RULES, ids=str)
    def test_each_bound_divides_pass_from_fail(self, rule: Rule) -> None:
        nudge = 1e-6
        for bound, outward in ((rule.least, -nudge), (rule.most, nudge)):
            if abs(bound) == float("inf"):
                continue
            assert rule.passes(self.with_signal(rule.signal, bound - outward))
            assert rule.passes(self.with_signal(rule.signal, bound)) is rule.closed
            assert not rule.passes(self.with_signal(rule.signal, bound + outward))

    def test_one_failed_rule_costs_its_share_of_the_score(self) -> None:
        code = replace(self.GOOD, curly_bracket=True)

        assert code.failed == ("c4: curly_bracket",)
        assert code.score == pytest.approx(1 - 1 / len(RULES))

    def test_a_rule_that_does_not_apply_is_neither_passed_nor_failed(self) -> None:
        thai = replace(self.GOOD, writing=Writing.UNMARKED, sentence_count=0, stop_word_count=0)

        assert thai.failed == ()
        assert thai.score == 1.0

    def test_a_text_that_repeats_itself_fails_by_its_n_grams(self) -> None:
        failed = measure("Buy cheap rods and reels at the quay today. " * 30).failed

        assert "gopher: top_4gram_character_fraction" in failed
        assert "gopher: duplicate_10gram_character_fraction" in failed


@given(st.text())
def test_every_fraction_lies_between_zero_and_one(text: str) -> None:
    quality = measure(text)

    assert 0.0 <= quality.score <= 1.0
    for field in fields(Quality):
        if field.name.endswith("_fraction"):
            assert 0.0 <= getattr(quality, field.name) <= 1.0, field.name


def test_an_article_measures_its_text() -> None:
    article = Article(title=None, text=PROSE, verdict=Verdict.KEEP)

    assert article.quality == measure(PROSE)
