"""Running the program as a user does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
PROGRAM = (sys.executable, "-c", "from filter.cli import main; main()")


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


def newsfilter(*arguments: object, stdin: bytes = b"", **environment: str) -> Run:
    """Run ``newsfilter`` in a process of its own, 80 columns wide."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "", "COLUMNS": "80", "PYTHONPATH": str(ROOT), **environment},
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def redirected(streams: str, *arguments: object) -> Run:
    """Run ``newsfilter`` with its streams as a shell redirects them, such as ``<&-``."""
    shell = ("sh", "-c", f'exec "$@" {streams}', "sh")
    done = subprocess.run(
        [*shell, *PROGRAM, *map(str, arguments)], capture_output=True, check=False, cwd=ROOT, text=True
    )
    return Run(done.returncode, done.stdout, done.stderr)
