"""Tone: two sums of weights over hashed words, one of them blind to what is sold."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from filter.features.tone import FEWEST_FEATURES, Tone, bucket, plain_shapes
from filter.features.words import split_words


def tone(**weights: npt.NDArray[Any]) -> Tone:
    """A tone whose tables hold zeros but for the given ones."""
    names = ("words", "stems", "pairs", "shapes", "shape_pairs")
    tables: dict[str, npt.NDArray[Any]] = {name: np.zeros(1 << 12, dtype=np.float32) for name in names}
    tables |= {"common": np.zeros(1 << 12, dtype=bool), "biases": np.zeros(2, dtype=np.float32)}
    return Tone(**(tables | weights))


def weight_of(text: str, weight: float = 1.0) -> npt.NDArray[np.float32]:
    """A table in which one word has a weight."""
    table = np.zeros(1 << 12, dtype=np.float32)
    table[bucket(split_words([text]).hashes, table)] = weight
    return table


def test_a_word_adds_its_weight_over_the_root_of_the_number_of_features() -> None:
    # Five words make five words, five stems and four pairs.
    scores = tone(words=weight_of("casino")).scores(split_words(["the new casino opens today"]))
    assert scores[0, 0] == pytest.approx(1 / np.sqrt(14))


def test_short_texts_are_normalised_as_if_they_had_a_few_features() -> None:
    scores = tone(words=weight_of("casino")).scores(split_words(["casino"]))
    assert scores[0, 0] == pytest.approx(1 / np.sqrt(FEWEST_FEATURES))


def test_biases_are_the_scores_of_an_empty_text() -> None:
    scores = tone(biases=np.array([-1, -2], dtype=np.float32)).scores(split_words([""]))
    assert scores.tolist() == [[-1, -2]]


def test_pairs_do_not_reach_across_texts() -> None:
    weights = tone(pairs=np.ones(1 << 12, dtype=np.float32))
    together = weights.scores(split_words(["one two", "three four"]))
    apart = [weights.scores(split_words([text]))[0] for text in ("one two", "three four")]
    assert together.tolist() == [row.tolist() for row in apart]
    assert weights.scores(split_words(["one", "two"]))[:, 0].tolist() == [0, 0]


def test_a_text_scores_alike_alone_and_in_company() -> None:
    random = np.random.default_rng(0)
    weights = tone(words=random.normal(size=1 << 12).astype(np.float32))
    texts = [f"word{n} stands beside other{n * 7} things" for n in range(50)]
    together = weights.scores(split_words(texts))
    assert together[17].tolist() == weights.scores(split_words(texts[17:18]))[0].tolist()


def test_plain_shapes_tell_common_words_apart_and_others_by_form_alone() -> None:
    common = weight_of("you", 1).astype(bool)
    words = split_words(["you flying crying Flying casino"])
    you, flying, crying, capital, casino = plain_shapes(words, common).tolist()
    assert you == words.hashes[0]
    assert flying == crying
    assert len({you, flying, capital, casino}) == 4


def test_arrays_make_the_same_scores_again() -> None:
    before = tone(words=weight_of("casino", 0.5), common=weight_of("you").astype(bool))
    after = Tone.from_arrays(before.to_arrays())
    texts = split_words(["you win at our casino", "the council met"])
    assert after.scores(texts).tolist() == before.scores(texts).tolist()


@given(
    weights=arrays(np.float32, 64, elements=st.floats(-100, 100, width=32)),
    heaviest=st.floats(0, 100, width=32),
)
def test_the_weights_of_pairs_come_back_nearly_as_they_were(
    weights: npt.NDArray[np.float32], heaviest: float
) -> None:
    pairs = np.clip(weights, -heaviest, heaviest)
    again = Tone.from_arrays(tone(pairs=pairs).to_arrays()).pairs
    # A byte holds the root of a weight's share of the heaviest, and is off by half of a 127th at most.
    largest, half_a_step = np.abs(pairs).max(), 0.5 / 127
    roots = np.sqrt(np.abs(pairs) / (largest or 1))
    allowed = largest * (2 * roots * half_a_step + half_a_step**2)
    assert (np.abs(again - pairs) <= allowed * 1.001 + 1e-6).all()
    assert (again * pairs >= 0).all()
