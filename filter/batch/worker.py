"""The worker process: chunks of entries in, packed records out, within the limits."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Protocol

from filter.article import Article
from filter.batch.entry import Entry, Page
from filter.batch.limits import Limits, end_unless_done_within, limit_growth, resident_bytes
from filter.batch.record import Packed, Record, Recorder
from filter.errors import PageError


class PageCleaner(Protocol):
    """The part of :class:`filter.Cleaner` that a worker uses."""

    def clean_many(self, pages: Sequence[Page]) -> Iterator[Article]:
        """Return an article for each page, in order."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is started with; it must pickle.

    Attributes
    ----------
    make_cleaner : callable
        Returns the cleaner: called once in each worker.
    recorder : Recorder
        Makes the records.
    limits : Limits
        What one page may cost.
    """

    make_cleaner: Callable[[], PageCleaner]
    recorder: Recorder
    limits: Limits


@dataclass(frozen=True, slots=True)
class Task:
    """Entries to be done together; a page on trial comes alone.

    Attributes
    ----------
    entries : sequence of Entry
        The pages.
    alone : bool
        Whether the answer is the page's :class:`Record`, because its chunk
        failed and is put together from single pages.
    """

    entries: Sequence[Entry]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says: the result, or what went wrong, and whether it ends now."""

    result: Packed | Record | None
    problem: str = ""
    ends: bool = False


READY = Answer(None)
"""The first answer of a worker: its cleaner is loaded."""


def serve(connection: Connection, setup: Setup) -> None:
    """Answer tasks until the supervisor hangs up or it is time to be replaced."""
    # These reach the whole process group, but they are the supervisor's to handle:
    # a worker that obeyed would leave its page recorded as crashed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    try:
        cleaner = setup.make_cleaner()
    except Exception as error:  # whatever it is, the caller must hear of it
        connection.send(Answer(None, f"{error}" or type(error).__name__))
        return
    connection.send(READY)
    at_start = resident_bytes()
    pages = 0
    try:
        while True:
            end_unless_done_within(0)
            task: Task = connection.recv()
            # Twice the limit: the supervisor, if it is alive, comes first.
            end_unless_done_within(2 * setup.limits.clock_seconds + 10)
            limit_growth(setup.limits)
            pages += len(task.entries)
            answer = _answer(cleaner, task, setup)
            grown = resident_bytes() - at_start > setup.limits.megabytes * 1_000_000
            if answer.ends or grown or pages >= setup.limits.pages_a_worker:
                connection.send(replace(answer, ends=True))
                return
            connection.send(answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the supervisor is gone


def _end_with_supervisor() -> None:
    """Wait for the supervisor's death, however it comes, and end this process then."""
    supervisor = multiprocessing.parent_process()
    if supervisor is not None:
        supervisor.join()
        os._exit(1)


def _answer(cleaner: PageCleaner, task: Task, setup: Setup) -> Answer:
    try:
        records = clean_entries(cleaner, task.entries, setup)
        return Answer(records[0] if task.alone else setup.recorder.pack(records))
    except MemoryError:
        limit = setup.limits.megabytes
        return Answer(
            None,
            f"the page takes more than {limit:,} MB of memory: raise --max-memory if it is wanted",
            ends=True,
        )
    except Exception as error:  # a page that breaks the cleaner costs that page alone
        return Answer(None, f"cleaning the page failed ({type(error).__name__}: {error}): please report it")


def clean_entries(cleaner: PageCleaner, entries: Sequence[Entry], setup: Setup) -> list[Record]:
    """Return the records of entries, cleaned together in one call."""
    records: list[Record | None] = []
    opened: list[tuple[Entry, Page]] = []
    for entry in entries:
        try:
            opened.append((entry, entry.open(setup.limits.bytes)))
            records.append(None)
        except PageError as error:
            records.append(setup.recorder.failure(entry, error.outcome, str(error)))
    articles = cleaner.clean_many([page for _, page in opened])
    cleaned = (
        setup.recorder.record(article, entry, page.carried)
        for article, (entry, page) in zip(articles, opened, strict=True)
    )
    return [next(cleaned) if record is None else record for record in records]
