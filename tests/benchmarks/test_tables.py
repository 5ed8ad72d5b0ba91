"""Tables and the race: what is shown, and who is timed when."""

from __future__ import annotations

from benchmarks.clock import in_turns
from benchmarks.table import markdown_table


def test_a_table_aligns_names_left_and_figures_right() -> None:
    assert markdown_table(["who", "ms"], [["ours", "1.5"], ["a peer", "20.25"]]).splitlines() == [
        "| who    |    ms |",
        "|--------|------:|",
        "| ours   |   1.5 |",
        "| a peer | 20.25 |",
    ]


def test_contenders_take_turns_and_the_first_round_is_not_counted() -> None:
    order: list[str] = []

    seconds = in_turns({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2)

    assert order == ["a", "b"] * 3
    assert set(seconds) == {"a", "b"}
