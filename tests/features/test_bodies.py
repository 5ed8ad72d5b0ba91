"""Bodies: what the second pass reads, and what markup says of it."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.batch import gather
from filter.features.bodies import Bodies, select_bodies
from filter.page import Page, text_page
from filter.reading import read_page

PAGE = """<html><body><main><h2>Terminal</h2>
<p>The board met, <a href="https://www.courier.example/board">as reported</a>.</p>
<p>Nobody <a href="https://courier.example/else">objected</a>, <a href="/agenda">we hear</a>.</p></main>
<div style="display:none"><p>Cheap <a href="https://reels.example/win">reels</a> for all.</p></div>
</body></html>"""


def page() -> Page:
    """A heading, two paragraphs of one container, and a hidden one of another."""
    return read_page(PAGE, content_type="text/html")[0]


def bodies(*pages: Page, chosen: list[bool] | None = None) -> Bodies:
    """Everything on some pages, or the chosen blocks."""
    batch = gather(list(pages))
    flags = np.ones(batch.blocks, dtype=bool) if chosen is None else np.array(chosen)
    return select_bodies(batch, flags, [""] * len(pages))


def test_markup_tells_headings_links_and_hiding() -> None:
    read = bodies(page())
    assert read.headings.tolist() == [1, 0, 0, 0]
    assert read.links.tolist() == [0, 1, 2, 1]
    assert read.link_characters[1] == len("as reported")
    assert read.hidden.tolist() == [0, 0, 0, 1]


def test_a_domain_is_new_where_no_other_block_links_to_it() -> None:
    # www.courier.example and courier.example are one; a relative link leads nowhere else.
    assert bodies(page()).new_domains.tolist() == [0, 0, 0, 1]


def test_a_block_in_another_container_than_the_one_before_is_marked() -> None:
    assert bodies(page()).new_container.tolist() == [1, 0, 0, 1]


def test_plain_text_leaves_what_only_markup_tells_unknown() -> None:
    read = bodies(text_page(["One.", "Two."]))
    for values in (read.headings, read.links, read.new_domains, read.hidden, read.new_container):
        assert np.isnan(values).all()
    assert read.markup.tolist() == [False]


def test_only_chosen_blocks_are_read_and_pages_keep_their_places() -> None:
    read = bodies(
        text_page(["One.", "Two words."]),
        text_page([]),
        page(),
        chosen=[False, True, True, False, False, True],
    )
    assert read.offsets.tolist() == [0, 1, 1, 3]
    assert read.words.counts.tolist() == [2, 1, 4]
    assert read.pages.tolist() == [0, 2, 2]
    assert read.markup.tolist() == [False, False, True]
    assert read.characters.tolist() == pytest.approx([10, 8, 20])
