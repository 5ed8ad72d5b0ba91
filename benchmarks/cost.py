"""What a page costs in a batch, step by step, and what a billion of them would.

::

    python -m benchmarks.cost FOLDER --pages 300
"""

from __future__ import annotations

import gzip
import json
import pickle
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from benchmarks.clock import stay_on_one_core
from benchmarks.pages import read_pages
from benchmarks.table import markdown_table
from filter import Article
from filter.batch.chunks import Chunk, read_chunks
from filter.batch.cleaning import CleanerSettings
from filter.batch.compression import Compression
from filter.batch.entry import Page
from filter.batch.journal import Position
from filter.batch.limits import Limits
from filter.batch.readers import Fields, Reading
from filter.batch.record import Packed, Recorder
from filter.batch.sources import find_sources

BILLION = 1_000_000_000

T = TypeVar("T")


def measure(folder: Path, count: int) -> str:
    """Return a table of milliseconds and bytes a page, and hours and terabytes a billion pages."""
    cleaner = CleanerSettings()()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "in.jsonl.gz"
        pages = read_pages(folder)
        pages = pages[:: max(1, len(pages) // count)][:count]
        with gzip.open(path, "wb") as file:
            file.writelines(json.dumps({"html": page}).encode() + b"\n" for page in pages)
        stored = path.stat().st_size / len(pages)
        source, everything = find_sources([str(path)]), Reading(Fields(), Limits().bytes)
        reading, chunks = timed(lambda: list(read_chunks(source, everything, Position())))
    passing, _ = timed(lambda: [pickle.loads(pickle.dumps(chunk.entries)) for chunk in chunks])
    opening, opened = timed(
        lambda: [[entry.open(Limits().bytes) for entry in chunk.entries] for chunk in chunks]
    )
    list(cleaner.clean_many(opened[0]))  # what is done once is not counted
    cleaning, articles = timed(lambda: [list(cleaner.clean_many(chunk)) for chunk in opened])
    rows = [
        ["read and decompress the input", per_page(reading, pages)],
        ["pass to a worker", per_page(passing, pages)],
        ["parse JSON", per_page(opening, pages)],
        ["clean", per_page(cleaning, pages)],
    ]
    totals = []
    for name, text_only in (("full records", False), ("`--text-only`", True)):
        recorder = Recorder(text_only=text_only, compression=Compression.GZIP)
        recording, packed = timed(partial(record, recorder, chunks, opened, articles))
        rows.append([f"write and compress {name}", per_page(recording, pages)])
        seconds = (reading + passing + opening + cleaning + recording) / len(pages)
        written = sum(len(part.data) for part in packed) / len(pages)
        terabytes = [f"{size * BILLION / 1e12:,.1f}" for size in (stored, written)]
        totals.append([name, f"{seconds * 1e3:.1f}", f"{seconds * BILLION / 3600:,.0f}", *terabytes])
    size = sum(len(page) for page in pages) / len(pages) / 1e3
    return (
        f"{len(pages)} pages of {size:,.0f} thousand characters on average\n\n"
        + markdown_table(["step", "ms a page"], rows)
        + "\n\n"
        + markdown_table(
            ["a billion pages", "ms a page", "core-hours", "TB in (gzip)", "TB out (gzip)"], totals
        )
    )


def record(
    recorder: Recorder, chunks: list[Chunk], opened: list[list[Page]], articles: list[list[Article]]
) -> list[Packed]:
    """Return the packed records of all chunks."""
    return [
        recorder.pack(
            recorder.record(article, entry, page.carried)
            for article, entry, page in zip(cleaned, chunk.entries, pages, strict=True)
        )
        for chunk, pages, cleaned in zip(chunks, opened, articles, strict=True)
    ]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor time that some work takes, and its result."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def per_page(seconds: float, pages: list[str]) -> str:
    """Return milliseconds a page."""
    return f"{seconds / len(pages) * 1e3:.2f}"


def main(
    folder: Annotated[Path, typer.Argument(help="A folder of HTML pages.")],
    pages: Annotated[int, typer.Option(help="Pages to clean.")] = 300,
) -> None:
    """Measure what a page costs in a batch, step by step, on one core."""
    stay_on_one_core()
    typer.echo(measure(folder, pages))


if __name__ == "__main__":
    typer.run(main)
