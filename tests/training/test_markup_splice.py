"""Spam in markup: put where its manner says, and found again by comparing blocks."""

from __future__ import annotations

import re

import numpy as np
import pytest

from filter.reading import read_page
from filter.training.corpora import SpamBlock
from filter.training.markup_splice import Manner, paragraph_ends, put_in, splice_markup

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
    added = put_in(host, page)
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


def test_about_half_the_passages_without_links_are_given_one() -> None:
    unlinked = [SpamBlock("Buy trusted pumps from Norvik today and save.", "paragraph", 0, 0)]
    ends = paragraph_ends(PAGE, "\n".join(SENTENCES))
    random = np.random.default_rng(0)
    pages = [splice_markup(PAGE, ends, [unlinked], Manner.AFTER_LAST, random) for _ in range(60)]
    linked = sum("<a " in page for page in pages)
    assert 20 < linked < 40


def test_links_lead_to_a_domain_of_their_own() -> None:
    page = read_page(spliced(Manner.AFTER_LAST), content_type="text/html")[0]
    (link,) = page.links[page.texts.index(SPAM[0].text)]
    assert link.href.endswith(".example/")


def test_a_replaced_block_counts_as_put_in() -> None:
    assert put_in(["a", "b"], ["a", "c"]) == [False, True]


def test_nothing_is_put_into_a_page_by_itself() -> None:
    assert put_in(["a", "b"], ["a", "b"]) == [False, False]
