"""Calibration: probabilities that come true as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from filter.training.platt import fit_platt


def drawn(count: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds of a model that is twice as sure as it should be, and biased by one; and what came true."""
    random = np.random.default_rng(0)
    true = random.normal(size=count) * 2
    came = random.random(count) < 1 / (1 + np.exp(-true))
    return (2 * true + 1).astype(np.float32), came


def test_the_curve_undoes_what_a_model_exaggerates() -> None:
    assert fit_platt(*drawn()) == pytest.approx((0.5, -0.5), abs=0.05)


def test_what_weighs_nothing_is_as_if_it_were_not_there() -> None:
    odds, came = drawn()
    kept = np.arange(len(odds)) < 5000
    turned = np.where(kept, came, ~came)
    weighed = fit_platt(odds, turned, kept.astype(np.float32))
    assert weighed == pytest.approx(fit_platt(odds[kept], came[kept]), abs=0.01)


def test_only_proportions_of_weights_count() -> None:
    odds, came = drawn(1000)
    weights = np.linspace(1, 3, 1000).astype(np.float32)
    assert fit_platt(odds, came, weights) == pytest.approx(fit_platt(odds, came, weights * 8), abs=1e-6)
