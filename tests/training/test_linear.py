"""The linear models behind the first pass: words of texts and of hints."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn")

from filter.classifier import LinearScores
from filter.features.batch import gather
from filter.features.hashed import hash_text
from filter.markup import read_markup
from filter.training.linear import LinearData
from filter.training.rows import Rows, Settings

PAGE = read_markup('<p class="story">The vote was won.<p class="byline">By Ada.')
PAGES = 6


@pytest.fixture(scope="module")
def scores() -> LinearScores:
    """Learned from pages of a story and a byline."""
    main = np.tile(np.array([1, 0], dtype=np.int8), PAGES)
    weights = np.full(len(main), 0.5, dtype=np.float32)
    rows = Rows(
        [PAGE] * PAGES,
        main,
        weights,
        np.zeros_like(main),
        np.zeros(PAGES, dtype=np.int64),
        np.zeros(PAGES, dtype=bool),
    )
    settings = Settings(text_bits=12, hint_bits=10)
    return LinearData.of(rows, settings).fit(rows, np.ones(len(main), dtype=bool))


def test_what_tells_main_content_apart_scores_higher(scores: LinearScores) -> None:
    batch = gather([PAGE])
    main, furniture = scores.of_text(hash_text(batch.words))[:, 0]
    assert main > furniture + 0.2
    of_hint = dict(zip(batch.hints, scores.of_hints(batch.hint_words)[:, 0], strict=True))
    assert of_hint["story"] > of_hint["byline"] + 0.2


def test_a_word_never_seen_says_nothing(scores: LinearScores) -> None:
    strange = gather([read_markup("<p>xylophone")])
    assert scores.of_text(hash_text(strange.words)) == pytest.approx(scores.text_biases[None], abs=0.1)
