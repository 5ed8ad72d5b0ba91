"""Comparing spam filters: thresholds, and what counts as restored."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.spam import Scored, _exceeded_by
from filter.page import text_page
from filter.training.cases import Case, Sort


def case(sort: Sort, paragraphs: int) -> Case:
    everything, nothing = (True,) * paragraphs, (False,) * paragraphs
    return Case(text_page(["x"] * paragraphs), everything, nothing, nothing, "", sort)


SCORED = Scored(
    cases=[case(Sort.CLEAN, 2), case(Sort.SPLICED, 3), case(Sort.SPLICED, 2)],
    offsets=np.array([0, 2, 5, 7]),
    scores=np.array([0.1, 0.4, 0.2, 0.9, 0.8, 0.5, 0.9]),
    spam=np.array([False, False, False, True, True, False, True]),
)


def test_an_article_is_as_suspect_as_its_worst_paragraph() -> None:
    assert SCORED.highest(Sort.CLEAN).tolist() == [0.4]
    assert SCORED.highest(Sort.SPLICED).tolist() == [0.9, 0.9]


@pytest.mark.parametrize(
    ("threshold", "restored"),
    [(0.6, [True, True]), (0.45, [True, False]), (0.85, [False, True]), (1.0, [False, False])],
)
def test_an_article_is_restored_when_all_spam_is_flagged_and_nothing_else(
    threshold: float, restored: list[bool]
) -> None:
    assert SCORED.restored(threshold) == restored


@pytest.mark.parametrize(("share", "threshold"), [(0.0, 10), (0.1, 9), (0.19, 9), (0.2, 8)])
def test_at_most_the_share_exceeds_the_threshold(share: float, threshold: float) -> None:
    scores = np.arange(1.0, 11.0)

    assert _exceeded_by(share, scores) == threshold
    assert (scores > threshold).mean() <= share
