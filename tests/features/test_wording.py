"""Wording: topics and two tones side by side, kept and brought back together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from filter.features.tone import Tone, bucket
from filter.features.topic import Topic
from filter.features.wording import TONES, Wording
from filter.features.words import split_words


def tone(word: str) -> Tone:
    """A tone that knows one word."""
    zeros = np.zeros(1 << 12, dtype=np.float32)
    words = zeros.copy()
    words[bucket(split_words([word]).hashes, words)] = 9
    nothing = np.zeros(2, dtype=np.float32)
    return Tone(words, zeros, zeros, np.zeros(1 << 12, dtype=bool), zeros, zeros, nothing)


WORDING = Wording(Topic(np.ones((256, 4), dtype=np.int8)), tone("casino"), tone("guide"))


def test_each_tone_gives_its_own_scores_under_its_own_names() -> None:
    scores = WORDING.tones(split_words(["casino", "guide"]))
    lexical, broad = TONES.index("lexical"), TONES.index("broad lexical")
    assert scores.shape == (2, len(TONES))
    assert scores[0, lexical] > 0 == scores[1, lexical]
    assert scores[1, broad] > 0 == scores[0, broad]


def test_arrays_make_the_same_wording_again() -> None:
    again = Wording.from_arrays(WORDING.to_arrays())
    text = split_words(["a guide to a casino"])
    assert again.tones(text).tolist() == WORDING.tones(text).tolist()
    assert again.topic.vectors(text).tolist() == WORDING.topic.vectors(text).tolist()


def test_the_tones_are_not_mixed_up_on_the_way() -> None:
    swapped = replace(WORDING, narrow=WORDING.broad, broad=WORDING.narrow)
    assert Wording.from_arrays(swapped.to_arrays()).tones(split_words(["guide"]))[0, 0] > 0
