"""Readers: a source file in, its entries out, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from filter.article import Outcome
from filter.batch.compression import Compression, read_errors
from filter.batch.entry import Entry, Refused
from filter.batch.extras import needed
from filter.batch.readers.jsonl import read_json_lines, read_standard_input
from filter.batch.readers.pages import read_page_file
from filter.batch.readers.parquet import read_parquet
from filter.batch.readers.reading import Fields, Pause, Reading
from filter.batch.readers.warc import read_warc
from filter.batch.sources import Format, Source

READERS: dict[Format, Callable[[Source, Reading], Iterator[Entry | Pause]]] = {
    Format.PAGE: read_page_file,
    Format.JSON_LINES: read_json_lines,
    Format.PARQUET: read_parquet,
    Format.WARC: read_warc,
    Format.STANDARD_INPUT: read_standard_input,
}


def read_entries(source: Source, reading: Reading) -> Iterator[Entry | Pause]:
    """Yield every entry of a source; where the file breaks off, one last entry says so.

    Raises
    ------
    CallerError
        If the format needs a library that is not installed.
    """
    count = 0
    try:
        for entry in READERS[source.format](source, reading):
            count += isinstance(entry, Entry)
            yield entry
    except _read_errors(source) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        yield Refused(
            source=f"{source.name}:{count + 1}" if source.format is not Format.PAGE else source.name,
            mirror=f"{source.mirror}/{count + 1:06}.txt",
            size=0,
            outcome=Outcome.UNDECODABLE,
            message=f"the file can't be read on from here ({reason}); "
            f"the {count:,} entries before it are done: mend or fetch it again for the rest",
        )
    reading.finished(source)


def _read_errors(source: Source) -> tuple[type[Exception], ...]:
    """Return what reading this source raises when the file is at fault."""
    errors = (*read_errors(Compression.of(source.location)), UnicodeError)
    if source.format is Format.PARQUET:
        return (*errors, needed("pyarrow").ArrowException)
    return errors


__all__ = ["Fields", "Pause", "Reading", "read_entries"]
