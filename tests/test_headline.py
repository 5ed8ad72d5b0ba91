"""The headline of a page: which block it is, and where it is said again."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.batch import gather
from filter.headline import LEAST_TITLE, choose_titles, drop_repeats, without_site_name
from filter.page import text_page
from tests.batches import flags, floats, pages_of


class TestTitles:
    """Which block is the headline."""

    def test_the_likeliest_block_of_each_page_is_its_title(self) -> None:
        batch = pages_of([3, 4, 5], [], [2, 2])
        assert choose_titles(batch, floats(0.4, 0.9, 0.5, 0.8, 0.1)).tolist() == [
            False,
            True,
            False,
            True,
            False,
        ]

    def test_it_must_be_likely_enough(self) -> None:
        batch = pages_of([3])
        assert choose_titles(batch, floats(0.3001))[0]
        assert not choose_titles(batch, floats(0.2999))[0]
        assert LEAST_TITLE == 0.3

    def test_the_first_of_equals_is_taken(self) -> None:
        assert choose_titles(pages_of([3, 3, 3]), floats(0.5, 0.7, 0.7)).tolist() == [False, True, False]

    def test_no_blocks_have_no_title(self) -> None:
        assert choose_titles(pages_of([], []), floats()).tolist() == []


class TestRepeats:
    """The headline, said again."""

    def test_repeats_of_the_headline_leave_the_article(self) -> None:
        batch = gather([text_page(["Market hall", "The council voted.", "MARKET HALL", "Market halls"])])
        kept = drop_repeats(batch, flags(1, 1, 1, 1), flags(1, 0, 0, 0))
        assert kept.tolist() == [False, True, False, True]

    def test_a_repeat_may_be_written_in_fewer_characters(self) -> None:
        # Each of the three ligatures stands for three letters, the most that one character can.
        batch = gather([text_page(["FFIFFIFFI", "The council voted.", "ﬃﬃﬃ"])])
        assert drop_repeats(batch, flags(1, 1, 1), flags(1, 0, 0)).tolist() == [False, True, False]
        assert drop_repeats(batch, flags(1, 1, 1), flags(0, 0, 1)).tolist() == [False, True, False]

    def test_the_headline_itself_is_no_article_even_without_repeats(self) -> None:
        batch = gather([text_page(["Market hall", "The council voted."])])
        assert drop_repeats(batch, flags(1, 1), flags(1, 0)).tolist() == [False, True]

    def test_what_was_no_article_does_not_become_one(self) -> None:
        batch = gather([text_page(["Market hall", "Menu", "Market hall"])])
        assert drop_repeats(batch, flags(0, 0, 0), flags(1, 0, 0)).tolist() == [False, False, False]

    def test_other_pages_may_say_it(self) -> None:
        batch = gather([text_page(["Menu", "Market hall"]), text_page(["Market hall", "Market hall"])])
        kept = drop_repeats(batch, flags(1, 1, 1, 1), flags(0, 1, 0, 0))
        assert kept.tolist() == [True, False, True, True]
        kept = drop_repeats(batch, flags(1, 1, 1, 1), flags(0, 0, 0, 1))
        assert kept.tolist() == [True, True, False, False]

    def test_wherever_the_page_stands_in_its_batch(self) -> None:
        other = text_page(["Market hall", "Market hall", "Menu"])
        batch = gather([other, text_page(["One.", "Market hall", "Two.", "Three.", "Four.", "Market hall"])])
        kept = drop_repeats(batch, np.ones(9, dtype=bool), flags(0, 0, 0, 0, 0, 0, 0, 0, 1))
        assert kept.tolist() == [True, True, True, True, False, True, True, True, False]


def test_both_decisions_are_made_of_truth_values() -> None:
    batch = pages_of([2, 3])
    assert choose_titles(batch, floats(0.9, 0.1)).dtype == bool
    assert drop_repeats(batch, flags(1, 1), flags(1, 0)).dtype == bool


class TestSiteNames:
    """What follows the headline in a page's title."""

    @pytest.mark.parametrize(
        ("title", "headline"),
        [
            ("Cabbage breaks fair record | Harmon County Ledger", "Cabbage breaks fair record"),
            ("Cabbage breaks fair record | Fairs | Ledger", "Cabbage breaks fair record"),
            ("Cabbage breaks fair record :: Ledger", "Cabbage breaks fair record"),
            ("白菜打破展会纪录，重达四十公斤 | 日报", "白菜打破展会纪录，重达四十公斤"),
            ("Ledger | Cabbage breaks fair record", "Ledger | Cabbage breaks fair record"),
            ("Cabbage - Ledger", "Cabbage - Ledger"),
            ("A|B is no bar", "A|B is no bar"),
            (" Cabbage ", "Cabbage"),
            ("", ""),
        ],
    )
    def test_stand_behind_a_bar_and_are_shorter(self, title: str, headline: str) -> None:
        assert without_site_name(title) == headline

    def test_are_cut_off_however_many_there_are(self) -> None:
        cabbages = "cabbage " * 1_000_000
        assert without_site_name(cabbages + "| a " * 1_000_000) == cabbages.strip()

    @pytest.mark.parametrize(
        ("title", "headline"),
        [
            ("Cabbage breaks record - The Ledger", "Cabbage breaks record"),
            ("Cabbage – a love story — the ledger ", "Cabbage – a love story"),
            ("Cabbage – a love story", "Cabbage – a love story"),
            ("Cabbage breaks record - The Ledger | News", "Cabbage breaks record - The Ledger"),
        ],
    )
    def test_stand_behind_a_dash_if_they_are_declared(self, title: str, headline: str) -> None:
        assert without_site_name(title, "The Ledger") == headline
