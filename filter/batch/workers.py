"""The supervisor: worker processes that may hang, grow or die, and chunks that survive it.

Each worker has a pipe of its own, so a worker that is killed in the middle of
an answer harms no other (the standard library's pool breaks as a whole, and
pebble's workers share one pipe and its lock). A chunk goes to a worker in one
piece, which is fast; only if the chunk fails are its pages tried one at a
time, so that the page at fault is found and the others are not lost.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess

from filter.article import Outcome
from filter.batch.entry import Entry
from filter.batch.limits import processor_seconds
from filter.batch.record import Packed, Record
from filter.batch.worker import Answer, Setup, Task, serve
from filter.errors import CallerError

START_SECONDS = 120.0
"""A worker that has not loaded its cleaner by then will not do so."""

SINGLE_THREADED = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""One thread a worker: there are as many workers as cores already."""


class WorkerError(Exception):
    """A task was not done: why, as an outcome and in words."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message


class Worker:
    """One worker process, seen from the supervisor: started at once, and asked once it is ready.

    Raises
    ------
    CallerError
        If the system has no process or pipe for it.
    """

    def __init__(self, context: ForkServerContext | SpawnContext, setup: Setup) -> None:
        self._limits = setup.limits
        try:
            self._connection, theirs = context.Pipe()
            self._process: ForkServerProcess | SpawnProcess = context.Process(
                target=serve, args=(theirs, setup), daemon=True
            )
            with _single_threaded():
                self._process.start()
        except (OSError, EOFError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise CallerError(
                f"a worker process can't be started ({reason}): free processes, memory and open files, "
                "or use fewer --jobs"
            ) from error
        theirs.close()
        self._pid = self._process.pid or 0
        self.alive = True

    def wait_until_ready(self) -> None:
        """Wait until the process has loaded its cleaner.

        Raises
        ------
        CallerError
            If it can't. The worker is dead then.
        """
        try:
            problem = self._receive(self._connection.poll, START_SECONDS).problem
        except WorkerError as failure:
            ended = failure.outcome is Outcome.CRASHED
            problem = (
                f"a worker did not start ({self._cause() if ended else f'not within {START_SECONDS:g} s'}): "
                'what it printed says why; programs call `run` under `if __name__ == "__main__":`'
            )
        if problem:
            self.kill()
            raise CallerError(problem)

    def ask(self, task: Task) -> Packed | Record:
        """Have a task done.

        Raises
        ------
        WorkerError
            If it overran, broke, or ended the process. The worker may be dead then.
        """
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # died: seen on receiving
            self._connection.send(task)
        answer = self._receive(self._answers_within, self._limits.seconds)
        if answer.ends:
            self.kill()
        if answer.result is None:
            raise WorkerError(Outcome.CRASHED, answer.problem)
        return answer.result

    def kill(self) -> None:
        """End the process, whatever it is doing, and hang up."""
        self.terminate()
        self._process.join()
        self._connection.close()

    def terminate(self) -> None:
        """End the process; whoever waits for its answer hears that it died."""
        self.alive = False
        self._process.kill()

    def _answers_within(self, seconds: float) -> bool:
        """Wait for an answer until the worker has used so much processor time, or too much by the clock."""
        before = processor_seconds(self._pid)
        deadline = time.monotonic() + self._limits.clock_seconds
        pause = seconds
        while not self._connection.poll(pause):
            remaining = seconds - (processor_seconds(self._pid) - before)
            pause = min(remaining, deadline - time.monotonic())
            if pause <= 0:
                return False
        return True

    def _receive(self, answers_within: Callable[[float], bool], seconds: float) -> Answer:
        try:
            if answers_within(seconds):
                answer: Answer = self._connection.recv()
                return answer
        except (EOFError, OSError):
            self.kill()
            raise WorkerError(
                Outcome.CRASHED, f"the page ended its worker process ({self._cause()}): please report it"
            ) from None
        self.kill()
        raise WorkerError(
            Outcome.TIMEOUT, f"the page takes more than {seconds:g} s: raise --timeout if it is wanted"
        )

    def _cause(self) -> str:
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


class WorkerPool:
    """A fixed number of workers, each replaced when it dies or has grown.

    Parameters
    ----------
    setup : Setup
        What each worker is started with.
    workers : int
        How many; the methods may be called from so many threads at once.
    """

    def __init__(self, setup: Setup, workers: int) -> None:
        self.workers = workers
        self._setup = setup
        self._context = _context()
        self._idle: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        self._alive: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(workers):
            self._idle.put(None)  # started when first needed

    def process(self, entries: Sequence[Entry]) -> Packed:
        """Return the packed records of a chunk: one a page, whatever happens to the pages."""
        with self._borrowed() as worker:
            try:
                packed = worker.ask(Task(entries))
            except WorkerError:
                packed = None
        if packed is None:
            return self._setup.recorder.pack([self.process_alone(entry) for entry in entries])
        assert isinstance(packed, Packed)
        return packed

    def process_alone(self, entry: Entry) -> Record:
        """Return the record of one page that has a worker to itself."""
        with self._borrowed() as worker:
            try:
                record = worker.ask(Task([entry], alone=True))
            except WorkerError as failure:
                return self._setup.recorder.failure(entry, failure.outcome, failure.message)
        assert isinstance(record, Record)
        return record

    def close(self) -> None:
        """Kill every worker. Tasks still running fail."""
        self._closed = True
        with self._lock:
            for worker in self._alive:
                worker.terminate()

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[Worker]:
        worker = self._idle.get()
        try:
            if worker is None or not worker.alive:
                worker = self._replace(worker)
                self._await(worker)
            yield worker
        except BaseException:  # interrupted: the answer still to come would pass for the next page's
            if worker is not None:
                worker.kill()
            raise
        finally:
            self._idle.put(worker)

    def _replace(self, dead: Worker | None) -> Worker:
        """Start a worker, so that `close` either finds it or keeps it from starting."""
        with self._lock:
            self._check_open()
            if dead is not None:
                self._alive.discard(dead)
            worker = Worker(self._context, self._setup)
            self._alive.add(worker)
            return worker

    def _await(self, worker: Worker) -> None:
        """Wait for a worker outside of the lock: others start meanwhile, or `close` ends it."""
        try:
            worker.wait_until_ready()
        except CallerError:
            self._check_open()
            raise

    def _check_open(self) -> None:
        if self._closed:
            raise CallerError("the batch was stopped")


def _context() -> ForkServerContext | SpawnContext:
    """Return how processes are started: forked from a clean server that has the cleaner imported.

    Forking this process itself would copy its threads' locks.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["filter.batch.worker", "filter.cleaner"])
        return context
    return multiprocessing.get_context("spawn")


@contextlib.contextmanager
def _single_threaded() -> Iterator[None]:
    """Start processes under settings that a numerical library reads when it is imported."""
    before = {name: os.environ.get(name) for name in SINGLE_THREADED}
    os.environ.update(dict.fromkeys(SINGLE_THREADED, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
