"""The batch command, without a command line: sources in, one record a page out."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import pickle
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from filter.batch.chunks import read_chunks
from filter.batch.cleaning import CleanerSettings
from filter.batch.journal import Progress
from filter.batch.limits import Limits
from filter.batch.outputs import Form, Output, find_output
from filter.batch.overlap import without_output
from filter.batch.readers import Fields, Reading
from filter.batch.record import Recorder, Selection
from filter.batch.runner import Observer, run_chunks
from filter.batch.sources import STANDARD_INPUT, Format, Source, find_sources
from filter.batch.summary import Summary
from filter.batch.tally import Tally
from filter.batch.worker import PageCleaner, Setup
from filter.batch.workers import WorkerPool
from filter.errors import CallerError


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is run.

    Attributes
    ----------
    fields : Fields
        Where JSON objects and table rows hold their pages.
    limits : Limits
        What one page may cost.
    selection : Selection
        Which pages are wanted in the output.
    text_only : bool
        Whether to leave blocks, metadata and quality out of the records.
    make_cleaner : callable
        Returns the cleaner; called once in each worker, so it must pickle.
    workers : int or None
        How many processes clean pages; ``None`` for one a core.
    overwrite : bool
        Whether to start anew where there is an output already, rather than to continue it.
    spool : Path
        Folder for outputs on their way to other storage.
    """

    fields: Fields = field(default_factory=Fields)
    limits: Limits = field(default_factory=Limits)
    selection: Selection = field(default_factory=Selection)
    text_only: bool = False
    make_cleaner: Callable[[], PageCleaner] = field(default_factory=CleanerSettings)
    workers: int | None = None
    overwrite: bool = False
    spool: Path = Path(".newsfilter-spool")


def run(
    sources: Sequence[str],
    output: str,
    options: Options | None = None,
    observe: Callable[[int], Observer] | None = None,
) -> Summary:
    """Clean every page of the sources.

    Parameters
    ----------
    sources : sequence of str
        Files, folders, patterns, URLs; ``"-"`` for standard input.
    output : str
        A file or URL ending in ``.jsonl`` (``.gz``, ``.zst``) or ``.parquet``,
        a folder, or ``"-"`` for standard output.
    options : Options
        How to go about it.
    observe : callable, optional
        Called with the bytes to read (0 if unknown); returns what is told of
        the progress.

    Returns
    -------
    Summary
        The figures of the run.

    Raises
    ------
    CallerError
        If the sources or the output can't be used as asked.
    BrokenPipeError
        If nobody reads standard output any more.
    """
    options = options or Options()
    began = time.monotonic()
    where = find_output(output, options.spool)
    found = without_output(find_sources(sources), sources, where, overwrite=options.overwrite)
    try:
        tally, before = _run(found, where, options, observe or _observe_nothing)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CallerError(
            f"{where.name} can't be written ({error.strerror or error}): {_way_out(error, where, sources)}"
        ) from error
    return Summary(output, tally, before, time.monotonic() - began)


def _way_out(error: OSError, where: Output, sources: Sequence[str]) -> str:
    """Say what to do about an output that can't be written."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return "choose another output"
    if where.form is Form.STREAM or STANDARD_INPUT in sources:
        return "make room or choose another output"
    return "make room; what is written is safe, and the same command continues it"


def _run(
    sources: Sequence[Source], where: Output, options: Options, observe: Callable[[int], Observer]
) -> tuple[Tally, int]:
    """Return what became of all pages, and how many were done before this run."""
    recorder = Recorder(options.selection, options.text_only, where.compression, where.form is Form.FOLDER)
    setup = Setup(options.make_cleaner, recorder, options.limits)
    workers = options.workers or os.cpu_count() or 1
    reading = Reading(options.fields, options.limits.bytes)
    with contextlib.ExitStack() as stack:
        journal = None
        start = Progress()
        if where.form is not Form.STREAM:
            resumable = all(source.format is not Format.STANDARD_INPUT for source in sources)
            job = _job(sources, where, options)
            opened = where.begin(job, overwrite=options.overwrite, resumable=resumable)
            stack.enter_context(opened)
            if resumable:
                journal, start = opened, opened.progress
            else:
                stack.callback(opened.discard)
        if start.finished:
            where.check_as_left(start.offset)
            return start.tally, start.tally.pages
        writer = stack.enter_context(contextlib.closing(where.writer(start.offset)))
        chunks = read_chunks(sources, reading, start.position)
        pool = WorkerPool(setup, workers)
        observer = observe(sum(source.size for source in sources))
        return run_chunks(chunks, pool, writer, start, journal, observer), start.tally.pages


def job_digest(sources: Sequence[Source], options: Options) -> str:
    """Return a digest of all that the records depend on."""
    return _digest(
        (sources, options.limits, options.selection, options.fields, options.text_only, _cleaner(options))
    )


def _job(sources: Sequence[Source], where: Output, options: Options) -> dict[str, str]:
    """Return what the output depends on, each part as a digest by the name that the caller has for it."""
    selection, limits, fields = options.selection, options.limits, options.fields
    parts = {
        "sources": [(source.location, source.size) for source in sources],
        "form": (where.form, where.compression),
        "--only": sorted(selection.only),
        "--min-words": selection.min_words,
        "--min-quality": selection.min_quality,
        "--text-only": options.text_only,
        "--page-field": fields.page,
        "--url-field": fields.url,
        "--timeout": limits.seconds,
        "--max-bytes": limits.bytes,
        "--max-memory": limits.megabytes,
        **_cleaner(options),
    }
    return {name: _digest(value) for name, value in parts.items()}


def _cleaner(options: Options) -> Mapping[str, object]:
    """Return what the cleaner depends on; of a caller's own callable, what it would pickle as."""
    identity: Mapping[str, object] | None = getattr(options.make_cleaner, "identity", None)
    return identity or {"cleaner": pickle.dumps(options.make_cleaner)}


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=16).hexdigest()


def _observe_nothing(_total_bytes: int) -> Observer:
    return lambda _tally, _bytes_read: None
