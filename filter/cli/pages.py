"""Pages that are named on the command line."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from filter.admission import MAXIMUM_BYTES
from filter.article import Outcome
from filter.errors import CallerError, PageError

STANDARD_INPUT = "-"


def check_sources(sources: list[str]) -> list[str]:
    """Refuse sources that are no pages, before any work begins.

    Parameters
    ----------
    sources : list of str
        Paths, or ``-`` for standard input; empty stands for standard input too.

    Returns
    -------
    list of str
        The same, never empty.

    Raises
    ------
    CallerError
        If a file is missing, locked, or a folder, or if nothing can come.
    """
    if not sources and (sys.stdin is None or sys.stdin.isatty()):
        raise CallerError("no page named: give a file, or '-' to read standard input")
    for source in sources:
        if not source:
            raise CallerError("an empty name is no page: give a file, or '-' to read standard input")
        if source != STANDARD_INPUT:
            _check_file(Path(source))
        elif sys.stdin is None:
            raise CallerError("standard input is closed: give a file")
    return sources or [STANDARD_INPUT]


def read_page(source: str) -> bytes:
    """Read a page's bytes, but never many more than a page may have.

    Raises
    ------
    PageError
        If it is too large, or reading it fails: other pages go on.
    """
    try:
        return _read(source)
    except OSError as error:
        reason = error.strerror or error
        raise PageError(
            f"the page can't be read ({reason}): check it, or fetch it again", Outcome.UNDECODABLE
        ) from error


def _read(source: str) -> bytes:
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    path = Path(source)
    size = path.stat().st_size
    if size > MAXIMUM_BYTES:
        raise PageError(
            f"{size:,} bytes, more than the limit of {MAXIMUM_BYTES:,}: leave it out", Outcome.TOO_LARGE
        )
    with path.open("rb") as file:
        return file.read(MAXIMUM_BYTES + 1)


def _check_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CallerError(
            f"{path}: no such file: check the path, or give '-' to read standard input"
        ) from error
    except OSError as error:
        raise CallerError(f"{path}: {error.strerror}: check the path and its permissions") from error
    if stat.S_ISDIR(mode):
        raise CallerError(f"{path} is a folder: give its files, or use 'newsfilter batch {path}'")
    if not os.access(path, os.R_OK):
        raise CallerError(f"{path} may not be read: check its permissions")
