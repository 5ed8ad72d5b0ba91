"""The break: each feature says what it is named for, whatever pages stand around."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.batch import gather
from filter.features.bodies import Bodies, select_bodies
from filter.features.columns import Columns
from filter.features.places import Places
from filter.features.spam import spam_features
from filter.features.topic import cosine
from filter.features.wording import TONES
from filter.page import text_page

STORY = [
    "Westmark's harbour board met on Monday to discuss the Norvik terminal.",
    "The Norvik terminal would double the harbour's traffic, the board said.",
    "Residents of Westmark oppose the terminal.",
]
TAIL = "Gleaming reels and generous bonuses await every lucky visitor."


def bodies(*pages: list[str], title: str = "") -> Bodies:
    """Everything on some pages of plain text."""
    batch = gather([text_page(page) for page in pages])
    return select_bodies(batch, np.ones(batch.blocks, dtype=bool), [title] * len(pages))


def features(
    read: Bodies, directions: list[list[float]] | None = None, tones: list[float] | None = None
) -> Columns:
    """The features of all blocks, tones and topics as given."""
    blocks = len(read)
    pages = len(read.offsets) - 1
    alike = np.repeat(np.array(tones or [0.0] * blocks, dtype=np.float32)[:, None], len(TONES), axis=1)
    own = np.array(directions or [[1.0, 0.0]] * blocks, dtype=np.float32)
    return spam_features(read, alike, own, np.tile(np.array([1, 0], dtype=np.float32), (pages, 1)))


def test_a_change_of_subject_shows_at_the_first_block_after_it() -> None:
    columns = features(bodies([*STORY, TAIL]), [[1, 0], [1, 0], [1, 0], [0, 1]])
    assert columns["topic against before"][3] == pytest.approx(0)
    assert columns["topic against before"][2] == pytest.approx(1)
    assert columns["break above"][3] < columns["break above"][2]
    assert columns["topic against title"].tolist() == pytest.approx([1, 1, 1, 0])


def test_the_lead_is_not_compared_with_itself() -> None:
    columns = features(bodies([STORY[0]]))
    assert np.isnan(columns["topic against lead"][0])


def test_tones_before_and_from_here_are_means_of_the_page() -> None:
    columns = features(bodies(["one two", "three four", "five six"]), tones=[0, 0, 6])
    assert columns["lexical before"][2] == pytest.approx(0)
    assert columns["lexical from here"].tolist() == pytest.approx([2, 3, 6])
    assert columns["highest lexical after"][:2].tolist() == [6, 6]
    assert np.isnan(columns["highest lexical after"][2])
    assert np.isnan(columns["lexical before"][0])


def test_text_without_markup_says_nothing_of_links_or_hiding() -> None:
    columns = features(bodies(STORY))
    for name in ("links", "link density", "new domains", "hidden", "heading", "new container"):
        assert np.isnan(columns[name]).all()


def test_a_page_has_the_same_features_alone_and_in_company() -> None:
    other = [f"Paragraph {n} of another page speaks of Westmark and its terminal." for n in range(40)]
    alone = features(bodies([*STORY, TAIL])).matrix()
    together = features(bodies(other, [*STORY, TAIL], other)).matrix()[40:44]
    assert together == pytest.approx(alone, rel=1e-5, abs=1e-5, nan_ok=True)


def test_pages_without_blocks_are_no_obstacle() -> None:
    assert features(bodies([], STORY, [])).matrix().shape[0] == len(STORY)


def test_neighbours_beyond_the_page_are_missing() -> None:
    places = Places.of(np.array([0, 2, 3]))
    assert places.shifted(np.array([1, 2, 3]), 1).tolist() == pytest.approx([2, np.nan, np.nan], nan_ok=True)
    assert places.shifted(np.array([1, 2, 3]), -1).tolist() == pytest.approx([np.nan, 1, np.nan], nan_ok=True)


def test_a_vector_without_length_has_no_direction_to_compare() -> None:
    result = cosine(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [3.0, 4.0]]))
    assert result.tolist() == pytest.approx([np.nan, 1], nan_ok=True)
