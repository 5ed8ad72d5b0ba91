"""What a person or the next program reads: results on stdout, messages on stderr."""

from __future__ import annotations

import io
import os
import sys

import typer

from filter.errors import CallerError
from filter.render import without_control_characters


def tolerate_odd_characters() -> None:
    """Write what a stream's encoding lacks as escapes: page text and file names hold anything."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(result: str) -> None:
    """Write a result on a line of its own, and end quietly if nobody reads any more.

    Raises
    ------
    typer.Exit
        If the reader closed the pipe.
    CallerError
        If it can't be written for another reason.
    """
    if sys.stdout is None:
        raise CallerError("standard output is closed: give the result a place")
    try:
        sys.stdout.write(result + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_what_is_buffered()
        raise typer.Exit from None
    except OSError as error:
        raise unwritable(error) from error


def unwritable(error: OSError) -> CallerError:
    """Give up standard output, and return what there is to say about it."""
    _forget_what_is_buffered()
    return CallerError(
        f"standard output can't be written ({error.strerror}): make room or choose another place"
    )


def _forget_what_is_buffered() -> None:
    """Keep it from raising a second time when Python shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report(message: str, *, about: str = "") -> None:
    """Tell people something in one line on stderr.

    Parameters
    ----------
    message : str
        What happened and what to do.
    about : str
        The page that it is about.
    """
    parts = ("newsfilter", about, message) if about else ("newsfilter", message)
    line = " ".join(": ".join(parts).split())
    if sys.stderr is not None:  # closed by those who want to hear nothing
        sys.stderr.write(without_control_characters(line) + "\n")
