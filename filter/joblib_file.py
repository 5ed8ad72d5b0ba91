"""Files of joblib that hold nothing but arrays and plain values.

joblib writes them, but does not read them here: its files are pickles, and
unpickling can run any code. Instead, the standard library's disassembler names
the operations one by one, and the few that build dictionaries, lists, strings,
numbers and arrays are carried out below. Whatever else a file asks for is
refused. This also spares a command the 50 ms that importing joblib takes.

The layout of arrays is that of ``joblib.numpy_pickle`` since joblib 0.10: the
state of a ``NumpyArrayWrapper``, padding, then the bytes of the array.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from pickletools import genops
from typing import Any

import numpy as np
import numpy.typing as npt

MAXIMUM_BYTES = 256_000_000
"""Most bytes that a compressed file may grow to."""

_ELEMENT_TYPES = frozenset(["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"])

_ZLIB_HEADER = b"\x78"

_MARK = object()

_CONSTANTS: dict[str, Any] = {
    "NONE": None,
    "NEWTRUE": True,
    "NEWFALSE": False,
    "MARK": _MARK,
}

_LITERALS = frozenset(
    ["BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8"]
)


class UnreadableFileError(ValueError):
    """The file is cut short, no joblib file, or holds more than arrays and plain values."""


@dataclass(slots=True)
class _Name:
    """A class that the file refers to: only ever compared, never looked up."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass(slots=True)
class _ElementType:
    code: str
    order: str = "<"

    def dtype(self) -> npt.DTypeLike:
        return np.dtype(self.order + self.code)


class _ArrayHeader:
    """Stands where an array will be, until its shape and bytes have been read."""


class NotPlainError(ValueError):
    """A value to be written is neither plain nor an array of numbers."""


def write(value: Mapping[str, Any], path: Path, *, compress: int = 0) -> None:
    """Write a dictionary of arrays and plain values with ``joblib.dump``.

    Equal values make equal files: tuples become lists, and a string is stored
    once however often it occurs.

    Parameters
    ----------
    value : Mapping
        With strings as keys, at every depth.
    path : Path
    compress : int
        Level of zlib from 0 (none) to 9.

    Raises
    ------
    NotPlainError
        Naming what can't be written, and where it stands.
    """
    import joblib  # here, because only training writes files

    joblib.dump(plain(value, "", {}), path, compress=("zlib", compress) if compress else 0, protocol=4)


def plain(value: Any, place: str, strings: dict[str, str]) -> Any:
    """Return a value as it is written; `place` says where it stands, `strings` holds those met so far."""
    if isinstance(value, str):
        return strings.setdefault(value, str(value))
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, np.ndarray) and value.dtype.str[1:] in _ELEMENT_TYPES:
        return np.asarray(value, order="C")
    if isinstance(value, np.generic):
        return plain(value.item(), place, strings)
    if isinstance(value, Mapping):
        return {
            plain(str(key), place, strings): plain(item, f"{place}[{key!r}]", strings)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(item, place, strings) for item in value]
    raise NotPlainError(f"{value!r} in {place} is neither a plain value nor an array of numbers")


def read(data: bytes) -> Any:
    """Build the value that ``joblib.dump`` wrote.

    Parameters
    ----------
    data : bytes
        The whole file, plain or compressed with zlib.

    Returns
    -------
    object
        Dictionaries, lists, tuples, strings, numbers, booleans, ``None``, and
        arrays, which are read-only views of ``data``.

    Raises
    ------
    UnreadableFileError
        If it is cut short, no such file, or asks for anything else.
    """
    if data.startswith(_ZLIB_HEADER):
        data = _decompress(data)
    try:
        return _Machine(data).run()
    except UnreadableFileError:
        raise
    except (ValueError, IndexError, KeyError, TypeError, OverflowError) as error:
        raise UnreadableFileError(f"it is damaged ({error})") from error


def _decompress(data: bytes) -> bytes:
    decompressor = zlib.decompressobj()
    try:
        plain = decompressor.decompress(data, MAXIMUM_BYTES)
    except zlib.error as error:
        raise UnreadableFileError(f"it is damaged ({error})") from error
    if not decompressor.eof:
        grown = len(plain) >= MAXIMUM_BYTES
        raise UnreadableFileError("it grows beyond all measure" if grown else "it is cut short")
    return plain


