"""Where sources and output meet: no batch reads what it writes, or writes over what it reads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

from filter.batch.outputs import Form, Output
from filter.batch.sources import STANDARD_INPUT, Source
from filter.batch.storage import full_name, is_remote
from filter.errors import CallerError


def without_output(
    sources: Sequence[Source], names: Sequence[str], output: Output, *, overwrite: bool
) -> list[Source]:
    """Return the sources without those that are the output's own.

    An output may lie in a folder of sources: there it is found when the same
    command is given again. That a batch wrote it is told by its journal.

    Parameters
    ----------
    sources : sequence of Source
        What was found.
    names : sequence of str
        What the caller named.
    output : Output
        Where the records go.
    overwrite : bool
        Whether the output begins anew.

    Raises
    ------
    CallerError
        If a source would be written over, or there is nothing to read but the output.
    """
    is_own = own_files(output)
    apart = [source for source in sources if not is_own(source.location)]
    if len(apart) == len(sources):
        return apart
    written_before = output.journal_path.exists()
    lost = overwrite and any(map(is_own, names))  # who names it wants it read
    if lost or not written_before or not apart:
        both = next(source for source in sources if is_own(source.location))
        raise CallerError(
            f"{both.name} is a source and part of the output {output.name}, which would be written over it: "
            "choose another output, or leave it out of the sources"
        )
    return apart


def own_files(output: Output) -> Callable[[str], bool]:
    """Return what tells whether a location is part of an output, by whatever name or link it goes."""
    if output.form is Form.STREAM:
        return lambda _location: False
    places = {full_name(output.name.rstrip("/")), full_name(str(output.path))}
    inside = tuple(f"{place}/" for place in places)
    files = places | {full_name(str(path)) for path in output.companions}
    identities = {_identity(file) for file in files} - {None}

    def is_own(location: str) -> bool:
        if location == STANDARD_INPUT:
            return False
        path = full_name(location)
        return path in files or path.startswith(inside) or _identity(location) in identities

    return is_own


def check_apart(sources: Iterable[Source], outputs: Iterable[str]) -> None:
    """Refuse sources that are among the files to be written.

    Raises
    ------
    CallerError
        If there is one.
    """
    written = set(map(full_name, outputs))
    both = next((source for source in sources if full_name(source.location) in written), None)
    if both is not None:
        raise CallerError(
            f"{both.name} is a source and an output: choose another output, or leave it out of the sources"
        )


def _identity(location: str) -> tuple[int, int] | None:
    """Return what a file of this machine keeps under another name; ``None`` if there is none."""
    if is_remote(location):
        return None
    try:
        status = os.stat(location)
    except OSError:
        return None
    return status.st_dev, status.st_ino
