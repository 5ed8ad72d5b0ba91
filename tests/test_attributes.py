"""What attributes say of their element."""

from __future__ import annotations

import pytest

from filter.attributes import LONGEST_HINT, hides_itself, hint_of, shows_itself


def test_what_authors_call_an_element_is_joined_in_the_order_of_the_page() -> None:
    assert hint_of([("id", "a"), ("href", "/b"), ("class", "c d"), ("role", None)]) == "a c d"


@pytest.mark.parametrize("characters", [LONGEST_HINT, LONGEST_HINT + 1])
def test_only_the_beginning_of_it_is_kept(characters: int) -> None:
    assert hint_of([("class", "x" * characters)]) == "x" * LONGEST_HINT


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ([], False),
        ([("hidden", "")], True),
        ([("hidden", None)], True),
        ([("style", "display:none")], True),
        ([("style", "display:block")], False),
        ([("style", None)], False),
        ([("class", "display:none")], False),
    ],
)
def test_the_attribute_hidden_and_styles_hide(attributes: list[tuple[str, str | None]], hidden: bool) -> None:
    assert hides_itself(attributes) == hidden


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ([], False),
        ([("style", "font-size:1em")], True),
        ([("style", "color:red")], False),
        ([("style", None)], False),
    ],
)
def test_styles_show_again(attributes: list[tuple[str, str | None]], shown: bool) -> None:
    assert shows_itself(attributes) == shown
