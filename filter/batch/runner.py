"""The runner: chunks through the workers, and into the output in the order of the sources."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from filter.batch.chunks import Chunk
from filter.batch.journal import Journal, Position, Progress
from filter.batch.record import Packed
from filter.batch.tally import Tally
from filter.batch.workers import WorkerPool
from filter.batch.writers import Writer

CHUNKS_AHEAD = 8
"""Chunks a worker that may be under way or waiting for an earlier one: one slow page must not hold all up."""

COMMIT_SECONDS = 1.0
"""How often the output is made durable: what a power cut or ``kill -9`` costs, at most."""


@dataclass(frozen=True, slots=True)
class Done:
    """A chunk that has been through the workers."""

    packed: Packed
    end: Position
    bytes_read: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A chunk's place in the line: it holds the chunk's answer, but not its pages any more."""

    future: Future[Packed]
    end: Position
    bytes_read: int


Observer = Callable[[Tally, int], None]
"""Told after each chunk what became of all pages so far, and how many bytes were read."""


def run_chunks(
    chunks: Iterable[Chunk],
    pool: WorkerPool,
    writer: Writer,
    start: Progress,
    journal: Journal | None,
    observe: Observer,
) -> Tally:
    """Write the records of all chunks, and return what became of the pages.

    Parameters
    ----------
    chunks : iterable of Chunk
        Read in a thread of its own, a little ahead of the workers.
    pool : WorkerPool
        Does the work.
    writer : Writer
        Takes the records.
    start : Progress
        How far the output is complete already.
    journal : Journal or None
        Notes how far it is complete.
    observe : Observer
        Shows people how far it is.
    """
    tally = Tally()
    tally.add(start.tally)
    position = committed_position = start.position
    committed = time.monotonic()
    with _in_order(chunks, pool) as done_chunks:
        for done in done_chunks:
            if done is not None:
                writer.write(done.packed)
                tally.add(done.packed.tally)
                position = done.end
                observe(tally, done.bytes_read)
            due = position > committed_position and time.monotonic() - committed >= COMMIT_SECONDS
            if journal is not None and due:
                journal.advance(Progress(position, writer.commit(), tally))
                committed_position, committed = position, time.monotonic()
    offset = writer.commit()
    if journal is not None:
        journal.advance(Progress(position, offset, tally))
    length = writer.finish()
    if journal is not None:
        journal.advance(Progress(position, length, tally, finished=True))
    writer.tidy()
    return tally


@contextlib.contextmanager
def _in_order(chunks: Iterable[Chunk], pool: WorkerPool) -> Iterator[Iterator[Done | None]]:
    """Have chunks processed at once, and hand them out in their order: ``None`` while one is waited for."""
    line: queue.SimpleQueue[_Place | BaseException | None] = queue.SimpleQueue()
    places = threading.Semaphore(CHUNKS_AHEAD * pool.workers)
    stopped = threading.Event()

    def read() -> None:
        try:
            for chunk in chunks:
                places.acquire()
                if stopped.is_set():
                    return
                line.put(_Place(threads.submit(pool.process, chunk.entries), chunk.end, chunk.bytes_read))
            line.put(None)
        except BaseException as error:  # raised where the records are awaited
            line.put(error)

    def hand_out() -> Iterator[Done | None]:
        while True:
            try:
                place = line.get(timeout=COMMIT_SECONDS)
            except queue.Empty:
                yield None
                continue
            if place is None:
                return
            if isinstance(place, BaseException):
                raise place
            while not wait([place.future], timeout=COMMIT_SECONDS).done:
                yield None
            yield Done(place.future.result(), place.end, place.bytes_read)
            places.release()

    threads = ThreadPoolExecutor(pool.workers, thread_name_prefix="supervisor")
    # A daemon, since it may be waiting for input that never comes when all else is over.
    threading.Thread(target=read, name="reader", daemon=True).start()
    try:
        yield hand_out()
    finally:
        stopped.set()
        places.release()
        pool.close()
        threads.shutdown(cancel_futures=True)
