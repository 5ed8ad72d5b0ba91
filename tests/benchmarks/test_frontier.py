"""The frontier: the shipped classifier stands out in the table and in the plot."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("catboost")
pytest.importorskip("matplotlib")

from benchmarks.frontier import CHOSEN, SHIPPED, SIZES, Point, report
from benchmarks.plots import plot_frontier

POINTS = [
    Point("one pass", CHOSEN, 0.94, 0.85, 1.0),
    Point("two passes", CHOSEN, 0.95, 0.87, 1.5),
    Point(SHIPPED, CHOSEN, 0.96, 0.88, 2.0),
]


def test_what_is_shipped_is_among_the_sizes() -> None:
    assert CHOSEN in SIZES


def test_only_the_shipped_one_is_marked() -> None:
    (table,) = report(POINTS)
    (marked,) = [line for line in table.splitlines() if "shipped" in line]
    assert SHIPPED in marked


def test_the_plot_rings_it(tmp_path: Path) -> None:
    assert "shipped" in plot_frontier(POINTS, tmp_path).read_text("utf-8")