class _Machine:
    """A stack of values and the operations that a file of plain values needs."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stream = io.BytesIO(data)
        self._stack: list[Any] = []
        self._memo: list[Any] = []

    def run(self) -> Any:
        for operation, argument, _ in genops(self._stream):
            if operation.name == "STOP":
                break
            self._do(operation.name, argument)
        if len(self._stack) != 1:
            raise UnreadableFileError("it is damaged (values are left over)")
        return self._stack[0]

    def _do(self, operation: str, argument: Any) -> None:
        stack = self._stack
        if operation in _LITERALS:
            stack.append(argument)
        elif operation in _CONSTANTS:
            stack.append(_CONSTANTS[operation])
        else:
            match operation:
                case "PROTO" | "FRAME":
                    pass
                case "MEMOIZE":
                    self._memo.append(stack[-1])
                case "BINGET" | "LONG_BINGET":
                    stack.append(self._memo[argument])
                case "EMPTY_DICT":
                    stack.append({})
                case "EMPTY_LIST":
                    stack.append([])
                case "EMPTY_TUPLE":
                    stack.append(())
                case "TUPLE1" | "TUPLE2" | "TUPLE3":
                    stack.append(tuple(self._pop(int(operation[-1]))))
                case "TUPLE":
                    stack.append(tuple(self._pop_to_mark()))
                case "APPEND":
                    self._extend(self._pop(1))
                case "APPENDS":
                    self._extend(self._pop_to_mark())
                case "SETITEM":
                    self._update(self._pop(2))
                case "SETITEMS":
                    self._update(self._pop_to_mark())
                case "STACK_GLOBAL":
                    module, name = self._pop(2)
                    stack.append(_Name(module, name))
                case "NEWOBJ":
                    self._begin_array()
                case "REDUCE":
                    self._make_element_type()
                case "BUILD":
                    self._finish()
                case _:
                    raise UnreadableFileError(f"it holds more than arrays and plain values ({operation})")

    def _pop(self, count: int) -> list[Any]:
        if len(self._stack) < count:
            raise UnreadableFileError("it is damaged (values are missing)")
        values = self._stack[-count:]
        del self._stack[-count:]
        return values

    def _pop_to_mark(self) -> list[Any]:
        values = []
        while (value := self._stack.pop()) is not _MARK:
            values.append(value)
        return values[::-1]

    def _extend(self, values: list[Any]) -> None:
        if type(self._stack[-1]) is not list:
            raise UnreadableFileError("it is damaged (items outside a list)")
        self._stack[-1].extend(values)

    def _update(self, values: list[Any]) -> None:
        keys = values[0::2]
        if type(self._stack[-1]) is not dict or not all(type(key) is str for key in keys):
            raise UnreadableFileError("it is damaged (items outside a dictionary)")
        self._stack[-1].update(zip(keys, values[1::2], strict=True))

    def _begin_array(self) -> None:
        name, arguments = self._pop(2)
        if name != _Name("joblib.numpy_pickle", "NumpyArrayWrapper") or arguments != ():
            raise _asks_for(name)
        self._stack.append(_ArrayHeader())

    def _make_element_type(self) -> None:
        name, arguments = self._pop(2)
        if name != _Name("numpy", "dtype"):
            raise _asks_for(name)
        if arguments[0] not in _ELEMENT_TYPES:
            raise UnreadableFileError(f"it holds an array of {arguments[0]!r}, which is no number")
        self._stack.append(_ElementType(arguments[0]))

    def _finish(self) -> None:
        target, state = self._pop(2)
        if isinstance(target, _ElementType):
            # The same type may be in the memo already, so it is completed in place.
            target.order = "<" if state[1] == "|" else state[1]
            self._stack.append(target)
        elif isinstance(target, _ArrayHeader):
            self._stack.append(self._read_array(state))
        else:
            raise UnreadableFileError("it is damaged (state without an object)")

    def _read_array(self, state: dict[str, Any]) -> npt.NDArray[Any]:
        if state["subclass"] != _Name("numpy", "ndarray"):
            raise _asks_for(state["subclass"])
        if state.get("numpy_array_alignment_bytes") is not None:
            (padding,) = self._stream.read(1)
            self._stream.seek(padding, io.SEEK_CUR)
        if not isinstance(state["dtype"], _ElementType):
            raise UnreadableFileError("it is damaged (an array without a type)")
        dtype = np.dtype(state["dtype"].dtype())
        shape = tuple(map(int, state["shape"]))
        if any(size < 0 for size in shape) or state["order"] not in ("C", "F"):
            raise UnreadableFileError("it is damaged (an array without a shape)")
        start, count = self._stream.tell(), math.prod(shape)
        if start + count * dtype.itemsize > len(self._data):
            raise UnreadableFileError("it is cut short")
        self._stream.seek(start + count * dtype.itemsize)
        values = np.frombuffer(self._data, dtype, count, start) if count else np.empty(0, dtype)
        array = values.reshape(shape, order=state["order"]).astype(dtype.newbyteorder("="), copy=False)
        array.setflags(write=False)
        return array


def _asks_for(name: object) -> UnreadableFileError:
    return UnreadableFileError(f"it asks for the code of {name}, which is never loaded")
