"""Repetition: n-grams that occur twice, against a count by hand and a slow count by definition."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.repetition import Repetition, repetitions


def test_each_length_from_two_words_on_is_measured() -> None:
    assert len(list(repetitions(["one"], longest=10))) == 9
    assert len(list(repetitions([], longest=4))) == 3


def test_words_in_no_repeated_n_gram_count_for_nothing() -> None:
    assert list(repetitions(["a", "b", "c", "d", "e", "f"], longest=3)) == [Repetition(0.0, 0.0)] * 2


def test_top_counts_every_occurrence_and_duplicate_every_character_once() -> None:
    pairs, triples = repetitions(["a", "b", "a", "b", "a", "x"], longest=3)

    assert pairs.top == pytest.approx(4 / 6)  # "a b" twice, as often as "b a"
    assert pairs.duplicate == pytest.approx(5 / 6)  # all but "x"
    assert triples.top == pytest.approx(6 / 6)  # "a b a" twice, overlapping
    assert triples.duplicate == pytest.approx(5 / 6)


def test_of_n_grams_equally_frequent_the_longest_is_the_top_one() -> None:
    (pairs,) = repetitions(["a", "b", "long", "words", "a", "b", "long", "words", "z"], longest=2)

    assert pairs.top == pytest.approx(2 * len("longwords") / len("ablongwordsablongwordsz"))


@given(st.lists(st.sampled_from(["a", "bb", "ccc", "d"]), max_size=40))
def test_the_counts_are_those_of_the_definition(words: list[str]) -> None:
    total = sum(map(len, words))
    for size, measured in enumerate(repetitions(words, longest=6), start=2):
        grams = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
        counts = Counter(grams)
        most = max(counts.values(), default=0)
        if most < 2:
            assert measured == (0.0, 0.0)
            continue
        top = max(sum(map(len, gram)) for gram, count in counts.items() if count == most) * most
        inside = {i + k for i, gram in enumerate(grams) if counts[gram] > 1 for k in range(size)}
        assert measured.top == pytest.approx(min(top / total, 1.0))
        assert measured.duplicate == pytest.approx(sum(len(words[i]) for i in inside) / total)
