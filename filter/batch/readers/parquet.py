"""Parquet: one page a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from filter.article import Outcome
from filter.batch.entry import Entry, ReadPage, Refused
from filter.batch.extras import needed
from filter.batch.readers.jsonl import page_of
from filter.batch.readers.reading import Reading
from filter.batch.sources import Source
from filter.errors import PageError

ROWS_AT_ONCE = 64


def read_parquet(source: Source, reading: Reading) -> Iterator[Entry]:
    """Yield an entry for each row; columns stand for the fields of JSON Lines."""
    parquet = needed("pyarrow.parquet")
    number = 0
    with reading.open(source) as stream:
        for batch in parquet.ParquetFile(stream).iter_batches(batch_size=ROWS_AT_ONCE):
            for row in _rows(batch):
                number += 1
                yield _entry(source, number, row, reading)


def _rows(batch: Any) -> Iterator[dict[str, object]]:
    """Yield the rows of a batch; cells that Python has no value for stand as text."""
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError):
        for number in range(batch.num_rows):
            yield {name: _readable(batch.column(name)[number]) for name in batch.schema.names}


def _readable(cell: Any) -> object:
    """Return a cell's value, or its text: dates beyond Python's, nanoseconds, strings that are no UTF-8."""
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes().decode(errors="replace")
    except (ValueError, OverflowError):
        return str(cell.cast("string").as_py())


def _entry(source: Source, number: int, row: dict[str, object], reading: Reading) -> Entry:
    name, mirror = f"{source.name}:{number}", f"{source.mirror}/{number:06}.txt"
    try:
        page = page_of(row, reading.fields)
    except PageError as error:
        return Refused(name, mirror, 0, Outcome.UNDECODABLE, str(error))
    return ReadPage(name, mirror, len(page.content), page)
