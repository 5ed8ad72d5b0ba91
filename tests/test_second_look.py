"""Trees and a network beside them: who is asked about which block."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.second_look import SecondLook, within_reach
from tests.judges import hearing, steady, stump

UNSURE = -5.0
"""What the trees of these tests say where the first feature is 0."""


def judge(look: SecondLook, pages: list[list[int]]) -> list[float]:
    """Judge pages by the one feature of their blocks."""
    matrix = np.array([[value] for page in pages for value in page], dtype=np.float32).reshape(-1, 1)
    numbers = np.repeat(np.arange(len(pages)), [len(page) for page in pages])
    return look.decision(matrix, numbers).tolist()


@pytest.mark.parametrize("said", [-8.0, 0.0, 3.0])
def test_the_network_has_half_the_say(said: float) -> None:
    assert judge(SecondLook(stump(0, 0.5, -1.0, 2.0), steady(1, said)), [[0, 1]]) == [
        (said - 1) / 2,
        (said + 2) / 2,
    ]


@pytest.mark.parametrize(("share", "odds"), [(0.0, -1.0), (0.25, -0.5), (1.0, 1.0)])
def test_the_network_has_the_say_that_it_is_given(share: float, odds: float) -> None:
    look, page = SecondLook(stump(0, 0.5, -1.0, 2.0), steady(1, 1.0)), np.zeros((1, 1), dtype=np.float32)
    assert look.decision(page, np.zeros(1, dtype=np.int64), share) == [odds]


def test_trees_alone_have_all_the_say() -> None:
    assert judge(SecondLook(stump(0, 0.5, UNSURE, 2.0)), [[0, 1]]) == [UNSURE, 2.0]


@pytest.mark.parametrize(("odds", "judged"), [(-1.5, 0.75), (-2.0, -2.0), (-2.5, -2.5)])
def test_the_network_is_asked_above_a_bound(odds: float, judged: float) -> None:
    assert judge(SecondLook(stump(0, 0.5, UNSURE, odds), steady(1, 3.0), -2.0), [[1]]) == [judged]


def test_it_is_asked_about_what_it_hears_of_there_on_the_same_page() -> None:
    look = SecondLook(stump(0, 0.5, UNSURE, 1.0), hearing(reach=1), doubtful=0.0)
    judged = judge(look, [[0, 0], [0, 0, 1, 0, 0], [0]])
    asked = [odds != UNSURE for odds in judged]
    assert asked == [False, False, False, True, True, True, False, False]


def test_it_hears_nothing_across_blocks_that_nobody_asks_about() -> None:
    look = SecondLook(stump(0, 0.5, UNSURE, 1.0), hearing(reach=1), doubtful=0.0)
    apart, alone = judge(look, [[1, 0, 0, 0, 1]]), judge(look, [[1, 0]])
    assert apart == [*alone, UNSURE, *reversed(alone)]


def test_a_network_for_other_features_is_refused_though_nobody_asks_it() -> None:
    with pytest.raises(ValueError, match="reads 2 features, not 1"):
        judge(SecondLook(stump(0, 0.5, UNSURE, UNSURE), steady(2, 3.0), 0.0), [[0]])


def test_no_blocks_give_no_odds() -> None:
    assert judge(SecondLook(stump(0, 0.5, UNSURE, 1.0), steady(1, 3.0), 0.0), []) == []


@pytest.mark.parametrize("network", [None, steady(1, 3.0)])
def test_arrays_make_the_same_look_again(network: object) -> None:
    look = SecondLook(stump(0, 0.5, UNSURE, 1.0), network, doubtful=-2.0)  # type: ignore[arg-type]
    again = SecondLook.from_arrays(look.to_arrays())
    assert (again.network is None) == (network is None)
    assert judge(again, [[0, 1], [0, 0]]) == judge(look, [[0, 1], [0, 0]])


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
