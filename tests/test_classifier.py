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
from tests.judges import steady

STORY = "<p>The ferry Alba Queen will not sail before Thursday, the harbour office of Wexmoor said.</p>"
MENU = '<ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul>'


@pytest.fixture(scope="module")
def by_trees() -> BlockClassifier:
    """The default model's classifier, its network left out."""
    return replace(Judges.of(load()).markup.classifier, network=None, slope=1.0, intercept=0.0)


@pytest.fixture(scope="module")
def batch() -> Batch:
    return gather([read_markup(MENU + 5 * STORY), read_markup(STORY + MENU)])


@pytest.mark.parametrize("said", [-8.0, 0.0, 3.0])
def test_the_network_has_half_the_say(by_trees: BlockClassifier, batch: Batch, said: float) -> None:
    trees = by_trees.judge(batch)
    odds = by_trees.second.decision(trees.matrix)
    both = replace(by_trees, network=steady(trees.matrix.shape[1], said)).judge(batch)
    assert trees.probabilities.tolist() == logistic(odds).tolist()
    assert both.probabilities.tolist() == logistic((odds + np.float32(said)) * np.float32(0.5)).tolist()


@pytest.mark.parametrize("says", [None, 0.5])
def test_arrays_make_the_same_classifier_again(
    by_trees: BlockClassifier, batch: Batch, says: float | None
) -> None:
    columns = by_trees.judge(batch).matrix.shape[1]
    network = None if says is None else steady(columns, says)
    classifier = replace(by_trees, network=network, slope=0.9, intercept=0.1)
    again = BlockClassifier.from_arrays(classifier.to_arrays())
    assert (again.network is None) == (says is None)
    assert again.judge(batch).probabilities.tolist() == classifier.judge(batch).probabilities.tolist()
