"""Compressed streams: by suffix, in pieces that can be appended to one another."""

from __future__ import annotations

import gzip
import io
import zlib
from enum import StrEnum
from typing import Any, BinaryIO, cast

from filter.batch.extras import needed


class Compression(StrEnum):
    """How a file is compressed."""

    NONE = ""
    GZIP = ".gz"
    ZSTANDARD = ".zst"

    @classmethod
    def of(cls, name: str) -> Compression:
        """Return the compression that a file's name tells."""
        return next((each for each in (cls.GZIP, cls.ZSTANDARD) if name.lower().endswith(each)), cls.NONE)


def compress(data: bytes, compression: Compression) -> bytes:
    """Return `data` as a complete member (gzip) or frame (Zstandard).

    Members and frames may follow one another in a file, so an output that
    was cut after one of them can be continued. The bytes depend on nothing
    but `data`: no time stamps.
    """
    if not data:
        return b""
    if compression is Compression.GZIP:
        return gzip.compress(data, compresslevel=6, mtime=0)
    if compression is Compression.ZSTANDARD:
        return needed("zstandard").ZstdCompressor(level=3).compress(data)  # type: ignore[no-any-return]
    return data


def decompressed(stream: BinaryIO, compression: Compression) -> BinaryIO:
    """Return a stream of what `stream` holds; closing it closes `stream`.

    A stream that ends in the middle of a member or frame raises ``EOFError``
    when reading arrives there.
    """
    if compression is Compression.GZIP:
        return cast(BinaryIO, _GzipStream(stream))
    if compression is Compression.ZSTANDARD:
        return io.BufferedReader(_ZstandardStream(stream), buffer_size=1 << 18)
    return stream


def check_installed(compression: Compression) -> None:
    """See to it that what is so compressed can be read.

    Raises
    ------
    CallerError
        If the library for it is not installed.
    """
    if compression is Compression.ZSTANDARD:
        needed("zstandard")


def read_errors(compression: Compression) -> tuple[type[Exception], ...]:
    """Return what reading a file so compressed raises: it can't be read at all, is damaged, or cut off."""
    errors: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error)
    if compression is Compression.ZSTANDARD:
        return (*errors, needed("zstandard").ZstdError)
    return errors


class _GzipStream(gzip.GzipFile):
    """A gzip file that closes the stream it reads from."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._inner = stream

    def close(self) -> None:
        super().close()
        self._inner.close()


class _ZstandardStream(io.RawIOBase):
    """Frames one after the other.

    zstandard's own reader ends in silence where a frame is cut off, which
    would lose pages without a word.
    """

    PIECE = 1 << 10
    """Compressed bytes taken at once: a block of 128 kB can hide in four bytes, so this
    bounds what one step may hold at 32 MB."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._library = needed("zstandard")
        self._frame: Any = None
        self._compressed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            self._compressed = self._compressed or self._stream.read(self.PIECE)
            if not self._compressed:
                if self._frame is not None:
                    raise EOFError("compressed file ended before the end of a frame")
                return 0
            if self._frame is None:
                self._frame = self._library.ZstdDecompressor().decompressobj()
            self._ready = memoryview(self._frame.decompress(self._compressed))
            self._compressed = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        taken = min(len(buffer), len(self._ready))
        buffer[:taken] = self._ready[:taken]
        self._ready = self._ready[taken:]
        return taken

    def close(self) -> None:
        self._stream.close()
        super().close()
