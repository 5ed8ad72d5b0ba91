"""Runs as wholes: inside against outside, and against one another."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.columns import Columns
from filter.features.runs import COMPARED, run_features, second_look_features
from filter.features.story import Story
from filter.runs import Runs

OFFSETS = np.array([0, 4, 6])
COUNTS = np.array([10, 10, 10, 10, 5, 5])
EVIDENCE = np.array([-4, -4, 2, 6, 3, -3], dtype=np.float32)
STORY = Story(
    vectors=np.eye(4, dtype=np.float32)[[0, 0, 1, 1, 2, 3]],
    titles=np.eye(4, dtype=np.float32)[[0, 2]],
    stems=np.array([7, 8, 9, 9, 8, 5, 6], dtype=np.uint32),
    stem_offsets=np.array([0, 2, 3, 4, 5, 6, 7]),
)
"""The first page turns from one subject to another in the middle; the second has two from the start."""


STORY_OF_TWO = Story(STORY.vectors[:2], STORY.titles[:1], STORY.stems[:3], STORY.stem_offsets[:3])


def runs(*places: tuple[int, int, int]) -> Runs:
    """Runs as page, start, stop."""
    pages, starts, stops = (np.array(column) for column in zip(*places, strict=True))
    return Runs(pages, starts, stops)


def columns(**known: list[float]) -> Columns:
    """Features of six blocks: zeros but for those given."""
    result = Columns()
    names = (
        *COMPARED,
        "links",
        "break above",
        "break below",
        "from here against title",
        "from here against lead",
    )
    for name in names:
        result.add(name, np.array(known.get(name, [0.0] * 6)))
    return result


def features(found: Runs, **known: list[float]) -> Columns:
    """The features of runs."""
    return run_features(found, OFFSETS, COUNTS, columns(**known), (EVIDENCE, EVIDENCE), STORY)


def test_a_run_is_measured_against_its_own_page() -> None:
    result = features(runs((0, 2, 4), (1, 4, 5)))
    assert result["blocks"].tolist() == [2, 1]
    assert result["blocks above"].tolist() == [2, 0]
    assert result["blocks below"].tolist() == [0, 1]
    assert result["share of blocks"].tolist() == [0.5, 0.5]


def test_evidence_is_summed_inside_and_averaged_outside() -> None:
    result = features(runs((0, 2, 4), (1, 4, 5)))
    assert result["second look, summed"].tolist() == [8, 3]
    assert result["second look, highest"].tolist() == [6, 3]
    assert result["second look, lowest"].tolist() == [2, 3]
    assert result["second look, mean outside"].tolist() == [-4, -3]
    assert result["second look, highest outside"].tolist() == [-4, -3]


def test_a_run_over_the_whole_page_has_no_outside() -> None:
    result = features(runs((1, 4, 6)))
    assert np.isnan(result["second look, mean outside"][0])
    assert np.isnan(result["lexical, against the rest"][0])


def test_edges_are_compared_with_the_neighbours_of_the_page_only() -> None:
    result = features(runs((0, 2, 4), (1, 4, 5)))
    assert result["evidence above"].tolist() == pytest.approx([-4, np.nan], nan_ok=True)
    assert result["jump"].tolist() == pytest.approx([6, np.nan], nan_ok=True)
    assert result["evidence below"].tolist() == pytest.approx([np.nan, -3], nan_ok=True)


def test_the_strongest_other_run_of_the_page_lends_weight() -> None:
    result = features(runs((0, 0, 1), (0, 2, 3), (0, 3, 4), (1, 4, 5)))
    assert result["other runs, highest sum"].tolist() == [6, 6, 2, 0]
    assert result["runs of the page"].tolist() == [3, 3, 3, 1]


def test_features_of_blocks_are_compared_where_they_are_known() -> None:
    result = features(runs((0, 2, 4)), lexical=[1, np.nan, 3, 5, 9, 9])
    assert result["lexical"][0] == pytest.approx(4)
    assert result["lexical, against the rest"][0] == pytest.approx(3)


def test_the_second_look_sees_neighbours_of_the_page_only() -> None:
    look = second_look_features(EVIDENCE, OFFSETS, STORY)
    assert look["evidence at +1"].tolist() == pytest.approx([-4, 2, 6, np.nan, -3, np.nan], nan_ok=True)
    assert look["highest evidence"].tolist() == [6, 6, 6, 6, 3, 3]
    assert look["evidence summed from here"][:4].tolist() == [0, 4, 8, 6]


def test_overwhelming_evidence_counts_only_up_to_a_limit() -> None:
    look = second_look_features(np.array([99.0, -99.0], dtype=np.float32), np.array([0, 2]), STORY_OF_TWO)
    assert look["evidence"].tolist() == [8, -8]
