"""Memory over a long run, in a process of its own.

As a program, it cleans pages and prints how much it holds::

    python -m benchmarks.memory COUNT [FOLDER]
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks.table import markdown_table

EVERY = 1_000
"""Pages between two looks at the memory."""

DIFFERENT = 50
"""Pages that differ; they are cleaned over and over."""

Holding = list[tuple[int, float]]
"""Pages cleaned so far, and megabytes held then."""


def follow(folder: Path | None, count: int) -> tuple[str, Holding]:
    """Clean `count` pages, the same ones over and over, and follow the memory held.

    Parameters
    ----------
    folder : Path or None
        Where ordinary pages lie; without it, pages are written. They count as
        memory of the process, too.
    count : int
        How many pages to clean.

    Returns
    -------
    table : str
        Peak, and how far the memory strayed after the first thousand pages.
    holding : list of (int, float)
        The curve.
    """
    command = [sys.executable, "-m", "benchmarks.memory", str(count), *([str(folder)] if folder else [])]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    *lines, peak = ended.stdout.splitlines()
    holding = [(int(seen), float(held)) for seen, held in map(str.split, lines)]
    _, first = holding[0]
    lowest = min(held for _, held in holding)
    highest = max(held for _, held in holding)
    rows = [
        ["peak, MB", f"{float(peak):.0f}"],
        [f"held at page {holding[0][0]:,}, MB", f"{first:.1f}"],
        [f"held at page {holding[-1][0]:,}, MB", f"{holding[-1][1]:.1f}"],
        ["least and most in between", f"{lowest / first - 1:+.1%} to {highest / first - 1:+.1%}"],
    ]
    return markdown_table(["memory of clean_many", ""], rows), holding


def _clean(folder: Path | None, count: int) -> Iterator[str]:
    from benchmarks.pages import read_pages, written_pages
    from filter import Cleaner

    pages = read_pages(folder, DIFFERENT) if folder else list(written_pages(DIFFERENT))
    for number, article in enumerate(Cleaner().clean_many(islice(cycle(pages), count)), start=1):
        assert article.text is not None
        if number % EVERY == 0:
            yield f"{number} {_held_megabytes():.3f}"
    yield f"{_peak_megabytes():.3f}"


def _peak_megabytes() -> float:
    # Not ru_maxrss: a started process inherits that of the process that started it.
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _held_megabytes() -> float:
    resident_pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return resident_pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    for line in _clean(Path(sys.argv[2]) if len(sys.argv) > 2 else None, int(sys.argv[1])):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
