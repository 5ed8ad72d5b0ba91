"""Extracts: labelled pages and news as plain text, clean and with leftovers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from filter.markup import read_markup
from filter.training.corpora import NewsArticle
from filter.training.extracts import MARGIN, extracts, news_texts
from filter.training.labels import BlockLabels, label_blocks
from filter.training.leftovers import Leftovers
from filter.training.pages import GoldPage

TITLE = "Ferry stays in port"
STORY = [f"The ferry of line {n} will not sail before Thursday, the harbour master said." for n in range(4)]
MENU = [f"Menu item {n}" for n in range(MARGIN + 8)]


def gold(page_type: str = "article", added: tuple[int, ...] = ()) -> GoldPage:
    """A page of an outlet that does not exist, its story below a long menu."""
    menu, story = ("".join(f"<p>{text}</p>" for text in texts) for texts in (MENU, STORY))
    page = read_markup(f"{menu}<h1>{TITLE}</h1>{story}")
    return GoldPage("g", "skarvik.example", page_type, page, "\n\n".join(STORY), title=TITLE, added=added)


def drawn(page: GoldPage) -> Iterator[list[tuple[GoldPage, BlockLabels]]]:
    """What becomes of a page, again and again."""
    random = np.random.default_rng(3)
    while True:
        yield list(extracts([page], [label_blocks(page)], Leftovers([page], random), random))


def test_every_page_comes_once_without_furniture_under_its_headline_or_not() -> None:
    texts = {tuple(found[0][0].page.texts) for found in islice(drawn(gold("forum")), 40)}
    assert texts == {(*STORY,), (TITLE, *STORY)}


def test_of_a_clean_text_everything_but_the_headline_is_main_content() -> None:
    for ((page, labels),) in islice(drawn(gold("forum")), 20):
        assert labels.main.tolist() == [int(text in STORY) for text in page.page.texts]
        assert labels.title.tolist() == [int(text == TITLE) for text in page.page.texts]


def test_prose_comes_twice_more_with_lines_that_are_none_of_it() -> None:
    found = [made for texts in islice(drawn(gold()), 40) for made in texts[1:]]
    assert len(found) == 80
    shares = [(labels.main == 0).mean() for _, labels in found]
    assert max(shares) > 0.5 > min(shares)
    for page, labels in found:
        kept = [text for text, main in zip(page.page.texts, labels.main, strict=True) if main == 1]
        assert kept == STORY
        assert sum(text in MENU for text in page.page.texts) <= MARGIN


def test_pages_without_main_content_and_composed_ones_give_nothing() -> None:
    empty = GoldPage("e", "skarvik.example", "article", gold().page, "")
    assert next(drawn(empty)) == next(drawn(gold(added=(1,)))) == []


def test_news_keeps_its_paragraphs_and_loses_its_headline_now_and_then() -> None:
    random = np.random.default_rng(1)
    article = NewsArticle("a", "skarvik.example", "other", "en", TITLE, tuple(STORY), own_breaks=True)
    made = list(news_texts([article] * 40, Leftovers([], random), random))
    titled = [TITLE in page.page.texts for page, _ in made]
    assert any(titled)
    assert not all(titled)
    for page, labels in made:
        kept = [text for text, main in zip(page.page.texts, labels.main, strict=True) if main == 1]
        assert kept == STORY
