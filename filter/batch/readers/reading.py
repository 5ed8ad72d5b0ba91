"""How to read: what every reader is told, and how far reading has come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from filter.article import Outcome
from filter.batch.compression import Compression, decompressed
from filter.batch.sources import Source
from filter.batch.storage import open_input
from filter.errors import PageError


def check_read(content: bytes, max_bytes: int) -> None:
    """Refuse a page that is larger than the limit, past which nobody has read.

    Raises
    ------
    PageError
        With the outcome ``too_large``.
    """
    if len(content) > max_bytes:
        raise PageError(
            f"the page has more than {max_bytes:,} bytes: skip it, or raise --max-bytes if it is wanted",
            Outcome.TOO_LARGE,
        )


class Pause:
    """Stands between entries where the next one may be long in coming: pass on what is there."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Where an object or a row holds its page.

    Attributes
    ----------
    page : tuple of str
        Names of the field with the page; the first one present that isn't null counts.
    url : str
        Name of the field with the page's address.
    """

    page: tuple[str, ...] = ("html", "text")
    url: str = "url"


class Reading:
    """A pass over the sources.

    Parameters
    ----------
    fields : Fields
        Where objects and rows hold their pages.
    max_bytes : int
        Size of a page, at most.
    """

    def __init__(self, fields: Fields, max_bytes: int) -> None:
        self.fields = fields
        self.max_bytes = max_bytes
        self._bytes_before = 0
        self._stream: BinaryIO | None = None

    @property
    def max_line(self) -> int:
        """Bytes of a line that may still hold a page within the limit, escaped and with other fields."""
        return 4 * self.max_bytes + 1_000_000

    @property
    def max_skip(self) -> int:
        """Bytes to read past one oversized page before the file is given up as a decompression bomb."""
        return max(1_000_000_000, 4 * self.max_line)

    def open(self, source: Source) -> BinaryIO:
        """Open a source, decompressing what its suffix says is compressed (WARC aside: its reader does)."""
        self._stream = open_input(source.location)
        if source.location.lower().endswith((".warc.gz", ".parquet")):
            return self._stream
        return decompressed(self._stream, Compression.of(source.location))

    def finished(self, source: Source) -> None:
        """Count a source as read to its end."""
        self._bytes_before += source.size
        self._stream = None

    @property
    def bytes_read(self) -> int:
        """Bytes of the sources, as they lie in storage, that reading has passed."""
        here = 0
        if self._stream is not None:
            with suppress(OSError, ValueError):  # closed by now, or a pipe
                here = self._stream.tell()
        return self._bytes_before + here
