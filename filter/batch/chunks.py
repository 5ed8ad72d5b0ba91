"""Entries → chunks: what goes to a worker in one piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filter.batch.entry import Entry
from filter.batch.journal import Position
from filter.batch.readers import Reading, read_entries
from filter.batch.sources import Source

MAX_PAGES = 64
"""Pages of a chunk, at most: enough to be cleaned as arrays, few enough to be tried one by one."""

MAX_BYTES = 8_000_000
"""A chunk is closed when its entries hold so much, so that it is done well within a page's time."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring entries.

    Attributes
    ----------
    entries : tuple of Entry
        One or more.
    end : Position
        The place after the last of them.
    bytes_read : int
        Bytes of the sources that reading had passed when the chunk was closed.
    """

    entries: tuple[Entry, ...]
    end: Position
    bytes_read: int


def read_chunks(sources: Sequence[Source], reading: Reading, start: Position) -> Iterator[Chunk]:
    """Yield the chunks after a position.

    Where a chunk ends depends only on where it starts, so a run that is
    continued makes the same chunks as one that was never interrupted
    (standard input aside, which can't be continued).
    """
    for source in sources[: start.source]:
        reading.finished(source)
    entries: list[Entry] = []
    size = 0
    end = start
    for index in range(start.source, len(sources)):
        number = 0
        for item in read_entries(sources[index], reading):
            if isinstance(item, Entry):
                number += 1
                if Position(index, number) <= start:
                    continue
                entries.append(item)
                size += item.size
                end = Position(index, number)
                if len(entries) < MAX_PAGES and size < MAX_BYTES:
                    continue
            if entries:
                yield Chunk(tuple(entries), end, reading.bytes_read)
                entries, size = [], 0
    if entries:
        yield Chunk(tuple(entries), end, reading.bytes_read)
