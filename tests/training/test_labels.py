"""Gold pages as labels and weights."""

from __future__ import annotations

import pytest

from filter.markup import read_markup
from filter.page import text_page
from filter.training.labels import UNKNOWN, label_blocks
from filter.training.pages import GoldPage, registered_domain

STORY = "The ferry to the outer islands will not sail before Thursday, the harbour master said."
HTML = f"<nav>Home</nav><h1>Ferry stays in port</h1><p>{STORY}</p><footer>All rights reserved</footer>"


def test_a_whole_gold_text_labels_every_block() -> None:
    labels = label_blocks(GoldPage("n", "d", "article", read_markup(HTML), STORY, "Ferry stays in port"))
    assert labels.main.tolist() == [0, 0, 1, 0]
    assert labels.title.tolist() == [0, 1, 0, 0]
    assert labels.weights.sum() == pytest.approx(1)


def test_segments_label_only_the_blocks_that_hold_them() -> None:
    gold = GoldPage("n", "d", "", read_markup(HTML), None, present=("harbour master",), absent=("rights",))
    labels = label_blocks(gold)
    assert labels.main.tolist() == [UNKNOWN, UNKNOWN, 1, 0]
    assert (labels.weights > 0).tolist() == [False, False, True, True]


def test_corrections_are_taken_at_their_word() -> None:
    page = text_page(["Headline", "Story", "Share"])
    labels = label_blocks(GoldPage("n", "d", "", page, None, labels=("title", "article", "furniture")))
    assert (labels.main.tolist(), labels.title.tolist()) == ([0, 1, 0], [1, 0, 0])


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.news.example.com/a", "example.com"),
        ("http://news.example.co.uk/", "example.co.uk"),
        ("example.de", "example.de"),
    ],
)
def test_domains_are_what_one_owner_registered(url: str, domain: str) -> None:
    assert registered_domain(url) == domain
