"""``newsfilter batch``: any number of pages, one record each."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from filter.article import Verdict
from filter.batch.backend import Backend
from filter.batch.cleaning import CleanerSettings
from filter.batch.command import Options, run
from filter.batch.display import progress_shown, summary_table
from filter.batch.limits import Limits
from filter.batch.outputs import Form, Output, find_output
from filter.batch.overlap import own_files
from filter.batch.readers import Fields
from filter.batch.record import Selection
from filter.batch.storage import write_bytes
from filter.batch.summary import Summary
from filter.batch.writers.folder import INDEX
from filter.cli.exit_codes import FAILED
from filter.cli.judge import Favour, FavourOption, ModelDigestOption, ModelOption, TrustModelOption
from filter.cli.output import report
from filter.errors import CallerError

STOPPED_BY = 128
"""Exit code of a run that a signal stopped: this and the signal's number, as shells have it."""


class Stopped(BaseException):
    """A signal asks the program to stop."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


_DEFAULT = Limits()
_SUMMARY_BEGINS = b'{\n  "output": '


def batch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Folders, patterns, pages, JSON Lines, WARC, Parquet, URLs; - for stdin.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="File (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), folder/, URL or -.",
        ),
    ] = "-",
    only: Annotated[
        str | None,
        typer.Option(
            "--only", metavar="VERDICTS", rich_help_panel="Output", help="Verdicts wanted: keep,trim."
        ),
    ] = None,
    text_only: Annotated[
        bool,
        typer.Option("--text-only", rich_help_panel="Output", help="Leave out blocks, metadata, quality."),
    ] = False,
    min_words: Annotated[
        int, typer.Option("--min-words", min=0, rich_help_panel="Output", help="Fewest words of a text.")
    ] = 0,
    min_quality: Annotated[
        float,
        typer.Option("--min-quality", min=0, max=1, rich_help_panel="Output", help="Lowest quality score."),
    ] = 0.0,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume/--overwrite",
            rich_help_panel="Output",
            help="Continue an output that was begun, or start anew.",
        ),
    ] = True,
    summary: Annotated[
        Path | None,
        typer.Option(
            "--summary", metavar="FILE", rich_help_panel="Output", help="Write the figures as JSON."
        ),
    ] = None,
    page_field: Annotated[
        list[str] | None,
        typer.Option(
            "--page-field",
            metavar="NAME",
            rich_help_panel="Input",
            help="Field with the page.  [default: html, else text]",
        ),
    ] = None,
    url_field: Annotated[
        str,
        typer.Option(
            "--url-field", metavar="NAME", rich_help_panel="Input", help="Field with the page's address."
        ),
    ] = "url",
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", min=1, rich_help_panel="Work", help="Worker processes.  [default: all cores]"
        ),
    ] = None,
    backend: Annotated[
        Backend | None,
        typer.Option("--backend", rich_help_panel="Work", help="Engine for several machines; OUT holds a *."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", rich_help_panel="Work", help="Where the engine is."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, rich_help_panel="Work", help="Processor seconds a page.")
    ] = _DEFAULT.seconds,
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=1, rich_help_panel="Work", help="Bytes a page.")
    ] = _DEFAULT.bytes,
    max_memory: Annotated[
        int, typer.Option("--max-memory", min=50, rich_help_panel="Work", help="Megabytes of memory a page.")
    ] = _DEFAULT.megabytes,
    favour: FavourOption = Favour.BALANCED,
    model: ModelOption = None,
    model_digest: ModelDigestOption = None,
    trust_model: TrustModelOption = False,
) -> None:
    """Clean many pages: one record each, in order, whatever the pages do.

    A run that was stopped goes on where it was when the same command is given
    again. Exits with 1 if some pages failed, each with its record.
    """
    options = Options(
        fields=Fields(tuple(page_field or Fields().page), url_field),
        limits=Limits(max_bytes, timeout, max_memory),
        selection=Selection(_verdicts(only), min_words, min_quality),
        text_only=text_only,
        make_cleaner=CleanerSettings(favour.value, model, model_digest, trust_model, max_bytes),
        workers=jobs,
        overwrite=not resume,
    )
    if backend is None and scheduler is not None:
        raise CallerError("--scheduler needs to know of what: add --backend dask or --backend ray")
    if summary is not None:
        check_summary(summary, find_output(output, options.spool))
    figures = _run(sources, output, options, backend, scheduler)
    report_figures(figures, summary)
    if figures.tally.failed:
        raise typer.Exit(FAILED)


def report_figures(figures: Summary, path: Path | None) -> None:
    """Show the figures on stderr, and write them to a file if one is named."""
    if sys.stderr is not None:  # closed by those who want to hear nothing
        sys.stderr.write(summary_table(figures) + "\n")
    if path is not None:
        write_summary(path, json.dumps(figures.as_json(), indent=2) + "\n")


def check_summary(path: Path, output: Output) -> None:
    """Refuse a file for ``--summary`` before the work rather than after; whatever is there stays as it is.

    Raises
    ------
    CallerError
        If it can't be written, or something else than a summary would be written over.
    """
    if own_files(output)(str(path)) and not (output.form is Form.FOLDER and path.name != INDEX):
        raise CallerError(f"{path} is part of the output {output.name}: choose another file for the summary")
    if path.is_file() and not _is_summary(path):
        raise CallerError(f"{path} is there and no summary of a batch: choose another file")
    is_new = not path.exists()
    if is_new or path.is_file():
        try:
            path.open("ab").close()
        except OSError as error:
            raise _unwritable(path, error) from error
    if is_new:
        path.unlink()


def write_summary(path: Path, text: str) -> None:
    """Write the file of ``--summary``, all of it or nothing.

    Raises
    ------
    CallerError
        If it can't be written.
    """
    try:
        if path.exists() and not path.is_file():  # a terminal, a pipe
            path.write_text(text, encoding="utf-8")
        else:
            write_bytes(os.path.realpath(path), text.encode())
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> CallerError:
    return CallerError(f"{path} can't be written ({error.strerror}): choose another file")


def _is_summary(path: Path) -> bool:
    """Whether a file begins as a summary does, or is empty."""
    with path.open("rb") as file:
        return file.read(len(_SUMMARY_BEGINS)) in (_SUMMARY_BEGINS, b"")


def _verdicts(names: str | None) -> tuple[Verdict, ...]:
    if names is None:
        return tuple(Verdict)
    try:
        wanted = {Verdict(name.strip()) for name in names.split(",")}
    except ValueError:
        raise CallerError(f"--only {names}: name verdicts out of {','.join(Verdict)}") from None
    return tuple(verdict for verdict in Verdict if verdict in wanted)


def _run(
    sources: list[str], output: str, options: Options, backend: Backend | None, scheduler: str | None
) -> Summary:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        if backend is not None:
            from filter.batch.shards import run_sharded  # here: few need it

            return run_sharded(sources, output, options, backend, scheduler)
        with progress_shown() as observe:
            return run(sources, output, options, observe)
    except Stopped as stopped:
        again = (
            "standard input and output can't be continued"
            if "-" in (output, *sources)
            else "give the same command again to continue"
        )
        report(f"stopped by {signal.Signals(stopped.signal_number).name}: {again}")
        raise typer.Exit(STOPPED_BY + stopped.signal_number) from None
    except BrokenPipeError:
        # What is still buffered must not raise a second time when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(STOPPED_BY + signal.SIGPIPE) from None


def _stop(signal_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # once is enough, and clearing up is quick
        signal.signal(number, signal.SIG_IGN)
    raise Stopped(signal_number)
