"""Outputs that fsspec reaches: written here first, uploaded when complete."""

from __future__ import annotations

import shutil
from pathlib import Path

from filter.batch.record import Packed
from filter.batch.storage import file_system
from filter.batch.writers.writer import Writer


class RemoteWriter:
    """Uploads a local output when it is finished: object stores can't append.

    Parameters
    ----------
    url : str
        Where the output goes.
    local : Writer
        Writes it here.
    path : Path
        Where `local` leaves it: a file or a folder.
    """

    def __init__(self, url: str, local: Writer, path: Path) -> None:
        self._system, self._target = file_system(url)
        self._local = local
        self._path = path

    def write(self, packed: Packed) -> None:
        """Write the records of a chunk here."""
        self._local.write(packed)

    def commit(self) -> int:
        """Make everything durable here, and return its length in bytes."""
        return self._local.commit()

    def finish(self) -> int:
        """Bring the local output into its final form, upload it, and return its length in bytes."""
        length = self._local.finish()
        parent = self._target.rpartition("/")[0]
        if parent:
            self._system.makedirs(parent, exist_ok=True)
        if self._path.is_dir():
            self._system.put(f"{self._path}/", f"{self._target}/", recursive=True)
        else:
            self._system.put_file(str(self._path), self._target)
        return length

    def tidy(self) -> None:
        """Remove the local output: it is where it belongs."""
        self._local.tidy()
        shutil.rmtree(self._path) if self._path.is_dir() else self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the local output."""
        self._local.close()
