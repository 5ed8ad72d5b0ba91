"""Metrics against counts by hand."""

from __future__ import annotations

import pytest

from filter.training.metrics import exact_match, lost_paragraphs, segment_counts, snippet_share, word_f1


class TestWordF1:
    def test_words_are_compared_as_multisets_without_case_and_punctuation(self) -> None:
        precision, recall, f1 = word_f1("The quay. The quay!", "the quay, closed")

        assert precision == pytest.approx(2 / 4)
        assert recall == pytest.approx(2 / 3)
        assert f1 == pytest.approx(2 * (1 / 2) * (2 / 3) / (1 / 2 + 2 / 3))

    @pytest.mark.parametrize(
        ("text", "gold", "f1"),
        [("", "", 1.0), ("…", "", 1.0), ("quay", "", 0.0), ("", "quay", 0.0), ("a", "b", 0.0)],
    )
    def test_texts_without_words_agree_with_each_other_alone(self, text: str, gold: str, f1: float) -> None:
        assert word_f1(text, gold)[2] == f1


def test_an_exact_match_minds_order_but_no_punctuation() -> None:
    assert exact_match("The quay\n\nclosed.", "the quay closed")
    assert not exact_match("closed the quay", "the quay closed")


class TestLostParagraphs:
    GOLD = "one two three four five six\n\nseven eight nine ten\nshort line"

    def test_lines_of_fewer_than_three_words_are_no_paragraphs(self) -> None:
        assert lost_paragraphs(self.GOLD, self.GOLD) == (0, 2)

    def test_a_paragraph_of_which_half_is_there_is_not_lost(self) -> None:
        assert lost_paragraphs("one two three four", self.GOLD) == (1, 2)  # 2 of 4 shingles
        assert lost_paragraphs("one two three", self.GOLD) == (2, 2)  # 1 of 4


def test_snippets_are_found_across_white_space_and_case() -> None:
    assert snippet_share("The  quay\nclosed", ["the quay closed", "the quay opened"]) == 0.5


def test_segments_are_counted_as_found_missed_and_leaked() -> None:
    assert segment_counts("a b c", ["a", "c", "d"], ["b", "e"]) == (2, 1, 1)
