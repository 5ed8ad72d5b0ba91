"""Words that a page uses elsewhere: in other blocks of its body, and in its furniture."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.batch import gather
from filter.features.bodies import select_bodies
from filter.features.columns import Columns
from filter.features.seen_words import add_seen_words
from filter.page import Page, text_page
from filter.reading import read_page

STORY = [
    "Westmark's harbour board met on Monday to discuss the Norvik terminal.",
    "The Norvik terminal would double the harbour's traffic, the board said.",
    "Residents of Westmark oppose the terminal.",
]
TAIL = "Gleaming reels and generous bonuses await every lucky visitor."
SITE = """<nav><a href="/">Westmark Courier</a></nav><p>Who reads the Westmark Courier?</p>
<p>Reels await at Golden Tiger.</p>"""


def seen(*pages: list[str]) -> Columns:
    """All blocks of some pages of plain text."""
    batch = gather([text_page(page) for page in pages])
    return seen_of(list(batch.pages), [True] * batch.blocks)


def seen_of(pages: list[Page], chosen: list[bool], titles: list[str] | None = None) -> Columns:
    """The chosen blocks of some pages."""
    columns = Columns()
    add_seen_words(columns, select_bodies(gather(pages), np.array(chosen), titles or [""] * len(pages)))
    return columns


def test_a_tail_shares_no_names_and_no_long_words_with_its_page() -> None:
    columns = seen([*STORY, TAIL])
    assert columns["names seen elsewhere"][3] == 0
    assert columns["long words seen before"][3] == 0
    assert columns["names seen before"][2] == pytest.approx(0.5, abs=0.01)  # Westmark, not Residents
    assert columns["long words seen before"][1] > 0


def test_words_are_seen_before_only_in_earlier_blocks() -> None:
    columns = seen(["The terminal opens.", "The terminal closes."])
    assert columns["long words seen before"].tolist() == pytest.approx([0, 0.5], abs=0.01)
    assert columns["long words seen elsewhere"].tolist() == pytest.approx([0.5, 0.5], abs=0.01)


def test_another_page_is_not_elsewhere_on_the_page() -> None:
    columns = seen(["The terminal opens."], ["The terminal opens."])
    assert columns["long words seen elsewhere"].tolist() == [0, 0]


def test_a_story_has_the_words_of_its_headline() -> None:
    page = text_page([*STORY, TAIL])
    columns = seen_of([page, page], [True] * 8, ["Board of Westmark for a second terminal", ""])
    assert columns["names seen in the title, number"][:4].tolist() == pytest.approx(
        [np.log1p(1), 0, np.log1p(1), 0]
    )
    assert columns["long words seen in the title"][2] == pytest.approx(0.5, abs=0.01)  # terminal, not oppose
    assert columns["long words seen in the title"][3] == 0
    assert np.isnan(columns["names seen in the title"][4])


def test_the_site_s_name_is_seen_in_its_furniture() -> None:
    page = read_page(SITE, content_type="text/html")[0]
    columns = seen_of([page], [False, True, True])
    assert columns["names seen in furniture"].tolist() == pytest.approx([1, 0], abs=0.01)
    assert columns["names seen in furniture, number"].tolist() == pytest.approx([np.log1p(2), 0])


def test_the_furniture_of_another_page_is_not_the_page_s() -> None:
    page = read_page(SITE, content_type="text/html")[0]
    other = read_page("<nav>Golden Tiger</nav><p>One</p>", content_type="text/html")[0]
    columns = seen_of([page, other], [False, True, True, False, True])
    assert columns["names seen in furniture"].tolist() == pytest.approx([1, 0, 0], abs=0.01)


def test_nothing_is_known_of_furniture_where_there_is_none_or_no_markup() -> None:
    page = read_page("<p>Westmark reads.</p>", content_type="text/html")[0]
    assert np.isnan(seen_of([page], [True])["names seen in furniture"][0])
    assert np.isnan(
        seen_of([text_page(["Westmark", "Westmark"])], [False, True])["names seen in furniture"][0]
    )
