"""A network beside a quicker judge: which blocks it is asked about."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.second_opinion import SecondOpinion, within_reach
from tests.judges import hearing, steady

SURE = -5.0
"""What the first judge says of a block that it denies."""


def revise(opinion: SecondOpinion, pages: list[list[float]]) -> list[float]:
    """Ask about blocks whose one feature is the first judge's log-odds."""
    odds = np.array([value for page in pages for value in page], dtype=np.float32)
    numbers = np.repeat(np.arange(len(pages)), [len(page) for page in pages])
    return opinion.revised(odds, odds.reshape(-1, 1), numbers).tolist()


@pytest.mark.parametrize(("odds", "revised"), [(-1.5, 3.0), (-2.0, -2.0), (-2.5, -2.5)])
def test_the_network_is_asked_above_a_bound(odds: float, revised: float) -> None:
    assert revise(SecondOpinion(steady(1, 3.0), -2.0), [[odds]]) == [revised]


def test_it_is_asked_about_everything_if_there_is_no_bound() -> None:
    assert revise(SecondOpinion(steady(1, 3.0)), [[SURE, 1.0], [SURE]]) == [3.0, 3.0, 3.0]


def test_it_is_asked_about_what_it_hears_of_there_on_the_same_page() -> None:
    opinion = SecondOpinion(hearing(reach=1), doubtful=0.0)
    revised = revise(opinion, [[SURE, SURE], [SURE, SURE, 1.0, SURE, SURE], [SURE]])
    asked = [odds != SURE for odds in revised]
    assert asked == [False, False, False, True, True, True, False, False]


def test_it_hears_nothing_across_blocks_that_nobody_asks_about() -> None:
    opinion = SecondOpinion(hearing(reach=1), doubtful=0.0)
    apart, alone = revise(opinion, [[1.0, SURE, SURE, SURE, 1.0]]), revise(opinion, [[1.0, SURE]])
    assert apart == [*alone, SURE, *reversed(alone)]


def test_what_the_first_judge_said_is_left_as_it_was() -> None:
    odds = np.array([1.0], dtype=np.float32)
    SecondOpinion(steady(1, 3.0)).revised(odds, odds.reshape(-1, 1), np.zeros(1, dtype=np.int64))
    assert odds.tolist() == [1.0]


def test_a_network_for_other_features_is_refused_though_nobody_asks_it() -> None:
    with pytest.raises(ValueError, match="reads 2 features, not 1"):
        revise(SecondOpinion(steady(2, 3.0), 0.0), [[SURE]])


def test_no_blocks_give_no_odds() -> None:
    assert revise(SecondOpinion(steady(1, 3.0), 0.0), []) == []


def test_arrays_make_the_same_opinion_again() -> None:
    opinion = SecondOpinion(hearing(reach=1), doubtful=-2.5)
    again = SecondOpinion.from_arrays(opinion.to_arrays())
    pages = [[SURE, -2.4, SURE, SURE], [1.0]]
    assert revise(again, pages) == revise(opinion, pages)


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=12), max_size=5), st.integers(0, 4))
def test_within_reach_is_what_counting_blocks_says(pages: list[list[bool]], reach: int) -> None:
    lengths = [len(page) for page in pages]
    flags = np.array([flag for page in pages for flag in page], dtype=bool)
    near = within_reach(flags, np.repeat(np.arange(len(pages)), lengths), reach)
    edges = np.concatenate(([0], np.cumsum(lengths))).astype(int).tolist()
    for page, (start, stop) in zip(pages, pairwise(edges), strict=True):
        assert near[start:stop].tolist() == [
            any(page[max(block - reach, 0) : block + reach + 1]) for block in range(len(page))
        ]
