"""What a person or the next program reads: results on stdout, messages on stderr."""

from __future__ import annotations

import io
import os
import sys

import typer

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
    """
    try:
        sys.stdout.write(result + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered must not raise a second time when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


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
    sys.stderr.write(without_control_characters(line) + "\n")
