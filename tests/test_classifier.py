"""The classifier of blocks: what each of its parts has to say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from filter.classifier import BlockClassifier, logistic
from filter.features.batch import Batch, gather
from filter.judges import Judges
from filter.markup import read_markup
from filter.model import load
from filter.second_look import SecondLook
from filter.second_opinion import SecondOpinion
from tests.judges import steady

STORY = "<p>The ferry Alba Queen will not sail before Thursday, the harbour office of Wexmoor said.</p>"
MENU = '<ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul>'


@pytest.fixture(scope="module")
def by_trees() -> BlockClassifier:
    """The default model's classifier, its network left out."""
    classifier = Judges.of(load()).markup.classifier
    return replace(classifier, second=SecondLook(classifier.second.trees), slope=1.0, intercept=0.0)


@pytest.fixture(scope="module")
def batch() -> Batch:
    return gather([read_markup(MENU + 5 * STORY), read_markup(STORY + MENU)])


def test_probabilities_are_the_second_looks_log_odds_scaled(by_trees: BlockClassifier, batch: Batch) -> None:
    odds = by_trees.second.decision(by_trees.judge(batch).matrix, batch.page_of_block)
    for slope, intercept in ((1.0, 0.0), (0.5, -1.0)):
        judged = replace(by_trees, slope=slope, intercept=intercept).judge(batch)
        scaled = odds * np.float32(slope) + np.float32(intercept)
        assert judged.probabilities.tolist() == logistic(scaled).tolist()


@pytest.mark.parametrize("says", [None, 0.5])
def test_arrays_make_the_same_classifier_again(
    by_trees: BlockClassifier, batch: Batch, says: float | None
) -> None:
    columns = by_trees.judge(batch).matrix.shape[1]
    opinion = None if says is None else SecondOpinion(steady(columns, says))
    look = replace(by_trees.second, opinion=opinion)
    classifier = replace(by_trees, second=look, slope=0.9, intercept=0.1)
    again = BlockClassifier.from_arrays(classifier.to_arrays())
    assert (again.second.opinion is None) == (says is None)
    assert again.judge(batch).probabilities.tolist() == classifier.judge(batch).probabilities.tolist()
