"""Pages that are named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from filter.admission import MAXIMUM_BYTES
from filter.article import Article, Outcome, Verdict
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
        If a file is missing, a folder, or named when nothing can come.
    """
    if not sources and sys.stdin.isatty():
        raise CallerError("no page named: give a file, or '-' to read standard input")
    for source in sources:
        if source != STANDARD_INPUT:
            _check_file(Path(source))
    return sources or [STANDARD_INPUT]


def read_page(source: str) -> bytes:
    """Read a page's bytes, but never many more than a page may have.

    Raises
    ------
    CallerError
        If the file can't be read.
    PageError
        With the outcome ``too_large``.
    """
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    path = Path(source)
    try:
        size = path.stat().st_size
        if size > MAXIMUM_BYTES:
            raise PageError(
                f"{size:,} bytes, more than the limit of {MAXIMUM_BYTES:,}: leave it out",
                Outcome.TOO_LARGE,
            )
        with path.open("rb") as file:
            return file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise CallerError(f"{source}: {error.strerror}: check the path and its permissions") from error


def failed(error: PageError) -> Article:
    """Return the article that stands for a page which can't be read."""
    return Article(title=None, text="", verdict=Verdict.DROP, outcome=error.outcome, message=str(error))


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise CallerError(f"{path} is a folder: give its files, or use 'newsfilter batch {path}'")
    if not path.exists():
        raise CallerError(f"{path}: no such file: check the path, or give '-' to read standard input")
