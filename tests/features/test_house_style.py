"""House style: how a block is set, against how its page is."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.columns import Columns
from filter.features.house_style import HABITS, add_house_style, agreement, two_ways
from filter.features.places import Places
from filter.features.words import split_words

CURLY = "It’s the harbour’s “last” chance."
STRAIGHT = 'It\'s "great".'


def style(*pages: list[str]) -> Columns:
    """The house style of all blocks of some pages."""
    columns = Columns()
    offsets = np.cumsum([0, *map(len, pages)])
    words = split_words([text for page in pages for text in page])
    add_house_style(columns, words, Places.of(offsets))
    return columns


def test_a_block_set_otherwise_than_its_page_disagrees() -> None:
    columns = style([CURLY, CURLY, CURLY, STRAIGHT])
    agrees = np.asarray(columns["style agrees with the rest"])
    assert agrees[3] < -2 < 0 < agrees[0]
    assert columns["apostrophes"].tolist() == [1, 1, 1, 0]
    assert columns["quotation marks of the rest"][3] == 1


def test_a_block_without_marks_neither_agrees_nor_disagrees() -> None:
    columns = style([CURLY, "The board met."])
    assert np.isnan(columns["apostrophes"][1])
    assert columns["style agrees with the rest"][1] == 0


def test_nothing_is_held_against_the_first_block_or_another_page() -> None:
    columns = style([CURLY, CURLY], [STRAIGHT, STRAIGHT])
    assert columns["style agrees with before"][[0, 2]].tolist() == [0, 0]
    assert (np.asarray(columns["style agrees with the rest"]) > 0).all()


def test_a_tail_disagrees_from_its_first_block_on() -> None:
    columns = style([CURLY, CURLY, STRAIGHT, STRAIGHT])
    from_here = np.asarray(columns["style from here agrees with before"])
    assert from_here[2] < from_here[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("5% more", "five percent more"), ("5% more", "5 % more"), ("so - so", "so – so"), ("so—so", "so — so")],
)
def test_two_ways_of_one_habit_are_told_apart(one: str, other: str) -> None:
    first, second = two_ways(split_words([one, other]))
    habits = [number for number in range(len(HABITS)) if first[number, 0] and second[number, 1]]
    assert habits


def test_agreement_is_bounded_and_zero_where_nothing_is_known() -> None:
    own = np.array([[[50.0, 0.0]], [[0.0, 50.0]], [[5.0, 0.0]]])
    others = np.array([[[50.0, 0.0]], [[50.0, 0.0]], [[0.0, 0.0]]])
    assert agreement(own, others).ravel().tolist() == [3, -3, 0]
