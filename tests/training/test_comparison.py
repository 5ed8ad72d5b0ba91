"""What `newsfilter evaluate --against` says of two models."""

from __future__ import annotations

from filter.page import text_page
from filter.training.comparison import compare
from filter.training.pages import GoldPage

FIRST = "The ferry to the outer islands stays in port until Thursday because of the storm."
LAST = "Whoever has booked a passage may travel on any other day of the week, the company said."
PAGE = text_page([FIRST, LAST])
WHOLE = GoldPage("whole", "harbour.example", "article", PAGE, f"{FIRST}\n\n{LAST}")
SEGMENTS = GoldPage("segments", "quay.example", "", PAGE, None, present=(FIRST,), absent=("Buy now",))


def test_what_one_model_alone_loses_is_quoted() -> None:
    told = compare([WHOLE], [f"{FIRST}\n\n{LAST}"], [FIRST]).splitlines()
    assert "genuine paragraphs that only the first model loses: 0" in told
    assert told[-2:] == ["genuine paragraphs that only the second model loses: 1", f"  whole: {LAST[:90]}"]
    assert any(line.startswith("difference in word F1, first less second: +0.") for line in told)


def test_pages_known_by_segments_have_those_figures_alone() -> None:
    told = compare([SEGMENTS], [FIRST], [LAST])
    assert "segments: lost 1.0000" in told
    assert "difference" not in told


def test_both_sorts_of_pages_can_stand_side_by_side() -> None:
    told = compare([SEGMENTS, WHOLE], [FIRST, FIRST], [FIRST, FIRST])
    assert "segments: lost 0.0000" in told
    assert "difference in word F1, first less second: +0.0000" in told


def test_pages_known_by_neither_are_said_to_be() -> None:
    bare = GoldPage("bare", "pier.example", "", PAGE, None)
    assert compare([bare], [FIRST], [FIRST]).endswith("nothing to measure")
