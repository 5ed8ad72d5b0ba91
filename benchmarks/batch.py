"""Batches that are killed, and batches on more than one core.

::

    python -m benchmarks.batch survive FOLDER --pages 100000   # kill -9 in the middle, continue, compare
    python -m benchmarks.batch cores FOLDER --pages 5000       # one core against two
    python -m benchmarks.batch dask FOLDER --pages 5000        # a worker of a Dask cluster is killed

FOLDER holds pages (``*.html``, ``*.html.gz``); they are repeated, each time
broken in other places, and 1 % of all lines are hostile.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.mutations import mutated
from benchmarks.pages import read_pages
from filter import Article
from filter.batch import Limits, Options, run
from filter.batch.cleaning import CleanerSettings
from filter.batch.entry import Page
from filter.batch.worker import PageCleaner

app = typer.Typer(
    help=__doc__.split("\n")[0], no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

Folder = Annotated[Path, typer.Argument(help="A folder of HTML pages.")]
Pages = Annotated[int, typer.Option(help="Pages of the batch.")]

LIMITS = Limits(seconds=5.0)
HANGING_PAGES = 5
"""Each costs its limit twice, once with its chunk and once alone."""


@dataclass(frozen=True)
class SabotagedCleaner:
    """The real cleaner, but some pages get their way: they hang, take memory, or kill the process."""

    cleaner: PageCleaner

    def clean_many(self, pages: Sequence[Page]) -> Iterator[Article]:
        """Obey the pages, and clean those that order nothing."""
        for page in pages:
            match page.content:
                case "sabotage: hang":
                    time.sleep(10_000)
                case "sabotage: die":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "sabotage: grow":
                    held = [bytearray(50_000_000) for _ in range(10_000)]
                    held.clear()
        yield from self.cleaner.clean_many(pages)


def make_sabotaged_cleaner() -> SabotagedCleaner:
    """Load the real cleaner in a worker."""
    return SabotagedCleaner(CleanerSettings()())


def hostile_line(number: int, chance: random.Random) -> bytes:
    """Return a line that would rather break the batch."""
    kind = chance.randrange(10)
    page = {
        0: "",
        1: "<div>" * 100_000 + "deep",
        2: f"<p title='{'x' * 2_000_000}'>wide",
        3: "<p>" + "\0" * 1_000 + "text",
        4: "<table>" + "<tr><td colspan=999999999>" * 20_000,
        5: "x" * 10_000_001,
        6: "sabotage: die",
        7: "sabotage: grow",
    }.get(kind)
    if page is not None:
        return json.dumps({"id": number, "html": page}).encode()
    return b'{"id": %d, "html": "broken off' % number if kind == 8 else b'["no", "object"]'


def write_batch(folder: Path, count: int, path: Path, *, hostile: bool = True, first: int = 0) -> None:
    """Write `count` pages as compressed JSON Lines, 1 % of them hostile."""
    pages = read_pages(folder)
    hanging = set(range(count // (2 * HANGING_PAGES), count, count // HANGING_PAGES)) if hostile else set()
    with gzip.open(path, "wb", compresslevel=1) as file:
        for number in range(first, first + count):
            chance = random.Random(number)
            if number in hanging:
                line = json.dumps({"id": number, "html": "sabotage: hang"}).encode()
            elif hostile and chance.random() < 0.01:
                line = hostile_line(number, chance)
            else:
                line = json.dumps({"id": number, "html": mutated(pages, number)}).encode()
            file.write(line + b"\n")


@app.command()
def once(source: Path, output: Path, jobs: int = 2, sabotage: bool = False) -> None:
    """Run one batch and print its figures as JSON: what the other commands start."""
    cleaner = make_sabotaged_cleaner if sabotage else CleanerSettings()
    options = Options(limits=LIMITS, workers=jobs, make_cleaner=cleaner)
    sys.stdout.write(json.dumps(run([str(source)], str(output), options).as_json()) + "\n")


def start(source: Path, output: Path, *, jobs: int = 2, sabotage: bool = False) -> subprocess.Popen[str]:
    """Start a batch in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.batch",
        "once",
        str(source),
        str(output),
        "--jobs",
        str(jobs),
    ]
    command += ["--sabotage"] if sabotage else []
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for a batch, and return its figures."""
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"the batch ended with {process.returncode}")
    figures: dict[str, Any] = json.loads(printed)
    return figures


@app.command()
def survive(folder: Folder, pages: Pages = 100_000) -> None:
    """Kill a batch in the middle, continue it, and compare it with one that nobody touched."""
    with tempfile.TemporaryDirectory() as scratch:
        source, killed, whole = (
            Path(scratch) / name for name in ("in.jsonl.gz", "killed.jsonl.gz", "whole.jsonl.gz")
        )
        write_batch(folder, pages, source)
        report(f"input: {pages:,} lines, {source.stat().st_size / 1e6:,.0f} MB compressed")
        process = start(source, killed, sabotage=True)
        done = wait_for_entries(Path(f"{killed}.journal"), pages // 2, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        report(f"killed by signal 9 with {done:,} pages journalled")
        figures = finish(start(source, killed, sabotage=True))
        report(f"continued: {json.dumps(figures)}")
        figures = finish(start(source, whole, sabotage=True))
        report(f"uninterrupted: {json.dumps(figures)}")
        with gzip.open(killed) as lines:
            numbers = [int(json.loads(line)["source"].rpartition(":")[2]) for line in lines]
        report(
            f"records: {len(numbers):,}, each page once and in order: {numbers == list(range(1, pages + 1))}"
        )
        same = digest(killed) == digest(whole)
        report(f"identical to the uninterrupted run, byte for byte: {same}")


def wait_for_entries(journal: Path, wanted: int, process: subprocess.Popen[str]) -> int:
    """Wait until a journal says that so many entries are done, and return how many."""
    while process.poll() is None:
        lines = journal.read_bytes().rpartition(b"\n")[0].split(b"\n")[1:] if journal.exists() else []
        done = int(json.loads(lines[-1])["entry"]) if lines else 0
        if done >= wanted:
            return done
        time.sleep(0.05)
    raise SystemExit("the batch was over before it could be killed")


@app.command()
def cores(folder: Folder, pages: Pages = 5_000, rounds: int = 3) -> None:
    """Measure what a second core brings: everything on one core, and everything on two."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "in.jsonl.gz"
        write_batch(folder, pages, source, hostile=False)
        best: dict[int, float] = {}
        for _ in range(rounds):
            for number in (1, 2):
                output = Path(scratch) / f"out-{number}.jsonl"
                rate = on_cores(number, source, output)
                best[number] = max(best.get(number, 0.0), rate)
                report(f"{number} core(s): {rate:,.0f} pages a second")
        report(f"best of {rounds}: two cores are {best[2] / best[1]:.2f} times one core")


