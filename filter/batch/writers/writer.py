"""What all writers have in common."""

from __future__ import annotations

from typing import Protocol

from filter.batch.record import Packed


class Writer(Protocol):
    """Takes packed records in order and keeps them.

    Every method raises ``OSError`` when the storage refuses.
    """

    def write(self, packed: Packed) -> None:
        """Append the records of a chunk."""

    def commit(self) -> int:
        """Make everything written so far durable, and return its length in bytes."""

    def finish(self) -> int:
        """Bring the output into its final form, all records being written, and return its length in bytes.

        It may be called again when it was interrupted. Of a folder, the length is that of its index.
        """

    def tidy(self) -> None:
        """Remove what only an unfinished output needs."""

    def close(self) -> None:
        """Let go of the output, finished or not."""
