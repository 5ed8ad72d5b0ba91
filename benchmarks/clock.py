"""CPU time of contenders, in turns, so that a noisy machine is noisy for all of them alike."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Mapping
from statistics import median


def stay_on_one_core() -> None:
    """Keep this process, and those it starts, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds that the process spends on a piece of work, all threads counted."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def in_turns(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Let contenders work in turns (A B C A B C ...) and take the median of each one's rounds.

    Parameters
    ----------
    contenders : mapping of str to callable
        The same work, done by each.
    rounds : int
        How many times each of them does it, after one round that isn't counted.

    Returns
    -------
    dict of str to float
        Median CPU seconds.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, work in contenders.items():
            spent = cpu_seconds(work)
            if turn:
                seconds[name].append(spent)
    return {name: median(spent) for name, spent in seconds.items()}
