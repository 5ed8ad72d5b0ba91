"""Leftovers: captions, credits, notes and bylines put between paragraphs, and labelled as what they are."""

from __future__ import annotations

import numpy as np

from filter.markup import read_markup
from filter.training.captions import captioned_pages
from filter.training.labels import BlockLabels, label_blocks
from filter.training.leftovers import Leftovers
from filter.training.notes import compose_note
from filter.training.pages import GoldPage
from filter.training.picture_lines import compose_caption

STORY = [
    "The ferry Alba Queen will not sail before Thursday, the harbour master of Skarnvik said on Monday.",
    "Passengers who booked a crossing will get their money back within ten days, the company promised.",
    "A storm damaged the landing stage last week, and divers found two cracked piles under the water.",
    "The council has set aside a sum for repairs, but nobody knows yet when the work is going to begin.",
]
PAGE = "<html><body><nav>Home</nav><h1>Ferry stays</h1>{}</body></html>".format(
    "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
)


def drawn(count: int) -> tuple[list[str], list[str]]:
    """Captions and notes for the story."""
    random = np.random.default_rng(0)
    names = ["Skarnvik", "Alba Queen"]
    captions = [compose_caption(STORY, names, random) for _ in range(count)]
    return captions, [compose_note(names, random) for _ in range(count)]


def test_no_template_is_left_unfilled() -> None:
    for lines in drawn(500):
        assert not any(mark in line for line in lines for mark in ("{", "}"))


def test_lines_are_many() -> None:
    captions, notes = drawn(400)
    assert len(set(captions)) > 300
    assert len(set(notes)) > 150


def test_captions_say_again_what_the_story_says() -> None:
    captions, _ = drawn(300)
    repeating = [line for line in captions if any(word in line for word in ("ferry", "storm", "Passengers"))]
    assert repeating


def test_strewn_lines_are_furniture_and_the_story_keeps_its_labels() -> None:
    known = BlockLabels(np.ones(4, dtype=np.int8), np.full(4, 0.25, np.float32), np.zeros(4, dtype=np.int8))
    random = np.random.default_rng(2)
    texts, labels = Leftovers([], random).strew(list(STORY), known)
    assert len(texts) > len(STORY)
    assert [text for text, main in zip(texts, labels.main, strict=True) if main == 1] == STORY


def test_a_text_without_a_story_is_left_alone() -> None:
    known = BlockLabels(np.zeros(1, dtype=np.int8), np.ones(1, np.float32), np.zeros(1, dtype=np.int8))
    assert Leftovers([], np.random.default_rng(0)).strew(["Home"], known) == (["Home"], known)


GOLD = GoldPage("wcxb/0001", "d", "article", read_markup(PAGE), "\n\n".join(STORY))


def captioned() -> GoldPage:
    """The story as a page of a corpus, with lines among its paragraphs; not every draw puts some in."""
    randoms = map(np.random.default_rng, range(20))
    pages = (
        page
        for random in randoms
        for page in captioned_pages([(GOLD, PAGE)], Leftovers([GOLD], random), random)
    )
    return next(pages)


def test_lines_put_into_a_page_are_never_main_content() -> None:
    page = captioned()
    labels = label_blocks(page)
    added = set(page.added)
    assert page.composed
    kept = [page.page.texts[block] for block in np.flatnonzero(labels.main == 1)]
    assert kept == STORY
    assert not added & {page.page.texts.index(paragraph) for paragraph in STORY}


def test_lines_put_in_weigh_more_than_others_and_their_page_less() -> None:
    page = captioned()
    found = label_blocks(GOLD)
    labels = label_blocks(page)
    assert labels.weights.sum() < found.weights.sum()
    share = labels.weights[list(page.added)].sum() / labels.weights.sum()
    assert share > len(page.added) / len(page.page)
