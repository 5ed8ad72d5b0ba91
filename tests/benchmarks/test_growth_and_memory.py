"""Pages that grow, memory that is read: what the figures stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.growth import SHAPES, Curve, Shape
from benchmarks.memory import _held_megabytes, _peak_megabytes
from benchmarks.plots import plot_growth, plot_memory


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_page_twice_the_size_is_twice_as_long(shape: Shape) -> None:
    size = shape.size // 50

    assert len(shape.make(2 * size)) == pytest.approx(2 * len(shape.make(size)), rel=0.05)


def test_memory_held_counts_what_is_held_and_the_peak_what_was() -> None:
    held = _held_megabytes()
    ballast = bytearray(b"x" * 64_000_000)
    with_ballast = _held_megabytes()
    del ballast

    assert with_ballast - held == pytest.approx(61, abs=12)
    assert _peak_megabytes() >= with_ballast - 1


def test_plots_are_written_and_the_same_every_time(tmp_path: Path) -> None:
    curve = Curve("blocks", (0.5, 1.0), (0.1, 0.2))
    holding = [(1_000, 100.0), (2_000, 101.0)]

    first = [plot_growth([curve], tmp_path).read_bytes(), plot_memory(holding, tmp_path).read_bytes()]
    second = [plot_growth([curve], tmp_path).read_bytes(), plot_memory(holding, tmp_path).read_bytes()]

    assert first == second
    assert b"<svg" in first[0]
