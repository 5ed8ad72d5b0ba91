"""Parquet: collected as JSON Lines, which can be continued, and converted when complete."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import islice
from pathlib import Path

from filter.batch.compression import Compression, decompressed
from filter.batch.extras import needed
from filter.batch.record import Packed
from filter.batch.writers.lines import LinesWriter

ROWS_A_GROUP = 1_000


class ParquetWriter:
    """Writes a Parquet file.

    A Parquet file has its directory at the end, so one that was broken off
    can't be read, let alone continued. The records are collected beside it
    and converted at the end: fields that hold text, numbers or truth values
    throughout become such columns, all others columns of JSON: numbers, too,
    if no one type holds all of them exactly.

    Parameters
    ----------
    path : Path
        The file.
    offset : int
        Length of the collected records as last committed.
    """

    def __init__(self, path: Path, offset: int = 0) -> None:
        needed("pyarrow")
        self._path = path
        self._collected = path.with_name(f"{path.name}.partial.jsonl.zst")
        self._lines = LinesWriter(self._collected, offset)

    def write(self, packed: Packed) -> None:
        """Collect the records of a chunk."""
        self._lines.write(packed)

    def commit(self) -> int:
        """Make what was collected durable, and return its length in bytes."""
        return self._lines.commit()

    def finish(self) -> int:
        """Convert what was collected, and return the length of the table in bytes."""
        arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
        columns = _columns(self._rows())
        names = _valid_names(columns)
        types = {
            Column.TEXT: arrow.string(),
            Column.JSON: arrow.string(),
            Column.INTEGER: arrow.int64(),
            Column.LARGE_INTEGER: arrow.int64(),
            Column.NUMBER: arrow.float64(),
            Column.TRUTH: arrow.bool_(),
        }
        schema = arrow.schema([(names[name], types[column]) for name, column in columns.items()])
        unfinished = self._path.with_name(f"{self._path.name}.unfinished")
        with parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for rows in _grouped(self._rows(), ROWS_A_GROUP):
                converted = [
                    {names[name]: _converted(value, columns[name]) for name, value in row.items()}
                    for row in rows
                ]
                writer.write_table(arrow.Table.from_pylist(converted, schema))
        with open(unfinished, "rb") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, self._path)
        return self._path.stat().st_size

    def close(self) -> None:
        """Close what was collected; it is removed once it is converted."""
        self._lines.close()

    def tidy(self) -> None:
        """Remove what was collected."""
        self._collected.unlink(missing_ok=True)

    def _rows(self) -> Iterator[dict[str, object]]:
        with decompressed(open(self._collected, "rb"), Compression.ZSTANDARD) as lines:
            for line in lines:
                yield json.loads(line)


class Column(Enum):
    """What a column holds."""

    TEXT = auto()
    INTEGER = auto()
    """Integers that are floating-point numbers, too."""
    LARGE_INTEGER = auto()
    """Integers of 64 bits, at least one of which no floating-point number equals."""
    NUMBER = auto()
    TRUTH = auto()
    JSON = auto()


WIDER = {
    frozenset((Column.INTEGER, Column.LARGE_INTEGER)): Column.LARGE_INTEGER,
    frozenset((Column.INTEGER, Column.NUMBER)): Column.NUMBER,
}
"""What holds the values of two columns; where nothing is named, JSON does."""


def _columns(rows: Iterable[dict[str, object]]) -> dict[str, Column]:
    """Return what each column holds, from the values of all rows, in order of appearance."""
    columns: dict[str, Column | None] = {}
    for row in rows:
        for name, value in row.items():
            known, found = columns.get(name), _column_for(value)
            columns[name] = found if known is None else known if found is None else _common(known, found)
    return {name: column or Column.TEXT for name, column in columns.items()}


def _column_for(value: object) -> Column | None:
    match value:
        case None:
            return None
        case str():
            return Column.TEXT
        case bool():
            return Column.TRUTH
        case int() if -(1 << 63) <= value < 1 << 63:
            return Column.INTEGER if float(value) == value else Column.LARGE_INTEGER
        case float():
            return Column.NUMBER
    return Column.JSON


def _common(one: Column, other: Column) -> Column:
    if one is other:
        return one
    return WIDER.get(frozenset((one, other)), Column.JSON)


def _valid_names(names: Iterable[str]) -> dict[str, str]:
    """Return what each column is called in the file: no two the same."""
    called: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names, key=lambda name: name != _valid(name)):  # first those that stay as they are
        valid = _valid(name)
        while valid in taken:
            valid = f"input_{valid}"
        taken.add(valid)
        called[name] = valid
    return called


def _valid(text: str) -> str:
    r"""Return text as Arrow holds it, which has no surrogates: they become ``\uNNNN``."""
    return text.encode("utf-8", "backslashreplace").decode()


def _converted(value: object, column: Column) -> object:
    if value is None:
        return None
    match column:
        case Column.JSON:
            return json.dumps(value)
        case Column.TEXT if isinstance(value, str):
            return _valid(value)
        case Column.NUMBER if isinstance(value, int):
            return float(value)  # Arrow refuses integers over 53 bits, exact or not
    return value


def _grouped(rows: Iterable[dict[str, object]], size: int) -> Iterator[list[dict[str, object]]]:
    remaining = iter(rows)
    while group := list(islice(remaining, size)):
        yield group
