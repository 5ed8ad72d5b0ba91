"""CPU time of commands from a cold interpreter."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.table import markdown_table

RUNS = 9

_PAGE = """<!DOCTYPE html><html lang="en"><title>Quay closes for repairs</title>
<nav><a href="/">Home</a></nav><article><h1>Quay closes for repairs</h1>
<p>The harbour board of Lindhaven met on Tuesday to decide what becomes of the market.
Two members would rather see the hall pulled down than pay for a new roof, which the
town's engineer puts at four million crowns.</p>
<p>Marta Oduya, who chairs the board, said that the money had been put by for years and
that the fishermen had been promised a dry place to sell what they land.</p>
<p>"Nobody has told us where we should go in the meantime," said Jon Wexel, whose family
has kept a stall in the hall since it was built. "We found out from the paper."</p>
<p>A vote is expected in March. Until then traders have been told to keep their stalls
where they are, and to leave the northern gate free for the surveyors.</p></article>"""


def report() -> str:
    """Measure `newsfilter clean` of a small page, `newsfilter --help`, and trafilatura's command on it."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_PAGE, "utf-8")
        ours = [sys.executable, "-c", "from filter.cli import main; main()"]
        commands: dict[str, tuple[list[str], Path | None]] = {
            "newsfilter clean PAGE": ([*ours, "clean", str(page)], None),
            "newsfilter --help": ([*ours, "--help"], None),
            "python -c pass": ([sys.executable, "-c", "pass"], None),
        }
        if find_spec("trafilatura"):
            theirs = "from trafilatura.cli import main; main()"
            commands["trafilatura < PAGE"] = ([sys.executable, "-c", theirs], page)
        spent: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, (command, given) in commands.items():
                spent[name].append(_cpu_seconds(command, given))
    rows = [[name, f"{median(seconds):.3f}", f"{min(seconds):.3f}"] for name, seconds in spent.items()]
    return markdown_table(["command", f"CPU s, median of {RUNS}", "least"], rows)


def _cpu_seconds(command: Sequence[str], given: Path | None) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        command, input=given.read_bytes() if given else b"", capture_output=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode != 0:
        raise RuntimeError(f"{command} ended with {ended.returncode}: {ended.stderr.decode()[-300:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
