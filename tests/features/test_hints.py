"""Parts of a page, by what authors call them."""

from __future__ import annotations

import pytest

from filter.features.hints import PARTS, name_parts
from filter.features.words import split_words


def parts(hint: str) -> set[str]:
    return {part for part, named in zip(PARTS, name_parts(split_words([hint]))[0], strict=True) if named}


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("comment-list", {"comments"}),
        ("relatedPosts", {"related"}),
        ("site-nav main-menu", {"menu"}),
        ("entry-content", {"story"}),
        ("fig image-credit", {"caption"}),
        ("loads badge", set()),
        ("", set()),
    ],
)
def test_names_tell_parts(hint: str, expected: set[str]) -> None:
    assert parts(hint) == expected
