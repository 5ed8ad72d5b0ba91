"""What one page may cost, and how a process holds itself to it."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource

MEGABYTE = 1_000_000

PATIENCE = 4.0
"""How much longer by the clock a page may take than on a processor of its own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost, at most.

    Attributes
    ----------
    bytes : int
        Size of the page.
    seconds : float
        Processor time for reading, cleaning and recording it; by the clock, it may
        take :data:`PATIENCE` times as long, since a busy machine is not the page's fault.
    megabytes : int
        Memory (address space) that the worker may take on top of what it
        holds when the page arrives, in 10⁶ bytes.
    pages_a_worker : int
        A worker is replaced after so many pages, grown or not.
    """

    bytes: int = 10 * MEGABYTE
    seconds: float = 20.0
    megabytes: int = 1_000
    pages_a_worker: int = 20_000

    @property
    def clock_seconds(self) -> float:
        """Time by the clock that a page may take."""
        return PATIENCE * self.seconds


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has used; where the system does not tell, the clock's."""
    if sys.platform != "linux":
        return time.monotonic()
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def limit_growth(limits: Limits) -> None:
    """Let this process take no more than the limit on top of what it holds now.

    Past the limit an allocation fails: Python raises ``MemoryError``, other
    code aborts the process. Where the system has no such limit, nothing
    happens.
    """
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = _memory_pages()[0] * resource.getpagesize() + limits.megabytes * MEGABYTE
        if hard != resource.RLIM_INFINITY:
            ceiling = min(ceiling, hard)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))


def resident_bytes() -> int:
    """Return the memory that this process holds; 0 where the system does not tell."""
    if sys.platform == "linux":
        return _memory_pages()[1] * resource.getpagesize()
    return 0


def end_unless_done_within(seconds: float) -> None:
    """Have the kernel end this process if `seconds` pass before the next call.

    The supervisor kills a worker that overruns. This is for the worker whose
    supervisor is gone and whose Python never runs again: it must not spin for ever.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _memory_pages() -> tuple[int, int]:
    """Return the pages of memory that this process has mapped and holds."""
    mapped, resident, *_ = Path("/proc/self/statm").read_text().split()
    return int(mapped), int(resident)
