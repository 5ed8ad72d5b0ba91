"""Gold pages as labels and weights."""

from __future__ import annotations

import pytest

from filter.markup import read_markup
from filter.page import text_page
from filter.training.labels import UNKNOWN, label_blocks, segment_span
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


def test_blocks_put_in_are_no_main_content_and_weigh_what_their_page_says() -> None:
    once, fourfold = (
        label_blocks(GoldPage("n", "d", "article", read_markup(HTML), STORY, added=(2,), stress=stress))
        for stress in (1.0, 4.0)
    )
    assert once.main.tolist() == fourfold.main.tolist() == [0, 0, 0, 0]
    assert once.weights.sum() == pytest.approx(fourfold.weights.sum())
    assert fourfold.weights[2] / fourfold.weights[0] == pytest.approx(4 * once.weights[2] / once.weights[0])


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


class TestSpans:
    """Pages known by segments: what stands between the first and the last."""

    TEXTS = ("Home", "The ferry stays.", "Read also", "Storms are near.", "It sails on Thursday.", "Imprint")

    def test_all_blocks_between_the_first_and_the_last_segment_are_taken(self) -> None:
        taken = segment_span(self.TEXTS, ["ferry stays", "on Thursday"], [])
        assert taken.tolist() == [False, True, True, True, True, False]

    def test_whatever_the_order_of_the_segments(self) -> None:
        taken = segment_span(self.TEXTS, ["on Thursday", "storms", "ferry stays"], [])
        assert taken.tolist() == [False, True, True, True, True, False]

    def test_but_those_that_hold_an_unwanted_one(self) -> None:
        taken = segment_span(self.TEXTS, ["ferry stays", "on Thursday"], ["read also", "home"])
        assert taken.tolist() == [False, True, False, True, True, False]

    def test_every_block_that_holds_an_unwanted_one(self) -> None:
        taken = segment_span(["A one.", "Ad", "x", "Ad", "B two."], ["one", "two"], ["ad"])
        assert taken.tolist() == [True, False, True, False, True]

    def test_an_unwanted_segment_outranks_a_wanted_one_in_the_same_block(self) -> None:
        assert segment_span(["One two.", "Three."], ["one", "three"], ["two"]).tolist() == [False, True]

    @pytest.mark.parametrize("present", [[], ["ferry"], ["ferry", "stays"], ["ferry", "absent words"]])
    def test_fewer_than_two_blocks_with_a_wanted_segment_tell_nothing(self, present: list[str]) -> None:
        assert not segment_span(self.TEXTS, present, []).any()

    def test_of_several_blocks_that_hold_a_segment_the_longest_counts(self) -> None:
        texts = ["Ferry", "The ferry stays in port.", "Storms.", "Ferry"]
        assert segment_span(texts, ["ferry", "storms"], []).tolist() == [False, True, True, False]

    @pytest.mark.parametrize(
        ("segment", "found"), [("STORMS are,", True), ("storm", False), ("orms are", False)]
    )
    def test_segments_are_whole_words_whatever_their_case_and_punctuation(
        self, segment: str, found: bool
    ) -> None:
        assert segment_span(self.TEXTS, ["ferry", segment], [])[3] == found

    @pytest.mark.parametrize("blank", ["", " ", "—"])
    def test_a_segment_without_words_is_held_by_no_block_not_even_by_one_without(self, blank: str) -> None:
        texts = [*self.TEXTS[:3], "* * *", *self.TEXTS[3:]]
        assert not segment_span(texts, ["ferry", blank], []).any()
        assert segment_span(texts, ["ferry", "storms"], [blank]).sum() == 4

    def test_no_blocks_need_no_span(self) -> None:
        assert segment_span([], ["ferry"], ["home"]).tolist() == []
