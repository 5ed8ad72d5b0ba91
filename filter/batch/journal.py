"""The journal beside an output: how far it is complete, so that a run can be continued.

The first line says which job it is; each further line says that everything up
to an entry is in the output, up to a byte. A line counts once its line break
is written. What stands in the output after the last counted line is cut off
and done again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from filter.batch.tally import Tally
from filter.errors import CallerError

if sys.platform != "win32":
    import fcntl

VERSION = 2


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two entries of the sources.

    Attributes
    ----------
    source : int
        Index of the source.
    entry : int
        How many of its entries come before this place.
    """

    source: int = 0
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an output is complete.

    Attributes
    ----------
    position : Position
        All entries before it are in the output.
    offset : int
        Bytes of the output up to there; once it is complete, of its final form.
    tally : Tally
        What became of these entries.
    finished : bool
        Whether the output is complete.
    """

    position: Position = Position()
    offset: int = 0
    tally: Tally = field(default_factory=Tally)
    finished: bool = False

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "source": self.position.source,
            "entry": self.position.entry,
            "offset": self.offset,
            "tally": self.tally.as_json(),
            "finished": self.finished,
        }


class Journal:
    """The journal of one output, open and locked.

    Parameters
    ----------
    path : Path
        Where it lies; it is made if it is not there.
    job : Mapping[str, str]
        What the output depends on: names and digests. A journal of another
        job is refused.
    anew : bool
        Whether to empty it, once it is locked, rather than to go on with it.

    Raises
    ------
    CallerError
        If another run holds the journal, or it belongs to another job, or it
        can't be written.
    """

    def __init__(self, path: Path, job: Mapping[str, str], *, anew: bool = False) -> None:
        self._path = path
        try:
            self._file = open(path, "a+b")  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise CallerError(f"{path} can't be written ({error.strerror}): choose another output") from error
        try:
            self._lock()
            if anew:
                self._file.truncate(0)
            self.progress = self._read(job)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def advance(self, progress: Progress) -> None:
        """Note durably that the output is complete up to `progress`."""
        self.progress = progress
        self._append(progress.as_json())

    def discard(self) -> None:
        """Remove the file: what was written under its lock can't be continued."""
        self._path.unlink(missing_ok=True)

    def _append(self, values: Mapping[str, object]) -> None:
        self._file.write(json.dumps(values, separators=(",", ":")).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _lock(self) -> None:
        if sys.platform == "win32":
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CallerError(
                f"another run is writing this output ({self._path} is locked): wait for it"
            ) from error
        except OSError:
            pass  # shared storage without locks: the caller sees to it that there is one run

    def _read(self, job: Mapping[str, str]) -> Progress:
        self._file.seek(0)
        complete, _, _torn = self._file.read().rpartition(b"\n")
        header, *lines = complete.split(b"\n")
        if not header:
            self._file.truncate(0)
            self._append({"journal": VERSION, "job": dict(job)})
            return Progress()
        try:
            begun_as = _job(json.loads(header))
            progress = _progress(json.loads(lines[-1])) if lines else Progress()
        except (ValueError, KeyError, TypeError) as error:
            raise CallerError(
                f"{self._path} is not a journal that this version wrote: start anew with --overwrite"
            ) from error
        if changed := [name for name in job if begun_as.get(name) != job[name]]:
            raise CallerError(
                f"the output was not begun with the same {' and '.join(changed)}: "
                "give what it was begun with to continue, or start anew with --overwrite"
            )
        self._file.truncate(len(complete) + 1)
        return progress


def _job(header: Mapping[str, object]) -> Mapping[str, object]:
    job = header["job"]
    if header["journal"] != VERSION or not isinstance(job, dict):
        raise ValueError(header)
    return job


def _progress(values: Mapping[str, object]) -> Progress:
    source, entry, offset, tally = (values[name] for name in ("source", "entry", "offset", "tally"))
    if not (isinstance(source, int) and isinstance(entry, int) and isinstance(offset, int)):
        raise ValueError(values)
    if not isinstance(tally, dict):
        raise ValueError(values)
    return Progress(Position(source, entry), offset, Tally.from_json(tally), bool(values["finished"]))
