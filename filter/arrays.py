"""What models are made of, as plain arrays under names: put together, and taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]


def join(parts: Mapping[str, Arrays]) -> dict[str, npt.NDArray[Any]]:
    """Lay the arrays of several parts side by side, each under its part's name, a dot and its own."""
    return {f"{name}.{key}": array for name, arrays in parts.items() for key, array in arrays.items()}


def part(arrays: Arrays, name: str) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays whose names begin with ``name.``, under what follows."""
    start = f"{name}."
    return {key[len(start) :]: array for key, array in arrays.items() if key.startswith(start)}
