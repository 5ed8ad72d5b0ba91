"""Where a batch writes: what the caller's OUT stands for, and what lies beside it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filter.batch.compression import Compression
from filter.batch.journal import Journal
from filter.batch.storage import is_remote, size_of
from filter.batch.writers import FolderWriter, LinesWriter, ParquetWriter, RemoteWriter, StreamWriter, Writer
from filter.batch.writers.folder import INDEX, remove_texts
from filter.errors import CallerError

STANDARD_OUTPUT = "-"


class Form(StrEnum):
    """In which form an output keeps its records."""

    LINES = "lines"
    PARQUET = "parquet"
    FOLDER = "folder"
    STREAM = "stream"


COLLECTED = (".partial.jsonl.zst", ".unfinished")
"""What a table's name gets behind it while it is being written."""

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

    @property
    def companions(self) -> tuple[Path, ...]:
        """What may lie beside the output: its journal, and what a table is made of."""
        collected = (self.path.with_name(f"{self.path.name}{suffix}") for suffix in COLLECTED)
        return self.journal_path, *collected

    def begin(self, job: Mapping[str, str], *, overwrite: bool, resumable: bool = True) -> Journal:
        """Open the journal: of a new output, or of one to continue.

        Parameters
        ----------
        job : Mapping[str, str]
            See :class:`~filter.batch.journal.Journal`.
        overwrite : bool
            Whether to begin anew where there is an output.
        resumable : bool
            Whether the job can be continued: what comes from standard input can't.

        Raises
        ------
        CallerError
            If there is an output that no journal goes with, or a journal of another job, or another
            run is writing.
        """
        continues = resumable and self.journal_path.exists()
        if not overwrite and not continues and self._is_taken():
            raise CallerError(
                f"{self.name} exists already: choose another output, or replace it with --overwrite"
            )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        journal = Journal(self.journal_path, job, anew=overwrite or not resumable)
        if overwrite and self.form is Form.FOLDER:
            remove_texts(self.path)
        return journal

    def check_as_left(self, length: int) -> None:
        """Refuse an output that has changed since it was complete.

        Parameters
        ----------
        length : int
            What it was in bytes; of a folder, its index.

        Raises
        ------
        CallerError
            If it is gone, or longer or shorter.
        """
        name = self.name.rstrip("/")
        size = size_of(f"{name}/{INDEX}" if self.form is Form.FOLDER else name)
        if size != length:
            raise CallerError(
                f"{self.name} was complete but {changed(size, length)}: "
                "put it back as it was, or start anew with --overwrite"
            )

    def writer(self, offset: int) -> Writer:
        """Open the output, as long as it was when last committed."""
        match self.form:
            case Form.STREAM:
                if sys.stdout is None:
                    raise CallerError("standard output is closed: name an output with -o")
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


def changed(size: int | None, length: int) -> str:
    """Return in words how a file differs from the length that it had when it was complete."""
    return "is gone" if size is None else f"has {size:,} bytes now, not {length:,}"


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
        If its suffix says nothing, or there can't be an output of that name.
    """
    if name == STANDARD_OUTPUT:
        return Output(name, Form.STREAM, Path(name))
    base = name.rstrip("/")
    plain = base.lower().removesuffix(Compression.of(base))
    form = next((form for suffix, form in SUFFIXES.items() if plain.endswith(suffix)), None)
    path = Path(base)
    if path.name in ("", ".."):  # what lies beside a folder needs the folder's name
        path = path.resolve()
    if not base or not path.name:
        raise CallerError(f"{name!r} leaves no room for a journal beside it: choose another output")
    is_folder, is_file = os.path.isdir(base), os.path.isfile(base)  # Path's raise where a name is too long
    if os.path.exists(base) and not is_folder and not is_file:
        raise CallerError(f"{name} is no regular file: choose another output, or - for standard output")
    if form is None or is_folder:
        if is_file or (path.suffix and not is_folder and not name.endswith("/")):
            raise CallerError(
                f"{name}: an output ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet, "
                "or is a folder and ends in a slash"
            )
        form = Form.FOLDER
    if is_remote(name):
        path = spool / hashlib.blake2b(base.encode(), digest_size=8).hexdigest() / base.rpartition("/")[2]
    return Output(name, form, path)
