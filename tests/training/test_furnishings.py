"""Furnishings: a page's own furniture taken out, that of others put in, its text untouched."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

pytest.importorskip("selectolax")

from filter.markup import read_markup
from filter.training.furnishings import Furnishings, Piece, refurnished_pages, without_furniture
from filter.training.labels import label_blocks
from filter.training.markup_splice import paragraph_ends
from filter.training.pages import GoldPage

STORY = [
    "The ferry Alba Queen will not sail before Thursday, the harbour master of Skarnvik said on Monday.",
    "Passengers who booked a crossing will get their money back within ten days, the company promised.",
    "A storm damaged the landing stage last week, and divers found two cracked piles under the water.",
]
OUTLETS = ("skarnvik.example", "lindenau.example", "wexmoor.example", "tarnholt.example")


def page(outlet: str) -> str:
    """The story on the page of an outlet, between furniture that names it."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f"<html><body><nav>All the news from {outlet} today</nav>"
        f"<main><article>{paragraphs}<div>More stories at {outlet} for you</div></article></main>"
        f"<footer>Imprint and terms of {outlet} here</footer></body></html>"
    )


def refurnished(*folds: int) -> Iterator[GoldPage]:
    """What many draws make of the outlets' pages, each outlet in one of these folds."""
    pages = [
        (GoldPage(f"wcxb/{outlet}", outlet, "article", read_markup(markup), "\n\n".join(STORY)), markup)
        for outlet, markup in zip(OUTLETS, map(page, OUTLETS), strict=True)
    ]
    for seed in range(10):
        random = np.random.default_rng(seed)
        yield from refurnished_pages(pages, dict(zip(OUTLETS, folds, strict=True)), random)


def test_the_text_is_the_main_content_still_and_what_was_put_in_is_not() -> None:
    for gold in refurnished(0, 0, 0, 0):
        labels = label_blocks(gold)
        assert gold.composed
        assert [gold.page.texts[block] for block in np.flatnonzero(labels.main == 1)] == STORY
        assert not labels.main[list(gold.added)].any()


def test_some_of_its_own_furniture_is_gone() -> None:
    left = [sum(gold.domain in text for text in gold.page.texts) for gold in refurnished(0, 0, 1, 1)]
    assert min(left) < 3 <= max(left)


def test_donors_are_named_and_are_of_the_same_fold() -> None:
    donors = {outlet: set[str]() for outlet in OUTLETS}
    for gold in refurnished(0, 0, 1, 1):
        donors[gold.domain] |= set(gold.donors)
        shown = " ".join(gold.page.texts[block] for block in gold.added)
        assert {outlet for outlet in OUTLETS if outlet in shown} <= set(gold.donors)
        assert gold.domains == {gold.domain, *gold.donors}
    assert [donors[outlet] for outlet in OUTLETS] == [set(OUTLETS[:2])] * 2 + [set(OUTLETS[2:])] * 2


@pytest.mark.parametrize(("share", "left"), [(0.0, 3), (1.0, 0)])
def test_a_share_of_the_furniture_is_taken_out(share: float, left: int) -> None:
    outlet = OUTLETS[0]
    bare = without_furniture(page(outlet), frozenset(STORY), share, np.random.default_rng(0))
    texts = read_markup(bare).texts
    assert sum(outlet in text for text in texts) == left
    assert [text for text in texts if outlet not in text] == STORY


def test_a_page_of_frames_is_left_alone() -> None:
    frames = "<html><frameset><frame></frameset></html>"
    assert "<frame>" in without_furniture(frames, frozenset(), 1.0, np.random.default_rng(0))


def around(*pages: list[Piece]) -> list[str]:
    """The texts of a page with some of these put in, by chance."""
    furnishings = Furnishings(pages, np.random.default_rng(3))
    bare = "<html><body>{}</body></html>".format("".join(f"<p>{paragraph}</p>" for paragraph in STORY))
    ends = paragraph_ends(bare, "\n".join(STORY))
    return [text for _ in range(20) for text in read_markup(furnishings.around(bare, ends)[0]).texts]


@pytest.mark.parametrize("outer", [True, False])
@pytest.mark.parametrize("above", [True, False])
def test_a_piece_is_put_on_the_side_that_it_was_on(outer: bool, above: bool) -> None:
    texts = around([Piece("<div>Home and more</div>", OUTLETS[0], outer=outer, above=above)])
    places = [place for place, text in enumerate(texts) if text == "Home and more"]
    assert places
    neighbours = {texts[(place + 1 if above else place - 1) % len(texts)] for place in places}
    assert STORY[0 if above else -1] in neighbours
    assert not neighbours - {STORY[0 if above else -1], "Home and more"}


def test_without_pieces_nothing_is_put_in() -> None:
    assert around() == STORY * 20


def test_a_page_of_many_pieces_is_drawn_no_oftener_than_one_of_few() -> None:
    many, few = (Piece(f"<p>{name}</p>", name, outer=True, above=True) for name in OUTLETS[:2])
    texts = around([many] * 50, [few])
    # One in fifty-one, if pieces were drawn and not pages.
    assert texts.count(OUTLETS[1]) > texts.count(OUTLETS[0]) / 4 > 0
