"""Parquet: one page a row."""

from __future__ import annotations

from collections.abc import Iterator

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
            for row in batch.to_pylist():
                number += 1
                yield _entry(source, number, row, reading)


def _entry(source: Source, number: int, row: dict[str, object], reading: Reading) -> Entry:
    name, mirror = f"{source.name}:{number}", f"{source.mirror}/{number:06}.txt"
    try:
        page = page_of(row, reading.fields)
    except PageError as error:
        return Refused(name, mirror, 0, Outcome.UNDECODABLE, str(error))
    return ReadPage(name, mirror, len(page.content), page)
