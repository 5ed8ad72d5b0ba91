"""JSON Lines: one page a line, in files and on standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from filter.admission import check_size
from filter.article import Outcome
from filter.batch.entry import Entry, Page, Refused
from filter.batch.readers.reading import Fields, Pause, Reading
from filter.batch.sources import Source
from filter.errors import CallerError, PageError

try:
    import orjson
except ImportError:  # the extra "batch" is not installed: the standard library does the same, slower
    orjson = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class JsonLine(Entry):
    """A line of JSON that holds a page; the worker parses it."""

    line: bytes
    fields: Fields

    def open(self, max_bytes: int) -> Page:
        """Parse the line and return the page in it."""
        page = page_of(parse_object(self.line), self.fields)
        check_size(page.content, max_bytes)
        return page

    def carried(self) -> Mapping[str, object]:
        """Return the line's other fields, if it can be parsed."""
        try:
            return page_of(parse_object(self.line), self.fields).carried
        except PageError:
            return {}


def read_json_lines(source: Source, reading: Reading) -> Iterator[Entry]:
    """Yield an entry for each line that isn't blank."""
    number = 0
    with reading.open(source) as stream:
        while line := stream.readline(reading.max_line):
            number += 1
            if len(line) == reading.max_line and not line.endswith(b"\n"):
                _skip_line(stream, reading)
                yield _oversized(source, number, reading)
            elif not line.isspace():
                yield _entry(source, number, line, reading)


def read_standard_input(source: Source, reading: Reading) -> Iterator[Entry | Pause]:
    """Yield an entry for each line as it comes in, and a pause where no more is at hand.

    Raises
    ------
    CallerError
        If standard input is closed.
    """
    if sys.stdin is None:
        raise CallerError("standard input is closed: name files")
    number = 0
    oversized = False
    pieces: list[bytes] = []
    held = 0
    while block := os.read(sys.stdin.fileno(), 1 << 20):
        *ends, rest = block.split(b"\n")
        for end in ends:
            number += 1
            line = b"".join((*pieces, end))
            pieces, held = [], 0
            if oversized or len(line) > reading.max_line:
                oversized = False
                yield _oversized(source, number, reading)
            elif line and not line.isspace():
                yield _entry(source, number, line, reading)
        if rest and not oversized:
            pieces.append(rest)
            held += len(rest)
            if held > reading.max_line:
                pieces, held, oversized = [], 0, True
        if ends:
            yield Pause()
    if oversized:
        yield _oversized(source, number + 1, reading)
    elif pieces:
        yield _entry(source, number + 1, b"".join(pieces), reading)


def parse_object(line: bytes) -> Mapping[str, object]:
    """Return the JSON object that a line holds.

    Raises
    ------
    PageError
        If it holds none.
    """
    try:
        values = _parse(line)
    except (ValueError, RecursionError) as error:
        raise PageError(f"the line is not JSON ({error}): write it anew", Outcome.UNDECODABLE) from error
    if not isinstance(values, dict):
        raise PageError(
            'the line is JSON but not an object: wrap the page as {"html": …}', Outcome.UNDECODABLE
        )
    return values


def page_of(values: Mapping[str, object], fields: Fields) -> Page:
    """Return the page in an object's fields, with the other fields as carried.

    Raises
    ------
    PageError
        If no field holds a page.
    """
    present = [name for name in fields.page if name in values]
    name = next((name for name in present if values[name] is not None), next(iter(present), None))
    if name is None:
        wanted = " or ".join(repr(name) for name in fields.page)
        raise PageError(f"there is no field {wanted}: name the page's with --page-field", Outcome.UNDECODABLE)
    content = values[name]
    if content is None:
        content = ""
    if not isinstance(content, str | bytes):
        raise PageError(
            f"the field {name!r} holds no text: name the page's with --page-field", Outcome.UNDECODABLE
        )
    url = values.get(fields.url)
    return Page(
        content=content,
        content_type="text/html" if name == "html" else None,
        url=url if isinstance(url, str) else None,
        carried={key: value for key, value in values.items() if key != name},
    )


def _parse(line: bytes) -> object:
    if orjson is not None:
        try:
            return orjson.loads(line)
        except ValueError:  # it refuses NaN and lone surrogates, which crawls do hold
            pass
    return json.loads(line)


def _entry(source: Source, number: int, line: bytes, reading: Reading) -> Entry:
    return JsonLine(f"{source.name}:{number}", _mirror(source, number), len(line), line, reading.fields)


def _skip_line(stream: BinaryIO, reading: Reading) -> None:
    """Read to the end of an oversized line without holding it.

    Raises
    ------
    EOFError
        If the line does not end within ``reading.max_skip``.
    """
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            return
        if skipped > reading.max_skip:
            raise EOFError(f"a line of more than {reading.max_skip:,} bytes, as in a decompression bomb")


def _oversized(source: Source, number: int, reading: Reading) -> Entry:
    message = f"the line is longer than {reading.max_line:,} bytes: raise --max-bytes if it is wanted"
    return Refused(f"{source.name}:{number}", _mirror(source, number), 0, Outcome.TOO_LARGE, message)


def _mirror(source: Source, number: int) -> str:
    return f"{source.mirror}/{number:06}.txt"
