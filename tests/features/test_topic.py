"""Topic: the vector of a text is the sum of its words'."""

from __future__ import annotations

import numpy as np

from filter.features.topic import SHORTEST_WORD, Topic
from filter.features.words import split_words


def topic() -> Topic:
    """Random vectors for 256 buckets."""
    return Topic(np.random.default_rng(0).integers(-127, 128, (256, 4)).astype(np.int8))


def test_a_text_has_the_sum_of_its_parts() -> None:
    whole, first, second = topic().vectors(split_words(["harbour board meets", "harbour board", "meets"]))
    assert whole.tolist() == (first + second).tolist()
    assert whole.any()


def test_words_are_told_apart_by_their_beginnings() -> None:
    plural, singular = topic().vectors(split_words(["harbours", "harbour"]))
    assert plural.tolist() == singular.tolist()


def test_short_words_say_nothing() -> None:
    short, long_enough = topic().vectors(split_words(["x" * (SHORTEST_WORD - 1), "x" * SHORTEST_WORD]))
    assert not short.any()
    assert long_enough.any()


def test_an_empty_text_has_no_direction() -> None:
    assert topic().vectors(split_words(["", "harbour"]))[0].tolist() == [0, 0, 0, 0]


def test_arrays_make_the_same_vectors_again() -> None:
    texts = split_words(["harbour board meets"])
    again = Topic.from_arrays(topic().to_arrays())
    assert again.vectors(texts).tolist() == topic().vectors(texts).tolist()
