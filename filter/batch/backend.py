"""The engines that can run shards."""

from __future__ import annotations

from enum import StrEnum


class Backend(StrEnum):
    """An engine, by joblib's name for it."""

    LOKY = "loky"
    """Processes of this machine."""
    DASK = "dask"
    RAY = "ray"
