"""A folder of text files that mirrors the sources, with an index of records."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from filter.batch.record import Packed
from filter.batch.writers.lines import LinesWriter

INDEX = "records.jsonl"
"""One record a page, without its text; the field ``file`` says where that is."""


def remove_texts(folder: Path) -> None:
    """Remove the texts that a folder's index names: no other file, and none outside the folder."""
    try:
        lines = (folder / INDEX).read_bytes().splitlines()
    except FileNotFoundError:
        return
    inside = os.path.join(os.path.realpath(folder), "")
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, KeyError, OSError):  # a line torn off, a file gone
            place = os.path.realpath(folder / json.loads(line)["file"])
            if place.startswith(inside):
                os.unlink(place)


class FolderWriter:
    """Writes each text to a file of its own.

    Parameters
    ----------
    path : Path
        The folder.
    offset : int
        Length of the index as last committed. Texts after it are written anew.
    """

    def __init__(self, path: Path, offset: int = 0) -> None:
        self._path = path
        self._index = LinesWriter(path / INDEX, offset)

    def write(self, packed: Packed) -> None:
        """Write the texts of a chunk, then their records."""
        for mirror, text in packed.texts:
            path = self._path / mirror
            try:
                path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        self._index.write(packed)

    def commit(self) -> int:
        """Make the texts and the index durable, and return the length of the index."""
        if hasattr(os, "sync"):
            os.sync()  # one call for all the files of a chunk, rather than one each
        return self._index.commit()

    def finish(self) -> int:
        """Return the length of the index: the folder is in its final form all the time."""
        return self._index.finish()

    def tidy(self) -> None:
        """Do nothing: there is nothing but the output."""

    def close(self) -> None:
        """Close the index."""
        self._index.close()
