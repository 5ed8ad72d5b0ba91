"""Where a batch writes: what the caller's OUT stands for, and what lies beside it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filter.batch.compression import Compression
from filter.batch.journal import Journal
from filter.batch.storage import full_name, is_remote
from filter.batch.writers import FolderWriter, LinesWriter, ParquetWriter, RemoteWriter, StreamWriter, Writer
from filter.errors import CallerError

STANDARD_OUTPUT = "-"


class Form(StrEnum):
    """In which form an output keeps its records."""

    LINES = "lines"
    PARQUET = "parquet"
    FOLDER = "folder"
    STREAM = "stream"


SUFFIXES = {".jsonl": Form.LINES, ".ndjson": Form.LINES, ".parquet": Form.PARQUET}


@dataclass(frozen=True, slots=True)
class Output:
    """An output, not yet opened.

    Attributes
    ----------
    name : str
        What the caller calls it.
    form : Form
        How it keeps its records.
    path : Path
        Where it is written on this machine.
    """

    name: str
    form: Form
    path: Path

    @property
    def compression(self) -> Compression:
        """How the records' lines are compressed on their way to the writer."""
        if self.form is Form.PARQUET:
            return Compression.ZSTANDARD
        return Compression.of(self.name) if self.form is Form.LINES else Compression.NONE

    @property
    def journal_path(self) -> Path:
        """Where the journal lies: beside the output."""
        return self.path.with_name(f"{self.path.name}.journal")

    def holds(self, location: str) -> bool:
        """Return whether a file is part of this output, so that it isn't taken for a source."""
        if self.form is Form.STREAM:
            return False
        path, here = full_name(location), full_name(self.name.rstrip("/"))
        return path == here or path.startswith((f"{here}/", f"{here}.partial."))

    def begin(self, job: Mapping[str, str], *, overwrite: bool) -> Journal:
        """Open the journal: of a new output, or of one to continue.

        Raises
        ------
        CallerError
            If there is an output that no journal goes with, or a journal of another job.
        """
        if overwrite:
            self.journal_path.unlink(missing_ok=True)
        elif not self.journal_path.exists() and self._is_taken():
            raise CallerError(
                f"{self.name} exists already: choose another output, or replace it with --overwrite"
            )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return Journal(self.journal_path, job)

    def writer(self, offset: int) -> Writer:
        """Open the output, as long as it was when last committed."""
        match self.form:
            case Form.STREAM:
                return StreamWriter(sys.stdout.buffer)
            case Form.FOLDER:
                local: Writer = FolderWriter(self.path, offset)
            case Form.PARQUET:
                local = ParquetWriter(self.path, offset)
            case Form.LINES:
                local = LinesWriter(self.path, offset)
        return RemoteWriter(self.name, local, self.path) if is_remote(self.name) else local

    def _is_taken(self) -> bool:
        if self.form is Form.FOLDER:
            return self.path.is_dir() and any(self.path.iterdir())
        return self.path.exists() and self.path.stat().st_size > 0


def find_output(name: str, spool: Path) -> Output:
    """Return the output that a name stands for.

    Parameters
    ----------
    name : str
        Path, URL, or ``"-"``.
    spool : Path
        Folder in which outputs for other storage are written first.

    Raises
    ------
    CallerError
        If its suffix says nothing.
    """
    if name == STANDARD_OUTPUT:
        return Output(name, Form.STREAM, Path(name))
    base = name.rstrip("/")
    plain = base.lower().removesuffix(Compression.of(base))
    form = next((form for suffix, form in SUFFIXES.items() if plain.endswith(suffix)), None)
    path = Path(base)
    if form is None or path.is_dir():
        if path.suffix and not path.is_dir() and not name.endswith("/"):
            raise CallerError(
                f"{name}: an output ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet, "
                "or is a folder and ends in a slash"
            )
        form = Form.FOLDER
    if is_remote(name):
        path = spool / hashlib.blake2b(base.encode(), digest_size=8).hexdigest() / base.rpartition("/")[2]
    return Output(name, form, path)
