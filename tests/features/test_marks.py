"""Marks: each is counted where it is one, in the text where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.features.marks import MARKS, Mark
from filter.features.words import split_words


@pytest.mark.parametrize(
    ("text", "mark", "count"),
    [
        ("don't, it's", Mark.STRAIGHT_APOSTROPHE, 2),
        ("don’t", Mark.CURLY_APOSTROPHE, 1),
        ("'so' said the dogs' owner", Mark.STRAIGHT_APOSTROPHE, 0),
        ("‘so’", Mark.CURLY_APOSTROPHE, 0),
        ('"so"', Mark.STRAIGHT_QUOTE, 2),
        ("“so” „so“ «so»", Mark.TYPESET_QUOTE, 6),
        ("so - and so -- on", Mark.HYPHEN_FOR_DASH, 2),
        ("half-past", Mark.HYPHEN_FOR_DASH, 0),
        ("so – and — so", Mark.DASH, 2),
        ("so—and 1–2", Mark.TIGHT_DASH, 2),
        ("so – and", Mark.TIGHT_DASH, 0),
        ("so – and - so", Mark.SPACED_DASH, 2),
        ("so—and half-past", Mark.SPACED_DASH, 0),
        ("5%", Mark.PERCENT_SIGN, 1),
        ("5 % of %", Mark.PERCENT_SIGN, 0),
        ("5 % of %", Mark.SPACED_PERCENT_SIGN, 1),
        ("5%", Mark.SPACED_PERCENT_SIGN, 0),
    ],
)
def test_marks_are_counted(text: str, mark: Mark, count: int) -> None:
    assert split_words([text]).marks[0, mark] == count


@pytest.mark.parametrize("mark", ["'", "’", "-", "–", "%", " %", '"'])
def test_a_mark_at_the_edge_of_a_text_has_no_neighbour_in_another(mark: str) -> None:
    alone = split_words([mark]).marks[0].tolist()
    assert split_words(["a", mark, "b"]).marks[1].tolist() == alone


@given(st.lists(st.text(st.sampled_from("a1 '’\"“«-–—%\né"), max_size=12), max_size=5))
def test_each_text_has_the_marks_that_it_has_alone(texts: list[str]) -> None:
    together = split_words(texts).marks
    assert together.shape == (len(texts), MARKS)
    assert together.tolist() == [split_words([text]).marks[0].tolist() for text in texts]


def test_marks_are_not_counted_where_nobody_asks() -> None:
    texts = ["It's 5%", "so – then"]
    asked, not_asked = split_words(texts), split_words(texts, with_marks=False)
    assert asked.marks.any(axis=1).all()
    assert not_asked.marks.shape == asked.marks.shape
    assert not not_asked.marks.any()
    assert not_asked.hashes.tolist() == asked.hashes.tolist()
