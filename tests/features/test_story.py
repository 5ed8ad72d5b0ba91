"""One story or two: blocks and runs against the rest of their page."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.columns import Columns
from filter.features.places import Places
from filter.features.story import Story, add_story_of_blocks, add_story_of_runs
from filter.runs import Runs

HARBOUR, LOANS = [1.0, 0.0], [0.0, 1.0]
OFFSETS = np.array([0, 4, 5])
STORY = Story(
    vectors=np.array([HARBOUR, HARBOUR, LOANS, LOANS, HARBOUR], dtype=np.float32),
    titles=np.array([HARBOUR, LOANS], dtype=np.float32),
    stems=np.array([1, 2, 1, 3, 4, 1, 9], dtype=np.uint32),
    stem_offsets=np.array([0, 2, 3, 4, 6, 7]),
)


def of_run(page: int, start: int, stop: int) -> Columns:
    """The columns of one run."""
    columns = Columns()
    add_story_of_runs(columns, STORY, Runs(np.array([page]), np.array([start]), np.array([stop])), OFFSETS)
    return columns


def test_a_run_on_another_subject_stands_against_its_page() -> None:
    columns = of_run(0, 2, 4)
    for name in ("run against rest", "run against title", "run against above"):
        assert columns[name].tolist() == [0]
    assert columns["rest against title"].tolist() == [1]


def test_the_lead_is_compared_without_the_run_itself() -> None:
    # Of the three blocks on top, two stand in the run.
    assert of_run(0, 1, 3)["run against lead"].tolist() == pytest.approx([np.sqrt(0.5)])


def test_a_run_over_the_whole_page_has_nothing_to_be_compared_with() -> None:
    columns = of_run(0, 0, 4)
    for name in ("run against rest", "run against lead", "words shared with the rest", "unity of the rest"):
        assert np.isnan(columns[name][0])


def test_unity_tells_one_subject_from_several() -> None:
    assert of_run(0, 2, 4)["unity of the run"].tolist() == pytest.approx([1])
    assert of_run(0, 1, 3)["unity of the run"].tolist() == pytest.approx([np.sqrt(0.5)])


def test_words_are_shared_with_the_rest_of_the_same_page_only() -> None:
    # Stems 3, 4 and 1; the rest of the page has 1 and 2.
    assert of_run(0, 2, 4)["words shared with the rest"].tolist() == pytest.approx([1 / 3])
    assert np.isnan(of_run(1, 4, 5)["words shared with the rest"][0])


def test_a_word_of_two_runs_is_shared_by_both() -> None:
    columns = Columns()
    runs = Runs(np.array([0, 0, 1]), np.array([0, 3, 4]), np.array([2, 4, 5]))
    add_story_of_runs(columns, STORY, runs, OFFSETS)
    # The first run has stems 1 and 2, the second 4 and 1; the block between them has 3.
    assert columns["words shared with the rest"].tolist() == pytest.approx([0.5, 0.5, np.nan], nan_ok=True)


def test_a_block_is_compared_with_what_is_likely_genuine_and_what_is_likely_spam() -> None:
    columns = Columns()
    add_story_of_blocks(columns, STORY, np.array([0.0, 0.0, 1.0, 1.0, 0.0]), Places.of(OFFSETS))
    genuine, spam = columns["topic against likely genuine"], columns["topic against likely spam"]
    assert genuine[:4].tolist() == pytest.approx([1, 1, 0, 0])
    assert spam[:4].tolist() == pytest.approx([0, 0, 1, 1])
    assert np.isnan(genuine[4])


def test_stories_of_batches_lie_end_to_end() -> None:
    joined = Story.join([STORY, STORY])
    assert len(joined.vectors) == 10
    assert joined.stem_offsets.tolist() == [0, 2, 3, 4, 6, 7, 9, 10, 11, 13, 14]
