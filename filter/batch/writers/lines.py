"""JSON Lines: appended to a file, or passed on through a pipe."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from filter.batch.record import Packed
from filter.errors import CallerError


class LinesWriter:
    """Appends records to a file.

    Parameters
    ----------
    path : Path
        The file; folders above it are made.
    offset : int
        Its length as last committed; what follows is cut off.

    Raises
    ------
    CallerError
        If the file is shorter than that.
    """

    def __init__(self, path: Path, offset: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "ab")  # noqa: SIM115 - closed by close()
        if self._file.tell() < offset:
            self._file.close()
            raise CallerError(f"{path} is shorter than its journal says: start anew with --overwrite")
        self._file.truncate(offset)

    def write(self, packed: Packed) -> None:
        """Append the records of a chunk."""
        self._file.write(packed.data)

    def commit(self) -> int:
        """Make everything written so far durable, and return its length in bytes."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def finish(self) -> int:
        """Return the length in bytes: the file is in its final form all the time."""
        return self._file.tell()

    def tidy(self) -> None:
        """Do nothing: there is nothing but the output."""

    def close(self) -> None:
        """Close the file; what was not committed may or may not be in it."""
        # Not through the buffer: on a full disk, flushing it once more fails once more.
        self._file.raw.close()


class StreamWriter:
    """Passes records on, each chunk at once, to whoever reads the other end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._written = 0

    def write(self, packed: Packed) -> None:
        """Pass on the records of a chunk."""
        self._stream.write(packed.data)
        self._stream.flush()
        self._written += len(packed.data)

    def commit(self) -> int:
        """Return the bytes passed on."""
        return self._written

    def finish(self) -> int:
        """Return the bytes passed on: that was everything."""
        return self._written

    def tidy(self) -> None:
        """Do nothing: there is nothing but the output."""

    def close(self) -> None:
        """Do nothing: the stream is the caller's."""
