"""Spam in HTML: it goes where it is said to go, and the host stays what it was."""

from __future__ import annotations

import random

import pytest

from benchmarks.splicing import Place, paragraph_ends, splice
from filter.training.corpora import SpamBlock

FIRST = "The harbour board of Lindhaven met on Tuesday to decide."
LAST = "Traders have been told to keep their stalls where they are."
HOST = (
    "<body><p>Home</p><main><p class=x>The <b>harbour</b> board of Lindhaven met on Tuesday to decide.</p>"
    f"<p>{LAST}</p></main></body>"
)
SPAM = [SpamBlock("Best rods & reels", "heading", 0, 0), SpamBlock("Buy rods here today", "paragraph", 1, 8)]


def test_paragraphs_of_the_gold_text_are_found_in_the_markup() -> None:
    ends = paragraph_ends(HOST, f"{FIRST}\n\n{LAST}")

    assert [HOST[:end].rpartition("<p")[2].partition(">")[2] for end in ends] == [
        "The <b>harbour</b> board of Lindhaven met on Tuesday to decide.</p>",
        f"{LAST}</p>",
    ]


def test_short_paragraphs_are_no_landmarks() -> None:
    assert paragraph_ends("<p>Home and away</p>", "Home and away") == []


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        (Place.AFTER_LAST, f"{LAST}</p><h3>", "</main></body>"),
        (Place.OWN_CONTAINER, f'{LAST}</p><div class="block-', "</div></main></body>"),
        (Place.MIDDLE, "to decide.</p><h3>", f"<p>{LAST}"),
        (Place.END_OF_BODY, "</main><h3>", "</body>"),
        (Place.HIDDEN, f'{LAST}</p><div style="position:absolute', "</div></main></body>"),
    ],
)
def test_spam_goes_to_its_place(place: Place, before: str, after: str) -> None:
    ends = paragraph_ends(HOST, f"{FIRST}\n\n{LAST}")
    spliced = splice(HOST, ends, SPAM, place, random.Random(1))

    assert before in spliced.html
    assert "Best rods &amp; reels</h3><p><a href=" in spliced.html
    assert after in spliced.html.partition("today</p>")[2]
    assert spliced.spam == ("Best rods & reels", "Buy rods here today")


def test_without_the_spam_the_host_remains() -> None:
    ends = paragraph_ends(HOST, f"{FIRST}\n\n{LAST}")
    spliced = splice(HOST, ends, SPAM, Place.AFTER_LAST, random.Random(1)).html
    start, end = spliced.index("<h3>"), spliced.index("today</p>") + len("today</p>")

    assert spliced[:start] + spliced[end:] == HOST
