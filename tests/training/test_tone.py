"""Tones: two scores learned from spam and news, one of them blind to what is sold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytest.importorskip("scipy")

from filter.features.tone import Tone, bucket
from filter.features.words import split_words
from filter.training.tone import COMMON_BITS, UNMATCHED_WEIGHT, LabelledTexts, _weigh, find_common, fit_tone

SPAM = [f"you win big at our casino {number} so play your slots now" for number in range(30)]
NEWS = [f"the council of Wexmoor voted on quay {number} after Mayor Tilda spoke" for number in range(30)]


def labelled(spam: list[str], news: list[str], **facts: Any) -> LabelledTexts:
    """Texts of two sources a side, in English, unless told otherwise."""
    texts = spam + news
    known: dict[str, Any] = {
        "sources": [
            f"{'seller' if place < len(spam) else 'outlet'} {place % 2}" for place in range(len(texts))
        ],
        "languages": ["en"] * len(texts),
        "composed": np.zeros(len(texts), dtype=bool),
    }
    return LabelledTexts(split_words(texts), np.arange(len(texts)) < len(spam), **(known | facts))


def test_words_of_spam_score_higher_than_words_of_news() -> None:
    scores = fit_tone(labelled(SPAM, NEWS)).scores(split_words(["play at a casino", "the council voted"]))
    assert (scores[0] > scores[1]).all()


def test_weights_survive_the_model_file() -> None:
    tone, texts = fit_tone(labelled(SPAM, NEWS)), split_words([*SPAM, *NEWS])
    assert np.array_equal(Tone.from_arrays(tone.to_arrays()).scores(texts), tone.scores(texts))


def test_common_words_are_those_that_most_sources_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filter.training.tone.COMMON_WORDS", 1)
    texts = labelled(["often often often ever"], ["ever", "ever"], sources=["one", "two", "three"])
    common = find_common(texts)
    often, ever = (common[bucket(split_words([word]).hashes, common)][0] for word in ("often", "ever"))
    assert len(common) == 1 << COMMON_BITS
    assert (often, ever) == (False, True)


def test_spam_and_news_of_a_language_weigh_alike() -> None:
    weights = _weigh(labelled(SPAM, NEWS[:5]))
    assert weights[: len(SPAM)].sum() == pytest.approx(weights[len(SPAM) :].sum())
    assert weights.sum() == pytest.approx(1)


def test_a_language_of_which_only_spam_was_found_weighs_less() -> None:
    matched = _weigh(labelled(SPAM[:4], NEWS[:2]))
    alone = _weigh(labelled(SPAM[:4], NEWS[:2], languages=["en", "en", "xx", "xx", "en", "en"]))
    assert alone[2] / alone[0] == pytest.approx(UNMATCHED_WEIGHT * matched[2] / matched[0])
