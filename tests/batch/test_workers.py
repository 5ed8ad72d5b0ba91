"""The pool of workers: what dies or grows is replaced, and what failed in company is tried alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from filter.article import Outcome
from filter.batch.entry import Page, ReadPage
from filter.batch.limits import Limits
from filter.batch.record import Recorder
from filter.batch.worker import Setup
from filter.batch.workers import WorkerPool
from filter.errors import CallerError
from tests.batch.helpers import PATIENT, pages, write_json_lines
from tests.batch.standin import HostileCleaner, LoadsInCompany, broken
from tests.cli.program import ROOT


def entry(content: str) -> ReadPage:
    return ReadPage("source", "mirror", len(content), Page(content))


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(Setup(HostileCleaner, Recorder(), PATIENT), 1)
    yield pool
    pool.close()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have an interrupt raise KeyboardInterrupt; a shell starts what it puts in the background without."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def process_of(pool: WorkerPool) -> str:
    """Return the number of the process that cleans."""
    return pool.process_alone(entry("PROCESS")).line.decode().partition('"text":"')[2].partition('"')[0]


def test_a_worker_is_kept_while_all_is_well(pool: WorkerPool) -> None:
    assert process_of(pool) == process_of(pool) != str(os.getpid())


@pytest.mark.parametrize("order", ["DIE", "EXIT", "GROW"])
def test_a_worker_that_died_is_replaced(pool: WorkerPool, order: str) -> None:
    before = process_of(pool)
    assert pool.process_alone(entry(order)).outcome is Outcome.CRASHED
    assert process_of(pool) != before


def test_a_worker_that_merely_failed_is_kept(pool: WorkerPool) -> None:
    before = process_of(pool)
    assert pool.process_alone(entry("RAISE")).outcome is Outcome.CRASHED
    assert process_of(pool) == before


def test_a_worker_that_has_grown_is_replaced_and_its_page_kept() -> None:
    pool = WorkerPool(Setup(HostileCleaner, Recorder(), replace(PATIENT, megabytes=100)), 1)
    try:
        before = process_of(pool)
        for _ in range(3):
            assert pool.process_alone(entry("LEAK")).outcome is Outcome.OK
        assert process_of(pool) != before
    finally:
        pool.close()


def test_a_chunk_with_a_hostile_page_is_done_page_by_page(pool: WorkerPool) -> None:
    packed = pool.process([entry("one"), entry("DIE"), entry("two")])
    assert packed.tally.outcomes == {"ok": 2, "crashed": 1}
    assert packed.data.count(b"\n") == 3


@pytest.mark.usefixtures("interruptible")
def test_a_worker_that_was_interrupted_answers_no_other_page(pool: WorkerPool, tmp_path: Path) -> None:
    gate, begun = tmp_path / "gate", tmp_path / "begun"
    threading.Thread(target=interrupt_once, args=(begun.exists,)).start()
    with pytest.raises(KeyboardInterrupt):
        pool.process_alone(entry(f"WAIT {gate} {begun}"))
    gate.touch()
    assert process_of(pool).isdigit()


def interrupt_once(true: Callable[[], object]) -> None:
    wait_until(true)
    os.kill(os.getpid(), signal.SIGINT)


def wait_until(true: Callable[[], object]) -> None:
    while not true():
        time.sleep(0.01)


def loading_pool(folder: Path, company: int, workers: int) -> WorkerPool:
    """Return a pool each of whose workers is ready once so many are being loaded."""
    return WorkerPool(Setup(LoadsInCompany(str(folder), company), Recorder(), PATIENT), workers)


def test_workers_start_side_by_side(tmp_path: Path) -> None:
    pool = loading_pool(tmp_path, company=3, workers=3)
    try:
        with ThreadPoolExecutor(3) as threads:
            records = list(threads.map(pool.process_alone, [entry("one")] * 3))
        assert [record.outcome for record in records] == [Outcome.OK] * 3
    finally:
        pool.close()


def test_closing_ends_a_worker_that_is_not_ready_yet(tmp_path: Path) -> None:
    pool = loading_pool(tmp_path, company=2, workers=1)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(pool.process_alone, entry("one"))
        wait_until(lambda: os.listdir(tmp_path))
        pool.close()
        with pytest.raises(CallerError, match="stopped"):
            waiting.result()
    (process,) = os.listdir(tmp_path)
    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)


@pytest.mark.usefixtures("interruptible")
def test_a_worker_that_was_interrupted_before_it_was_ready_is_not_used(tmp_path: Path) -> None:
    pool = loading_pool(tmp_path, company=2, workers=1)
    threading.Thread(target=interrupt_once, args=(lambda: os.listdir(tmp_path),)).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            pool.process_alone(entry("one"))
        assert process_of(pool).isdigit()
    finally:
        pool.close()


def test_a_closed_pool_starts_nothing(pool: WorkerPool) -> None:
    pool.close()
    with pytest.raises(CallerError, match="stopped"):
        pool.process([entry("one")])


def test_a_process_that_cannot_be_started_is_an_error_that_says_so(tmp_path: Path) -> None:
    """Processes are started by a program that ends at once."""
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    program = (
        "import multiprocessing, sys; multiprocessing.set_executable('/bin/false'); "
        "from tests.batch.drive import main; main(sys.argv[1], '-')"
    )
    done = subprocess.run([sys.executable, "-c", program, source], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines()[-1].startswith("a worker process can't be started (")


def test_a_cleaner_that_does_not_load_is_an_error() -> None:
    pool = WorkerPool(Setup(broken, Recorder(), Limits()), 1)
    with pytest.raises(CallerError, match="the model can't be loaded"):
        pool.process([entry("one")])


def test_a_program_that_every_worker_would_run_again_is_told_what_to_do(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    program = tmp_path / "unguarded.py"
    program.write_text(f"from filter.batch import run\nrun([{str(source)!r}], '-')\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, program], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert 'programs call `run` under `if __name__ == "__main__":`' in done.stderr.decode().splitlines()[-1]
