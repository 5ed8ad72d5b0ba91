"""What the tests of batches share."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from filter.batch import Limits, Options
from tests.batch.standin import HostileCleaner

QUICK = Limits(bytes=10_000, seconds=1.5, megabytes=300)
"""Limits that a hostile page meets soon."""

PATIENT = Limits(bytes=10_000, seconds=120.0, megabytes=300)
"""Limits that no page meets in time's respect."""


def options(**changes: Any) -> Options:
    """Options for the stand-in cleaner on two workers."""
    return replace(Options(limits=PATIENT, make_cleaner=HostileCleaner, workers=2), **changes)


def write_json_lines(path: Path, rows: Iterable[object]) -> Path:
    """Write rows as JSON Lines, compressed if the name says so."""
    data = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def pages(*texts: str | None) -> list[dict[str, object]]:
    """Return one row a page, with an id to carry through."""
    return [{"id": number, "html": text} for number, text in enumerate(texts)]


def read_records(path: Path) -> list[dict[str, Any]]:
    """Read an output of JSON Lines."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return [json.loads(line) for line in lines]
