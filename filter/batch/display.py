"""What people see of a batch on stderr: progress while it runs, a table when it is over."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from filter.article import FAILURES
from filter.batch.runner import Observer
from filter.batch.summary import Summary
from filter.batch.tally import Tally

if TYPE_CHECKING:
    from rich.progress import Progress


@contextlib.contextmanager
def progress_shown() -> Iterator[Callable[[int], Observer] | None]:
    """Show progress while the block runs, if stderr is a terminal.

    Yields
    ------
    callable or None
        What :func:`filter.batch.run` takes as `observe`.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # here: Rich is slow to import
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=20),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield lambda total_bytes: _observer(progress, total_bytes)


def _observer(progress: Progress, total_bytes: int) -> Observer:
    bar = progress.add_task("reading", total=total_bytes or None)
    began = time.monotonic()
    before: int | None = None

    def observe(tally: Tally, bytes_read: int) -> None:
        nonlocal before
        if before is None:
            before = tally.pages
        rate = (tally.pages - before) / max(time.monotonic() - began, 0.001)
        counts = [f"{name} {number:,}" for name, number in sorted(tally.verdicts.items())]
        counts += [
            f"{name} {number:,}" for name, number in sorted(tally.outcomes.items()) if name in FAILURES
        ]
        progress.update(
            bar,
            completed=bytes_read,
            description=f"{tally.pages:,} pages, {rate:,.0f}/s: {', '.join(counts)}",
        )

    return observe


def summary_table(summary: Summary) -> str:
    """Return the figures of a run as a table of plain text."""
    tally = summary.tally
    rows: list[tuple[str, float]] = [("pages", tally.pages)]
    if summary.resumed_pages:
        rows.append(("  done before", summary.resumed_pages))
    rows += [(f"  {verdict}", number) for verdict, number in sorted(tally.verdicts.items())]
    rows += [
        (f"  {outcome}", number) for outcome, number in sorted(tally.outcomes.items()) if outcome != "ok"
    ]
    if tally.left_out:
        rows.append(("left out as asked", tally.left_out))
    rows += [("seconds", round(summary.seconds, 1)), ("pages a second", round(summary.pages_a_second))]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {number:>12,}" for name, number in rows)