def on_cores(number: int, source: Path, output: Path) -> float:
    """Run a batch with its supervisor and workers confined to so many cores; return pages a second."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:number])
    try:
        figures = finish(start(source, output, jobs=number))
    finally:
        os.sched_setaffinity(0, before)
    for path in (output, Path(f"{output}.journal")):
        path.unlink()
    return float(figures["pages_a_second"])


@app.command()
def dask(folder: Folder, pages: Pages = 5_000, shards: int = 10) -> None:
    """Kill a worker of a Dask cluster in the middle of a shard, and count the records."""
    import distributed

    from filter.batch import shards as sharding
    from filter.batch.backend import Backend

    sharding.SHARD_BYTES = 1  # one file a shard
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(shards):
            first, last = number * pages // shards, (number + 1) * pages // shards
            path = Path(scratch) / f"in-{number:03}.jsonl.gz"
            write_batch(folder, last - first, path, hostile=False, first=first)
        output = Path(scratch) / "out"
        with distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            killer = threading.Thread(target=kill_a_worker, args=(cluster.scheduler_address, output))
            killer.start()
            figures = sharding.run_sharded(
                [scratch],
                f"{output}/part-*.jsonl.gz",
                Options(limits=LIMITS),
                Backend.DASK,
                cluster.scheduler_address,
            )
            killer.join()
        report(f"figures: {json.dumps(figures.as_json())}")
        ids: list[int] = []
        for part in sorted(output.glob("part-*.jsonl.gz")):
            with gzip.open(part) as lines:
                ids += [json.loads(line)["id"] for line in lines]
        report(f"records: {len(ids):,}, each page once and in order: {ids == list(range(pages))}")


def kill_a_worker(address: str, output: Path) -> None:
    """Kill a worker that has a shard under way, once some shards are complete."""
    import distributed

    with distributed.Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        while True:
            busy = [worker for worker, tasks in client.processing().items() if tasks]
            if busy and len(list(output.glob("part-*.done.json"))) >= 2 and list(output.glob(".*.journal")):
                victim = client.run(os.getpid, workers=busy[:1])[busy[0]]
                os.kill(victim, signal.SIGKILL)
                report(f"killed the Dask worker with process {victim}")
                return
            time.sleep(0.05)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def report(line: str) -> None:
    """Print a line of the result at once."""
    typer.echo(line)
    sys.stdout.flush()


if __name__ == "__main__":
    app()
