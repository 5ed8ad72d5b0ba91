"""Fitting the classifier of blocks: how its log-odds are calibrated."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from filter.training.blocks import calibrate
from tests.training.test_platt import drawn

DOUBTFUL = -4.0


@pytest.mark.parametrize(("far", "alike"), [(DOUBTFUL, True), (DOUBTFUL + 0.1, False)])
def test_blocks_that_are_surely_furniture_do_not_bend_the_curve(far: float, alike: bool) -> None:
    odds, came = drawn(5000)
    in_doubt = odds > DOUBTFUL
    odds, labels = odds[in_doubt], came[in_doubt].astype(np.int8)
    # As if half of what is said to be furniture there were main content.
    more_odds = np.concatenate((odds, np.full(1000, far, dtype=np.float32)))
    more_labels = np.concatenate((labels, np.tile([0, 1], 500).astype(np.int8)))
    weights = np.ones(len(more_odds), dtype=np.float32)
    known = calibrate(odds, labels, weights[: len(odds)], DOUBTFUL)
    bent = calibrate(more_odds, more_labels, weights, DOUBTFUL)
    assert (bent == pytest.approx(known, abs=1e-6)) == alike
