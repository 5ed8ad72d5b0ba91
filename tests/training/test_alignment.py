"""Which blocks a gold text holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from filter.training.alignment import coverage

FIRST = "The ferry to the outer islands will not sail before Thursday, the harbour master said."
SECOND = "Some forty passengers spent the night in the school hall, where neighbours brought soup."


def held(texts: list[str], gold: str) -> list[bool]:
    return [bool(share >= 0.5) for share in coverage(texts, gold)]


def test_blocks_of_the_gold_text_are_covered_and_others_are_not() -> None:
    assert held(["Home", FIRST, "Advertisement", SECOND, "Related stories"], f"{FIRST}\n\n{SECOND}") == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_markup_case_and_punctuation_do_not_matter() -> None:
    assert held([FIRST], f"**{FIRST.upper()}** -") == [True]


def test_a_short_block_counts_only_where_the_gold_text_has_room() -> None:
    gold = f"{FIRST} Thursday {SECOND}"
    assert held(["Thursday", FIRST, "Thursday", SECOND, "Thursday"], gold) == [False, True, True, True, False]


def test_of_two_copies_the_one_in_order_counts() -> None:
    assert held([SECOND, FIRST, SECOND], f"{FIRST}\n{SECOND}") == [False, True, True]


def test_a_long_block_out_of_order_still_counts() -> None:
    assert held([SECOND, FIRST], f"{FIRST}\n{SECOND}") == [True, True]


@given(st.lists(st.text(max_size=80), max_size=12), st.text(max_size=200))
def test_shares_are_shares(texts: list[str], gold: str) -> None:
    shares = coverage(texts, gold)
    assert len(shares) == len(texts)
    assert ((shares >= 0) & (shares <= 1)).all()


@given(st.lists(st.integers(min_value=1, max_value=12), min_size=1, max_size=8))
def test_the_whole_page_as_gold_covers_every_block(lengths: list[int]) -> None:
    texts = [
        " ".join(f"word{block}x{place}" for place in range(length)) for block, length in enumerate(lengths)
    ]
    assert (coverage(texts, "\n".join(texts)) == 1).all()
