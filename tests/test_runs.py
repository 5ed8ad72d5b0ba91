"""Runs: blocks stand in for one another, and a change costs."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.runs import ENTRY, EXIT, Runs, find_runs


def runs_of(log_odds: list[float]) -> list[tuple[int, int]]:
    """The runs of one page."""
    runs = find_runs(np.array(log_odds, dtype=np.float32), np.array([0, len(log_odds)]))
    return list(zip(runs.starts.tolist(), runs.stops.tolist(), strict=True))


def test_likely_blocks_at_the_end_are_a_run() -> None:
    assert runs_of([-5, -5, 4, 4]) == [(2, 4)]


def test_a_weak_block_between_strong_ones_stays_in_the_run() -> None:
    assert runs_of([-5, 4, -0.5, 4]) == [(1, 4)]


def test_genuine_prose_after_a_run_is_not_in_it() -> None:
    assert runs_of([-5, 4, 4, -5]) == [(1, 3)]


def test_two_runs_with_an_article_between_them_are_two() -> None:
    assert runs_of([4, -5, -5, 4]) == [(0, 1), (3, 4)]


def test_a_whole_page_may_be_a_run() -> None:
    assert runs_of([4, 4]) == [(0, 2)]


@pytest.mark.parametrize(("surplus", "runs"), [(-0.01, []), (0.01, [(1, 2)])])
def test_a_block_inside_a_page_must_outweigh_both_changes(
    surplus: float, runs: list[tuple[int, int]]
) -> None:
    assert runs_of([-5, ENTRY + EXIT + surplus, -5]) == runs


@pytest.mark.parametrize(("surplus", "runs"), [(-0.01, []), (0.01, [(1, 2)])])
def test_a_block_at_the_end_must_outweigh_one_change(surplus: float, runs: list[tuple[int, int]]) -> None:
    assert runs_of([-5, ENTRY + surplus]) == runs


def test_pages_are_judged_apart_and_numbered_through() -> None:
    runs = find_runs(np.array([-5, 4, 4, -5], dtype=np.float32), np.array([0, 2, 2, 4]))
    assert runs.pages.tolist() == [0, 2]
    assert runs.starts.tolist() == [1, 2]
    assert runs.stops.tolist() == [2, 3]


def test_a_page_without_a_likely_block_has_no_run() -> None:
    assert len(find_runs(np.array([-1, 0], dtype=np.float32), np.array([0, 2]))) == 0


def test_runs_cover_their_blocks_and_no_others() -> None:
    runs = Runs(np.array([0, 0]), np.array([0, 3]), np.array([2, 4]))
    assert runs.cover(5).tolist() == [True, True, False, True, False]


def test_runs_add_up_their_blocks_and_no_others() -> None:
    runs = Runs(np.array([0, 0]), np.array([0, 3]), np.array([2, 4]))
    assert runs.sums(np.array([1, 2, 4, 8, 16])).tolist() == [3, 8]


def value(log_odds: list[float], inside: tuple[bool, ...]) -> float:
    """What a labelling of one page is worth."""
    changes = sum(
        ENTRY if after and not before else EXIT if before and not after else 0
        for before, after in itertools.pairwise(inside)
    )
    start = ENTRY if inside[0] else 0
    return sum(odds for odds, chosen in zip(log_odds, inside, strict=True) if chosen) - changes - start


def cut_to_likely(log_odds: list[float], inside: tuple[bool, ...]) -> tuple[bool, ...]:
    """Take from the edges of a labelling's runs what is likelier genuine than spam."""
    result: list[bool] = []
    for chosen, run in itertools.groupby(zip(inside, log_odds, strict=True), key=lambda block: block[0]):
        likely = [odds > 0 for _, odds in run]
        first, last = (likely.index(True), len(likely) - likely[::-1].index(True)) if any(likely) else (0, 0)
        result += [chosen and first <= place < last for place in range(len(likely))]
    return tuple(result)


@given(st.lists(st.floats(-6, 6, width=16), min_size=1, max_size=9))
def test_no_other_labelling_is_worth_more_before_the_edges_of_its_runs_are_cut(log_odds: list[float]) -> None:
    found = find_runs(np.array(log_odds, dtype=np.float32), np.array([0, len(log_odds)]))
    labellings = list(itertools.product((False, True), repeat=len(log_odds)))
    best = max(value(log_odds, labels) for labels in labellings)
    optimal = [labels for labels in labellings if value(log_odds, labels) == pytest.approx(best)]
    assert tuple(found.cover(len(log_odds)).tolist()) in {cut_to_likely(log_odds, one) for one in optimal}


@pytest.mark.parametrize(
    ("log_odds", "run"),
    [
        ([-5, 4, -0.4], (1, 2)),
        ([-0.4, 4, 4], (1, 3)),
        ([-0.4, 4, -0.4, 4, -0.4], (1, 4)),
        ([4, 0.1], (0, 2)),
        ([4, 0.0], (0, 1)),
    ],
)
def test_a_run_begins_and_ends_with_a_block_likelier_spam_than_not(
    log_odds: list[float], run: tuple[int, int]
) -> None:
    assert runs_of(log_odds) == [run]
