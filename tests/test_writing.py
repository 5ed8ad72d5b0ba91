"""Ways of writing: told apart by letters, words and sentences counted in each."""

from __future__ import annotations

import pytest

from filter.writing import Writing, count_sentences, has_letter, words_in, writing_of


@pytest.mark.parametrize(
    ("text", "writing"),
    [
        ("Lindhaven votes", Writing.SPACED),
        ("항구 위원회는 화요일에 만났다", Writing.SPACED),
        ("港口委员会星期二开会", Writing.UNSPACED),
        ("港の委員会は火曜日に開かれた", Writing.UNSPACED),
        ("คณะกรรมการท่าเรือประชุมกัน", Writing.UNMARKED),
        ("港口 Lindhaven harbour", Writing.SPACED),
        ("123 456", Writing.SPACED),
    ],
)
def test_a_text_is_written_as_most_of_its_letters_are(text: str, writing: Writing) -> None:
    assert writing_of(text) is writing


def test_where_the_letters_are_divided_evenly_spaces_count() -> None:
    assert writing_of("港口ab") is Writing.SPACED
    assert writing_of("港口a") is Writing.UNSPACED


def test_between_the_unspaced_the_marked_win_a_draw() -> None:
    assert writing_of("港口ทา") is Writing.UNSPACED
    assert writing_of("港口ทาร") is Writing.UNMARKED


def test_punctuation_around_a_word_is_no_part_of_it() -> None:
    assert words_in("“Don't,” SHE said — (twice).") == ["don't", "she", "said", "twice"]


def test_vowel_signs_do_not_break_a_word() -> None:
    assert words_in("समाचार पत्र में लिखा है") == ["समाचार", "पत्र", "में", "लिखा", "है"]


def test_words_without_spaces_are_counted_by_their_characters() -> None:
    assert words_in("港口委员会开会") == ["港口", "委员", "会开", "会"]
    assert words_in("ท่าเรือ") == ["ท่าเ", "รือ"]


@pytest.mark.parametrize(
    ("text", "has"), [("a", True), ("22 é", True), ("港", True), ("22 _ —", False), ("", False)]
)
def test_letters_are_those_of_any_script(text: str, has: bool) -> None:
    assert has_letter(text) is has


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Wait... “Really?!” Yes.", 3),
        ("Version 3.5 of example.org", 0),
        ("他走了。她留下。", 2),
    ],
)
def test_a_sentence_ends_in_a_mark_before_white_space_or_the_end(text: str, count: int) -> None:
    assert count_sentences(text) == count
