"""The pool of workers: what dies or grows is replaced, and what failed in company is tried alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from filter.article import Outcome
from filter.batch.entry import Page, ReadPage
from filter.batch.limits import Limits
from filter.batch.record import Recorder
from filter.batch.worker import Setup
from filter.batch.workers import WorkerPool
from filter.errors import CallerError
from tests.batch.helpers import PATIENT
from tests.batch.standin import HostileCleaner, broken


def entry(content: str) -> ReadPage:
    return ReadPage("source", "mirror", len(content), Page(content))


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(Setup(HostileCleaner, Recorder(), PATIENT), 1)
    yield pool
    pool.close()


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


def test_a_closed_pool_starts_nothing(pool: WorkerPool) -> None:
    pool.close()
    with pytest.raises(CallerError, match="stopped"):
        pool.process([entry("one")])


def test_a_cleaner_that_does_not_load_is_an_error() -> None:
    pool = WorkerPool(Setup(broken, Recorder(), Limits()), 1)
    with pytest.raises(CallerError, match="the model can't be loaded"):
        pool.process([entry("one")])
