"""Fuzz one target for some seconds: ``python -m tests.fuzz.run decode 600``.

Needs atheris (``pip install atheris``). New inputs are kept in a folder that
is printed; an input that breaks a promise is written beside it, and belongs
into ``tests/fuzz/findings``, which the tests replay.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

SEEDS = Path(__file__).parent / "seeds"

LONGEST_INPUT = 8_192
SECONDS_AN_INPUT = 10
MEGABYTES = 2_048


def main() -> None:
    """Read the target and the seconds from the command line, and fuzz."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    with atheris.instrument_imports(include=["filter"]):
        from tests.fuzz.targets import TARGETS
    kept = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    sys.stderr.write(f"new inputs are kept in {kept}\n")
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST_INPUT}",
        f"-timeout={SECONDS_AN_INPUT}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={kept}/finding-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(kept), str(SEEDS)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
