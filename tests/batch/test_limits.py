"""A process can hold itself to limits, and tells what it has used."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time

import pytest

from filter.batch.limits import (
    Limits,
    end_unless_done_within,
    limit_growth,
    processor_seconds,
    resident_bytes,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")

SPAWN = multiprocessing.get_context("spawn")


def allocate(megabytes: int) -> None:
    """Take memory under a limit of 100 MB; exit with 7 if it is refused."""
    limit_growth(Limits(megabytes=100))
    try:
        bytearray(megabytes * 1_000_000)
    except MemoryError:
        os._exit(7)


def sleep_under_limit(seconds: float) -> None:
    end_unless_done_within(seconds)
    time.sleep(120)


def end_in_time() -> None:
    """Exit with 7 if an alarm is still set."""
    end_unless_done_within(60)
    end_unless_done_within(0)
    os._exit(7 if any(signal.getitimer(signal.ITIMER_REAL)) else 0)


def exit_code(target: object, *arguments: object) -> int | None:
    process = SPAWN.Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    process.join(60)
    return process.exitcode


@pytest.mark.parametrize(("megabytes", "code"), [(80, 0), (120, 7)])
def test_memory_may_grow_up_to_the_limit(megabytes: int, code: int) -> None:
    assert exit_code(allocate, megabytes) == code


def test_the_kernel_ends_what_nobody_else_ends() -> None:
    assert exit_code(sleep_under_limit, 0.1) == -signal.SIGALRM


def test_what_is_done_in_time_is_left_alone() -> None:
    assert exit_code(end_in_time) == 0


def test_processor_time_is_told_from_the_clock() -> None:
    before = processor_seconds(os.getpid())
    time.sleep(0.3)
    slept = processor_seconds(os.getpid()) - before
    while processor_seconds(os.getpid()) - before < slept + 0.1:
        pass
    assert slept < 0.3


def test_resident_memory_is_told() -> None:
    before = resident_bytes()
    held = b"x" * 50_000_000
    assert resident_bytes() - before > 0.9 * len(held)


def test_the_clock_is_more_patient_than_the_processor() -> None:
    assert Limits(seconds=5).clock_seconds > 5
