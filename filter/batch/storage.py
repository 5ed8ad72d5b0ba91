"""Where bytes live: paths of this machine, and anything that fsspec can reach."""

from __future__ import annotations

import os
import uuid
from typing import Any, BinaryIO, cast

from filter.batch.extras import needed
from filter.errors import CallerError


def is_remote(location: str) -> bool:
    """Return whether a location is a URL (``s3://…``, ``memory://…``) rather than a path."""
    return "://" in location


def file_system(url: str) -> tuple[Any, str]:
    """Return fsspec's file system for a URL, and the path in it.

    Raises
    ------
    CallerError
        If fsspec, or what it needs for this kind of URL, is not installed.
    """
    try:
        system, path = needed("fsspec.core").url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise CallerError(f"{url} can't be reached: {error}") from error
    return system, path


def full_name(location: str) -> str:
    """Return the one name of a location that may be written in several ways, or reached through links."""
    if not is_remote(location):
        return os.path.realpath(location)
    return f"{location.partition('://')[0]}://{file_system(location)[1].strip('/')}"


def open_input(location: str) -> BinaryIO:
    """Open a file for reading."""
    if is_remote(location):
        system, path = file_system(location)
        return cast(BinaryIO, system.open(path, "rb"))
    return open(location, "rb")


def read_bytes(location: str) -> bytes | None:
    """Return what a file holds; ``None`` if there is none."""
    try:
        with open_input(location) as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def size_of(location: str) -> int | None:
    """Return the bytes of a file; ``None`` if there is none."""
    try:
        if is_remote(location):
            system, path = file_system(location)
            size: int = system.info(path)["size"]
            return size
        return os.stat(location).st_size
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_bytes(location: str, data: bytes) -> None:
    """Write a file in one step, in a folder that exists: nobody sees half of it."""
    if is_remote(location):
        system, path = file_system(location)
        system.pipe_file(path, data)
        return
    unfinished = f"{location}.{uuid.uuid4().hex}"
    with open(unfinished, "wb") as file:
        file.write(data)
    os.replace(unfinished, location)
