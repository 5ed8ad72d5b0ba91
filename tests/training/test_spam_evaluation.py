"""Figures: shares with intervals, and niches dealt out by family."""

from __future__ import annotations

import math

import pytest

from filter.training.spam_evaluation import FAMILIES, Share


def test_a_share_comes_with_its_wilson_interval() -> None:
    # Newcombe 1998, table I: 15 of 148.
    low, high = Share(15, 148).interval
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


@pytest.mark.parametrize(("hits", "bound"), [(0, 0), (20, 1)])
def test_no_interval_reaches_beyond_zero_and_one(hits: int, bound: int) -> None:
    assert bound in [pytest.approx(edge) for edge in Share(hits, 20).interval]


def test_a_share_of_nothing_is_unknown() -> None:
    assert math.isnan(Share(0, 0).value)
    assert str(Share(0, 0)) == "nan (nan-nan)"


def test_no_niche_is_in_two_families() -> None:
    niches = [niche for family in FAMILIES for niche in family]
    assert len(niches) == len(set(niches))
