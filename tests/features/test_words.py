"""Texts as hashed words and counts of characters."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from filter.features.characters import CharacterClass
from filter.features.hashed import rounded
from filter.features.words import split_words

TEXTS = st.lists(st.text(max_size=40), max_size=6)


def test_words_are_split_at_what_is_no_letter_or_digit() -> None:
    assert split_words(["It's half-past 10, isn't it?"]).counts.tolist() == [8]


def test_case_and_digits_are_folded() -> None:
    words = split_words(["Ferry FERRY ferry", "ÉCOLE école", "Мост мост", "1999 2024"])
    for start, stop in zip(words.offsets, words.offsets[1:], strict=False):
        assert len(set(words.hashes[start:stop].tolist())) == 1


def test_capitals_are_told_beyond_ascii() -> None:
    assert split_words(["Élan élan Мост мост Oslo oslo"]).capitalised.tolist() == [True, False] * 3


def test_scripts_without_spaces_give_a_word_a_character() -> None:
    assert split_words(["東京は晴れ。"]).counts.tolist() == [5]


def test_punctuation_beyond_ascii_ends_words() -> None:
    assert split_words(["«один»—два…три“four”"]).counts.tolist() == [4]


def test_characters_are_counted_by_class_once_each() -> None:
    classes = split_words(["Aé 9, “x”。"]).classes[0]
    for kind, count in (
        (CharacterClass.UPPER, 1),
        (CharacterClass.LETTER, 1),
        (CharacterClass.DIGIT, 1),
        (CharacterClass.COMMA, 1),
        (CharacterClass.QUOTE, 2),
        (CharacterClass.SENTENCE_END, 1),
        (CharacterClass.LOWER, 1),
        (CharacterClass.SPACE, 2),
    ):
        assert classes[kind] == count, kind


@given(TEXTS)
def test_a_text_has_the_same_words_in_any_company(texts: list[str]) -> None:
    together = split_words(texts)
    for place, text in enumerate(texts):
        alone = split_words([text])
        own = slice(together.offsets[place], together.offsets[place + 1])
        assert together.hashes[own].tolist() == alone.hashes.tolist()
        assert together.stems[own].tolist() == alone.stems.tolist()
        assert together.classes[place].tolist() == alone.classes[0].tolist()


@given(st.text(max_size=60))
def test_every_character_has_one_class(text: str) -> None:
    assert split_words([text]).classes[0, 1:].sum() == len(text)


@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=50))
def test_sums_of_rounded_values_do_not_depend_on_their_order(values: list[float]) -> None:
    exact = rounded(np.array(values)).astype(np.float64)
    assert exact.sum() == np.cumsum(exact[::-1])[-1]


def test_hashes_are_what_models_learned() -> None:
    # Of one release and all: a model that is loaded into another must find its words again.
    hashes = [2352711976, 2139064309, 674321467, 1582953947, 773363095]
    assert split_words(["Harbour board 12 Überfahrt 港"]).hashes.tolist() == hashes
