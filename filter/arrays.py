"""What models are made of, as plain arrays under names: put together, taken apart, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt

from filter.errors import ModelError

Arrays = Mapping[str, npt.NDArray[Any]]


def join(parts: Mapping[str, Arrays]) -> dict[str, npt.NDArray[Any]]:
    """Lay the arrays of several parts side by side, each under its part's name, a dot and its own."""
    return {f"{name}.{key}": array for name, arrays in parts.items() for key, array in arrays.items()}


def part(arrays: Arrays, name: str) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays whose names begin with ``name.``, under what follows."""
    start = f"{name}."
    return {key[len(start) :]: array for key, array in arrays.items() if key.startswith(start)}


def require_shape(name: str, array: npt.NDArray[Any], shape: tuple[int, ...]) -> None:
    """Refuse an array of another shape.

    Raises
    ------
    ModelError
        Naming the array.
    """
    if array.shape != shape:
        raise ModelError(
            f"the model's array {name!r} has the shape {array.shape}, not {shape}: train the model again"
        )


def require_buckets(name: str, table: npt.NDArray[Any], *rest: int) -> None:
    """Refuse a table for hashes whose length is no power of two: they would fall into wrong buckets.

    Parameters
    ----------
    name : str
    table : array, shape (2**bits, *rest)
    *rest : int

    Raises
    ------
    ModelError
        Naming the table.
    """
    require_shape(name, table, (len(table) if table.ndim else 0, *rest))
    if len(table).bit_count() != 1:
        raise ModelError(f"the table {name!r} has {len(table)} rows, no power of two: train the model again")
