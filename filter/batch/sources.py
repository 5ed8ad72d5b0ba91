"""What the caller names as sources → an ordered list of files."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from filter.batch.compression import Compression
from filter.batch.storage import file_system, is_remote
from filter.batch.writers.folder import INDEX
from filter.errors import CallerError
from filter.render import printable

STANDARD_INPUT = "-"

LONGEST_NAME = 255 - len(".txt")
"""Bytes of a name in a mirror, at most: what file systems take, less the suffix that a page's text gets."""


class Format(StrEnum):
    """How a source holds its pages."""

    PAGE = "page"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"
    STANDARD_INPUT = "stdin"


SUFFIXES = {
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".txt": Format.PAGE,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".parquet": Format.PARQUET,
    ".warc": Format.WARC,
}
"""What files are, by suffix (a suffix of compression aside). In a folder, only these are taken."""

LEADS_NOWHERE = (errno.ELOOP, errno.ENOTDIR, errno.ENAMETOOLONG)
"""How following a link fails that leads back to itself, through what is no folder, or to what can't exist."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file with pages in it.

    Attributes
    ----------
    location : str
        Path or URL to open.
    format : Format
        How it holds its pages.
    mirror : str
        Its place in an output folder, without suffix: relative, never above the folder or where
        its index is, and of names no longer than ``LONGEST_NAME``.
    size : int
        Bytes in storage; 0 where that is not known.
    """

    location: str
    format: Format
    mirror: str
    size: int = 0

    @property
    def name(self) -> str:
        """The location as records and messages show it."""
        return self.location if is_remote(self.location) else printable(self.location)


def find_sources(names: Sequence[str]) -> list[Source]:
    """Return the files that folders, globs, paths and URLs stand for, in a fixed order.

    Links to folders are followed, and each folder is read once, so a loop of
    links ends.

    Raises
    ------
    CallerError
        If a name stands for nothing.
    """
    roots = _mirror_roots(names)
    found: list[Source] = []
    for name, root in zip(names, roots, strict=True):
        before = len(found)
        found.extend(_expand(name, root))
        if len(found) == before:
            raise CallerError(
                f"{printable(name)}: nothing there to clean; name a file, a folder or a pattern that "
                f"holds files ending in {', '.join(SUFFIXES)} (.gz, .zst)"
            )
    return found


def format_of(location: str) -> Format | None:
    """Return the format that a file's suffix tells, if it tells one."""
    name = location.lower()
    name = name.removesuffix(Compression.of(name))
    return next((kind for suffix, kind in SUFFIXES.items() if name.endswith(suffix)), None)


def _expand(name: str, root: str) -> Iterator[Source]:
    if name == STANDARD_INPUT:
        yield Source(name, Format.STANDARD_INPUT, "stdin")
    elif is_remote(name):
        yield from _expand_url(name, root)
    elif os.path.isdir(name):
        for path in _below(name):
            yield _source(path, os.path.relpath(path, name), root)
    elif os.path.lexists(name):
        yield _source(name, os.path.basename(name), root)
    elif glob.has_magic(name):
        fixed = _fixed_part(name)
        if "**" in name:
            list(_below(fixed))  # glob passes over what it may not list
        for path in sorted(glob.iglob(name, recursive=True), key=os.fsencode):
            if not os.path.isdir(path):
                yield _source(path, os.path.relpath(path, fixed), root)
    else:
        raise CallerError(f"{printable(name)}: no such file or folder")


def _below(folder: str) -> Iterator[str]:
    """Yield the files below a folder that hold pages.

    Raises
    ------
    CallerError
        If it or a folder below it can't be listed.
    """
    try:
        yield from _walk(folder)
    except OSError as error:
        raise CallerError(
            f"{printable(str(error.filename))} can't be listed ({error.strerror}): mend it or leave it out"
        ) from error


def _walk(folder: str) -> Iterator[str]:
    """Yield the files below a folder that hold pages, sorted by the bytes of their names."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        status = os.stat(current)
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(current) as entries:
            inside = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        folders = [entry.path for entry in inside if _is_folder(entry)]
        yield from (entry.path for entry in inside if format_of(entry.name) and not _is_folder(entry))
        waiting.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder, or a link to one.

    Raises
    ------
    OSError
        If that can't be told, and pages might be left out for it.
    """
    try:
        return entry.is_dir()
    except OSError as error:
        if error.errno in LEADS_NOWHERE or format_of(entry.name):  # as a page, its record will say so
            return False
        raise


def _expand_url(url: str, root: str) -> Iterator[Source]:
    system, path = file_system(url)
    try:
        if glob.has_magic(path):
            fixed, found = _fixed_part(path), system.glob(path, detail=True)
        else:
            fixed, found = path, system.find(path, detail=True)
    except OSError as error:
        raise CallerError(f"{url} can't be listed: {error}") from error
    for each in sorted(found):
        if found[each].get("type") == "file" and (each == path or format_of(each)):
            relative = PurePosixPath(each).name if each == path else each.removeprefix(fixed)
            yield _source(system.unstrip_protocol(each), relative, root, size=found[each].get("size") or 0)


def _source(location: str, relative: str, root: str, size: int | None = None) -> Source:
    if size is None:
        try:
            size = os.stat(location).st_size
        except OSError:  # a dangling link, or one that loops: its record will say so
            size = 0
    return Source(location, format_of(location) or Format.PAGE, _inside(root, relative), size)


def _mirror_roots(names: Sequence[str]) -> list[str]:
    """Return a folder for each named source: none for a single one, else its name, made unique."""
    if len(names) == 1:
        return [""]
    roots: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for name in names:
        base = root = PurePosixPath(_fixed_part(name)).name or "source"
        while root in roots:
            numbers[base] = numbers.get(base, 1) + 1
            root = f"{base}-{numbers[base]}"
        roots[root] = None
    return list(roots)


def _fixed_part(pattern: str) -> str:
    """Return the folders of a pattern before its first wildcard."""
    parts = pattern.split("/")
    fixed = [part for index, part in enumerate(parts) if not any(map(glob.has_magic, parts[: index + 1]))]
    return "/".join(fixed) or ("/" if pattern.startswith("/") else ".")


def _inside(root: str, relative: str) -> str:
    """Return a relative path that can't lead out of the folder it is joined to, of names that fit there."""
    parts = [part for part in (*root.split("/"), *relative.split("/")) if part not in ("", ".", "..")]
    if parts and parts[0].casefold() == INDEX:  # some file systems don't tell capitals from small letters
        parts[0] = _with_digest(parts[0])
    return "/".join(map(_fitting, parts)) or "page"


def _fitting(name: str) -> str:
    """Return a name that file systems take."""
    return name if len(os.fsencode(name)) <= LONGEST_NAME else _with_digest(name)


def _with_digest(name: str) -> str:
    """Return another name, the same at any time: the beginning, and a digest of the whole."""
    encoded = os.fsencode(name)
    digest = hashlib.blake2b(encoded, digest_size=16).hexdigest()
    beginning = encoded[: LONGEST_NAME - len(digest) - 1].decode("utf-8", "ignore")  # no half characters
    return f"{beginning}-{digest}"
