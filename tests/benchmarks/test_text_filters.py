"""Filters of single texts: each learns to tell what it was shown."""

from __future__ import annotations

import pytest

from benchmarks.text_filters import FILTERS, available

SPAM = [f"Buy cheap rods number {number} online now, best price, free delivery" for number in range(60)]
GENUINE = [
    f"The harbour board met on day {number} and adjourned its vote until spring" for number in range(60)
]


@pytest.mark.parametrize("name", list(FILTERS))
def test_a_filter_scores_spam_above_genuine_text(name: str) -> None:
    if name not in available():
        pytest.skip(f"{name} is not installed")

    with available()[name](SPAM, GENUINE) as score:
        spam, genuine = score(
            ["best price online, buy now", "From here the board met\nand adjourned its vote"]
        )

    assert spam > genuine
