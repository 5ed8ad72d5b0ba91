"""Bodies: what the second pass reads, and what markup says of it."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.batch import gather
from filter.features.bodies import Bodies, select_bodies
from filter.features.words import split_words
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


def test_furniture_is_what_is_visible_and_not_chosen() -> None:
    read = bodies(page(), page(), chosen=[False, True, False, False, True, True, True, False])
    shown = split_words(["Terminal", "Nobody objected, we hear."])
    assert read.furniture.tolist() == shown.hashes.tolist()
    assert read.furniture_offsets.tolist() == [0, 5, 5]


def test_a_domain_is_new_where_no_other_block_links_to_it() -> None:
    # www.courier.example and courier.example are one; a relative link leads nowhere else.
    assert bodies(page()).new_domains.tolist() == [0, 0, 0, 1]


def test_a_block_in_another_container_than_the_one_before_is_marked() -> None:
    assert bodies(page()).new_container.tolist() == [1, 0, 0, 1]


def test_what_stands_in_like_elements_and_in_one_container_counts_together() -> None:
    read = bodies(page())
    total = read.characters.sum()
    alike, beside = read.characters[1:].sum() / total, read.characters[:3].sum() / total
    assert read.alike.tolist() == pytest.approx([1 - alike, alike, alike, alike])
    assert read.beside.tolist() == pytest.approx([beside, beside, beside, 1 - beside])


def test_a_class_of_its_own_sets_a_paragraph_apart() -> None:
    first, second = (
        read_page("<p class='body'>One word.</p><p>One word.</p>", content_type="text/html")[0],
        page(),
    )
    assert bodies(first).alike.tolist() == [0.5, 0.5]
    assert bodies(first, second).alike.tolist()[:2] == [0.5, 0.5]


def test_plain_text_leaves_what_only_markup_tells_unknown() -> None:
    read = bodies(text_page(["One.", "Two."]))
    for values in (read.headings, read.links, read.new_domains, read.hidden, read.new_container, read.alike):
        assert np.isnan(values).all()


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
    assert read.characters.tolist() == pytest.approx([10, 8, 20])
