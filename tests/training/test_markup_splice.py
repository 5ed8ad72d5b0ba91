"""Spam in markup: put where its manner says, and found again by comparing blocks."""

from __future__ import annotations

import re

import numpy as np
import pytest

from filter.reading import read_page
from filter.training.corpora import SpamBlock
from filter.training.markup_splice import (
    Manner,
    paragraph_ends,
    paragraph_start,
    places_in_host,
    replace_main_content,
    splice_markup,
)

SENTENCES = [f"The harbour board approved plan number {n} after a long debate on Monday." for n in range(5)]
PAGE = (
    "<html><head><title>Board</title></head><body><main>"
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    + "</main><p>Cookies help us and others to deliver this site to you.</p></body></html>"
)
SPAM = [SpamBlock("Buy trusted pumps from Norvik today and save half the price.", "paragraph", 1, 17)]
OTHER = [SpamBlock("Rent a van from Westmark at prices nobody beats.", "paragraph", 1, 10)]


def spliced(manner: Manner) -> str:
    """The page with spam in it."""
    ends = paragraph_ends(PAGE, "\n".join(SENTENCES))
    return splice_markup(PAGE, ends, [SPAM, OTHER], manner, np.random.default_rng(3))


def blocks(page: str) -> list[str]:
    """The texts of a page's blocks."""
    return read_page(page, content_type="text/html")[0].texts


def test_only_paragraphs_of_the_main_content_are_places_for_spam() -> None:
    ends = paragraph_ends(PAGE, "\n".join(SENTENCES))
    assert len(ends) == len(SENTENCES)
    assert PAGE[: ends[-1]].endswith(f"{SENTENCES[-1]}</p>")


@pytest.mark.parametrize("manner", list(Manner))
def test_every_manner_adds_its_blocks_and_leaves_the_others(manner: Manner) -> None:
    host, page = blocks(PAGE), blocks(spliced(manner))
    added = places_in_host(host, page) < 0
    assert [text for text, new in zip(page, added, strict=True) if not new] == host
    expected = {SPAM[0].text, OTHER[0].text} if manner is Manner.SEVERAL else {SPAM[0].text}
    assert {text for text, new in zip(page, added, strict=True) if new} == expected


def test_spam_hidden_by_its_own_style_is_hidden_to_the_reader_of_pages() -> None:
    page = read_page(spliced(Manner.HIDDEN), content_type="text/html")[0]
    assert page.is_hidden(page.texts.index(SPAM[0].text))


def test_a_rule_that_hides_names_the_class_of_the_container() -> None:
    markup = spliced(Manner.HIDDEN_BY_RULE)
    (name,) = re.findall(r"<style>\.([\w-]+)\{", markup)
    assert f'<div class="{name}">' in markup


@pytest.mark.parametrize(("links", "low", "high"), [(0, 60, 110), (1, 110, 150)])
def test_some_passages_have_links_and_some_have_none(links: int, low: int, high: int) -> None:
    passage = [SpamBlock("Buy trusted pumps from Norvik today and save.", "paragraph", links, 8 * links)]
    ends = paragraph_ends(PAGE, "\n".join(SENTENCES))
    random = np.random.default_rng(0)
    pages = [splice_markup(PAGE, ends, [passage], Manner.AFTER_LAST, random) for _ in range(200)]
    assert low < sum("<a " in page for page in pages) < high


def test_links_lead_to_a_domain_of_their_own() -> None:
    ends = paragraph_ends(PAGE, "\n".join(SENTENCES))
    pages = [
        splice_markup(PAGE, ends, [SPAM], Manner.AFTER_LAST, np.random.default_rng(seed)) for seed in range(9)
    ]
    linked = next(page for page in pages if "<a " in page)
    page = read_page(linked, content_type="text/html")[0]
    (link,) = page.links[page.texts.index(SPAM[0].text)]
    assert link.href.endswith(".example/")


def test_blocks_are_found_again_in_their_host() -> None:
    assert places_in_host(["a", "b", "c"], ["a", "new", "b", "c"]).tolist() == [0, -1, 1, 2]


def test_a_replaced_block_counts_as_put_in() -> None:
    assert places_in_host(["a", "b"], ["a", "c"]).tolist() == [0, -1]


def test_half_the_passages_look_like_the_paragraphs_of_the_page() -> None:
    page = PAGE.replace("<p>", '<p class="story" data-n="1">')
    ends = paragraph_ends(page, "\n".join(SENTENCES))
    random = np.random.default_rng(0)
    pages = [splice_markup(page, ends, [SPAM], Manner.AFTER_LAST, random) for _ in range(60)]
    alike = sum(own.count('<p class="story" data-n="1">') > page.count("<p ") for own in pages)
    assert 20 < alike < 40


@pytest.mark.parametrize("opening", ["<p>", "<P CLASS='x'>", '<p\nid="q">'])
def test_a_paragraph_starts_with_its_opening_tag(opening: str) -> None:
    page = f"<p>One.</p><pre>x</pre>{opening}Two.</p>"
    start = paragraph_start(page, len(page))
    assert page[start:] == f"{opening}Two.</p>"


def test_a_text_takes_the_place_of_the_whole_article() -> None:
    ends = paragraph_ends(PAGE, "\n".join(SENTENCES))
    host = PAGE.replace("<title>", '<meta name="description" content="The board meets."><title>')
    shift = len(host) - len(PAGE)
    ends = [end + shift for end in ends]
    page = replace_main_content(host, ends, "Pumps & more", SPAM, np.random.default_rng(0))
    assert "The board meets." not in page
    assert blocks(page) == [SPAM[0].text, blocks(PAGE)[-1]]
    assert "<title>Pumps &amp; more</title>" in page
