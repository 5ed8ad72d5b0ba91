"""The second pass's matrix: a block in the light of what the first pass says of the others.

Containers are judged here as wholes: a comment section, a list of teasers or
a "read next" card shows in the mean probability of all it holds, of the
siblings built like it, and of the blocks on the page that look the same.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from filter.article import Kind
from filter.features.batch import TAGS, Batch
from filter.features.columns import Columns
from filter.features.prose import last_flagged, shifted
from filter.features.structure import Containers
from filter.page import KINDS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

REACH = 4
"""Neighbours on each side whose probability is looked at."""
WINDOWS = (2, 6)
"""Blocks on each side over which probabilities are averaged by length."""
_HEADING = KINDS.index(Kind.HEADING)
_SMALL = 1e-6

_Sums: TypeAlias = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
"""Running sums over the blocks of probability by length, and of length."""


def second_features(
    batch: Batch, containers: Containers, first: Floats, probabilities: Floats
) -> tuple[list[str], Floats]:
    """Compute the second pass's features of every block.

    Parameters
    ----------
    batch : Batch
    containers : Containers
    first : float32 array, shape (blocks, first features)
        The first pass's matrix; its columns are taken over.
    probabilities : float32 array, shape (blocks,)
        What the first pass gave each block to be main content.

    Returns
    -------
    names : list of str
        Of the columns added.
    matrix : float32 array, shape (blocks, first features + added features)
    """
    columns = Columns()
    mass = (probabilities * batch.characters).astype(np.float32)
    sums = _running(mass), _running(batch.characters)
    _add_neighbours(columns, batch, probabilities, sums)
    _add_page(columns, batch, probabilities, sums)
    _add_containers(columns, batch, containers, mass, probabilities)
    _add_lookalikes(columns, batch, mass, probabilities)
    _add_sections(columns, batch, probabilities, sums)
    return columns.names, np.hstack((first, columns.matrix()))


def _add_neighbours(columns: Columns, batch: Batch, probabilities: Floats, sums: _Sums) -> None:
    columns.add("probability", probabilities)
    for step in [*range(-REACH, 0), *range(1, REACH + 1)]:
        columns.add(f"probability at {step:+d}", shifted(batch, probabilities, step))
    starts, stops = _page_bounds(batch)
    places = np.arange(batch.blocks)
    for window in WINDOWS:
        first, last = np.maximum(places - window, starts), np.minimum(places + window + 1, stops)
        columns.add(f"probability within {window}", _mean(sums, first, last))
        columns.add(f"probability before {window}", _mean(sums, first, places))
        columns.add(f"probability after {window}", _mean(sums, places + 1, last))


def _add_page(columns: Columns, batch: Batch, probabilities: Floats, sums: _Sums) -> None:
    starts, stops = _page_bounds(batch)
    places = np.arange(batch.blocks)
    running, _ = sums
    total = running[stops] - running[starts]
    columns.add("mass before", (running[places] - running[starts]) / (total + _SMALL))
    columns.add("mass after", (running[stops] - running[places + 1]) / (total + _SMALL))
    columns.add("page mass", np.log1p(total))
    columns.add("page probability", _mean(sums, starts, stops))
    certain = (probabilities > 0.5) & (batch.characters >= 80)
    before = last_flagged(certain, places)
    columns.add("since main content", np.where(before >= starts, places - before, np.nan))
    after = batch.blocks - 1 - last_flagged(certain[::-1], places)[::-1]
    columns.add("until main content", np.where(after < stops, after - places, np.nan))


def _add_containers(
    columns: Columns, batch: Batch, containers: Containers, mass: Floats, probabilities: Floats
) -> None:
    held = containers.sums(mass)
    characters = containers.sums(batch.characters)
    likely = containers.sums((probabilities > 0.5).astype(np.float32))
    blocks = np.maximum(batch.last_blocks - batch.first_blocks, 1)
    page_mass = held[batch.roots][batch.page_of_block]
    alike_mean = _alike_mean(containers, held, characters)
    for number, level in enumerate(containers.levels):
        columns.add(f"container {number} mass", held[level] / (page_mass + _SMALL))
        columns.add(f"container {number} probability", held[level] / (characters[level] + _SMALL))
        columns.add(f"container {number} likely", likely[level] / blocks[level])
        columns.add(f"container {number} alike probability", alike_mean[level])


def _add_lookalikes(columns: Columns, batch: Batch, mass: Floats, probabilities: Floats) -> None:
    """Add the mean over blocks of the page that have the same style, and the same tag."""
    owners = batch.owners
    tags = batch.tags[owners]
    hints = batch.hint_numbers[owners]
    parents = batch.hint_numbers[batch.parents[owners]]
    many = len(batch.hints) + 1
    page_tag = batch.page_of_block * (len(TAGS) + 1) + tags
    style = (page_tag * many + hints) * many + parents
    for name, key in (("style", style), ("tag", page_tag)):
        _, group = np.unique(key, return_inverse=True)
        sizes = np.bincount(group)
        lengths = np.bincount(group, weights=batch.characters)
        columns.add(f"{name} probability", (np.bincount(group, weights=mass) / (lengths + _SMALL))[group])
        columns.add(f"{name} mean", (np.bincount(group, weights=probabilities) / sizes)[group])
        columns.add(f"{name} blocks", np.log1p(sizes[group]))


def _add_sections(columns: Columns, batch: Batch, probabilities: Floats, sums: _Sums) -> None:
    """Add the heading above a block, and the mean of what stands below that heading."""
    _, lengths = sums
    starts, _ = _page_bounds(batch)
    places = np.arange(batch.blocks)
    heading = batch.kinds[batch.owners] == _HEADING
    above = last_flagged(heading, places)
    known = above >= starts
    safe = np.where(known, above, 0)
    columns.add("heading probability", np.where(known, probabilities[safe] if len(safe) else 0, np.nan))
    # A section runs from its heading to the next one or the end of the page.
    section = np.cumsum(heading)
    changes = np.flatnonzero(np.diff(section, prepend=-1) | np.diff(batch.page_of_block, prepend=-1))
    number = np.searchsorted(changes, places, side="right") - 1
    first = changes[number] if len(changes) else places
    last = np.append(changes[1:], batch.blocks)[number] if len(changes) else places
    columns.add("section probability", _mean(sums, first, last))
    columns.add("section characters", np.log1p(lengths[last] - lengths[first]))


def _page_bounds(batch: Batch) -> tuple[Ints, Ints]:
    return batch.offsets[:-1][batch.page_of_block], batch.offsets[1:][batch.page_of_block]


def _running(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))


def _mean(sums: _Sums, first: Ints, last: Ints) -> npt.NDArray[np.float64]:
    """Average probabilities by length over blocks ``first`` to ``last - 1``; NaN where there are none."""
    masses, total = sums
    result: npt.NDArray[np.float64] = np.where(
        last > first, (masses[last] - masses[first]) / (total[last] - total[first] + _SMALL), np.nan
    )
    return result


def _alike_mean(
    containers: Containers, held: npt.NDArray[np.float64], characters: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Average over the siblings of the same name and hint as each element, shape (elements,)."""
    groups = containers.alike
    means = np.bincount(groups, weights=held) / (np.bincount(groups, weights=characters) + _SMALL)
    result: npt.NDArray[np.float64] = means[groups]
    return result
