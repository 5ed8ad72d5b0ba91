"""Where a block stands: its element, the containers around it, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from filter.features.batch import TAGS, Batch, tag_number
from filter.features.columns import Columns
from filter.features.hints import PARTS, name_parts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_Number = TypeVar("_Number", np.int32, np.float64)

LEVELS = 4
"""Containers around a block that are looked at, each holding more blocks than the one inside it."""

ANCESTORS = {
    "article": ("article",),
    "main": ("main",),
    "header": ("header",),
    "footer": ("footer",),
    "navigation": ("nav",),
    "aside": ("aside",),
    "form": ("form",),
    "figure": ("figure",),
    "table": ("table",),
    "list": ("ul", "ol"),
    "section": ("section",),
    "quote": ("blockquote",),
    "button": ("button",),
    "definitions": ("dl",),
    "noscript": ("noscript",),
}
"""Elements whose number around a block is a feature."""

OWN_TAGS = [
    "p",
    "div",
    "li",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dd",
    "pre",
    "figcaption",
    "article",
    "section",
    "button",
    "time",
    "address",
]
"""Innermost elements that have a feature of their own."""


@dataclass(frozen=True, slots=True)
class Containers:
    """The containers around each block, and sums over what a container holds.

    Attributes
    ----------
    levels : list of int64 arrays, shape (blocks,)
        Element at each of ``LEVELS`` levels, innermost first; each holds more blocks
        than the one before, until the page's root, which repeats.
    first_blocks, last_blocks : int64 arrays, shape (elements,)
        What each element holds.
    alike : int64 array, shape (elements,)
        The same number for siblings of the same name and hint.
    """

    levels: list[Ints]
    first_blocks: Ints
    last_blocks: Ints
    alike: Ints

    def sums(self, values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
        """Sum a column of blocks over what each element holds, shape (elements,)."""
        running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        result: npt.NDArray[np.float64] = running[self.last_blocks] - running[self.first_blocks]
        return result


def find_containers(batch: Batch) -> Containers:
    """Find the elements around each block that differ in what they hold.

    Elements that hold the same blocks (a ``div`` in a ``div``) count as one,
    the outermost of them, so that wrappers do not push the telling containers
    out of sight.
    """
    same = (batch.first_blocks[batch.parents] == batch.first_blocks) & (
        batch.last_blocks[batch.parents] == batch.last_blocks
    )
    outermost = np.where(same, batch.parents, np.arange(batch.elements))
    # Pointer jumping: the distance halves each time, so log(depth) rounds do.
    while not np.array_equal(farther := outermost[outermost], outermost):
        outermost = farther
    level = outermost[batch.owners]
    levels = []
    for _ in range(LEVELS):
        levels.append(level)
        level = outermost[batch.parents[level]]
    key = (batch.parents * (len(batch.hints) + 1) + batch.hint_numbers) * (len(TAGS) + 1) + batch.tags
    _, alike = np.unique(key, return_inverse=True)
    return Containers(levels, batch.first_blocks, batch.last_blocks, alike)


def add_elements(columns: Columns, batch: Batch, hint_scores: Floats) -> None:
    """Add what a block's own element and its ancestors are.

    Parameters
    ----------
    hint_scores : float32 array, shape (hints, 2)
        Log-odds that each hint of the batch speaks for main content: as a block's own, and
        as an ancestor's.
    """
    owners = batch.owners
    tags = batch.tags[owners]
    own, around = hint_scores[:, 0], hint_scores[:, 1]
    for tag in OWN_TAGS:
        columns.add(f"is {tag}", tags == tag_number(tag))
    parent_tags = batch.tags[batch.parents[owners]]
    for tag in ("li", "div", "article", "td"):
        columns.add(f"in {tag}", parent_tags == tag_number(tag))
    columns.add("kind", batch.kinds[owners])
    columns.add("level", batch.levels[owners])
    columns.add("hidden", batch.hidden[owners])
    over_ancestors = _Ancestors.of(batch)
    flags = np.zeros((len(ANCESTORS), len(TAGS) + 1), dtype=np.int32)
    for place, members in enumerate(ANCESTORS.values()):
        flags[place, [tag_number(member) for member in members]] = 1
    for name, counts in zip(ANCESTORS, over_ancestors.sums(flags.take(batch.tags, axis=1)), strict=True):
        columns.add(f"{name} ancestors", counts)
    parts = name_parts(batch.hint_words)
    own_parts = parts[batch.hint_numbers[owners]] + parts[batch.inline_hint_numbers]
    around_parts = over_ancestors.sums(parts.T.astype(np.int32).take(batch.hint_numbers, axis=1))
    for place, part in enumerate(PARTS):
        columns.add(f"{part} ancestors", around_parts[place])
        columns.add(f"named {part}", own_parts[:, place])
    columns.add("depth", over_ancestors.sums(np.ones((1, batch.elements), dtype=np.int32))[0])
    columns.add("hint", own[batch.hint_numbers[owners]])
    columns.add("inline hint", own[batch.inline_hint_numbers])
    ancestor_scores = around[batch.hint_numbers]
    columns.add("parent hint", ancestor_scores[batch.parents[owners]])
    # Scores are multiples of 1/4096, whose sums are exact at double precision.
    doubles = ancestor_scores.astype(np.float64)
    columns.add("hints for", over_ancestors.sums(np.maximum(doubles, 0)[None])[0])
    columns.add("hints against", over_ancestors.sums(np.minimum(doubles, 0)[None])[0])


def add_containers(columns: Columns, batch: Batch, containers: Containers, text_scores: Floats) -> None:
    """Add what the containers around a block hold, level by level.

    Parameters
    ----------
    text_scores : float32 array, shape (blocks,)
        The score of a container's first block tells what it is headed: "Comments", "Read next".
    """
    weighed = containers.sums(text_scores * batch.characters)
    characters = containers.sums(batch.characters)
    linked = containers.sums(batch.link_characters)
    long = containers.sums((batch.characters >= 80) & (batch.link_characters < 0.5 * batch.characters))
    blocks = batch.last_blocks - batch.first_blocks
    children = np.bincount(batch.parents, minlength=batch.elements)
    alike, alike_characters = _siblings_alike(containers, characters)
    page_characters = characters[batch.roots][batch.page_of_block]
    for number, level in enumerate(containers.levels):
        held = np.maximum(characters[level], 1)
        columns.add(f"container {number} share", held / np.maximum(page_characters, 1))
        columns.add(f"container {number} characters", np.log1p(held))
        columns.add(f"container {number} blocks", np.log1p(blocks[level]))
        columns.add(f"container {number} link density", linked[level] / held)
        columns.add(f"container {number} long blocks", long[level] / np.maximum(blocks[level], 1))
        columns.add(f"container {number} children", np.log1p(children[level]))
        columns.add(f"container {number} alike", np.log1p(alike[level]))
        columns.add(f"container {number} alike characters", np.log1p(alike_characters[level]))
        columns.add(f"container {number} text score", weighed[level] / held)
        columns.add(f"container {number} head", text_scores[batch.first_blocks[level]])
        columns.add(f"container {number} tag", batch.tags[level])
        place = np.arange(batch.blocks) - batch.first_blocks[level]
        columns.add(f"container {number} place", place / np.maximum(blocks[level], 1))


@dataclass(frozen=True, slots=True)
class _Ancestors:
    """Sums over each block's element and all the elements around it.

    Elements are numbered in document order. So those around an element are all that began
    before it but for those that ended before it: two running sums do it.

    Attributes
    ----------
    owners : int64 array, shape (blocks,)
    order : int64 array, shape (elements,)
        The elements in the order in which they end.
    ended : int64 array, shape (blocks,)
        How many elements ended before each block's element began.
    """

    owners: Ints
    order: Ints
    ended: Ints

    @classmethod
    def of(cls, batch: Batch) -> _Ancestors:
        ended = np.cumsum(np.bincount(batch.ends, minlength=batch.elements))
        return cls(batch.owners, np.argsort(batch.ends, kind="stable"), ended[batch.owners])

    def sums(self, values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
        """Sum columns of elements exactly, shape (columns, elements) to (columns, blocks)."""
        begun = np.cumsum(values, axis=1, dtype=values.dtype)
        result = begun.take(self.owners, axis=1)
        ended = np.zeros((len(values), values.shape[1] + 1), dtype=values.dtype)
        np.cumsum(values.take(self.order, axis=1), axis=1, out=ended[:, 1:])
        result -= ended.take(self.ended, axis=1)
        return result


def _siblings_alike(containers: Containers, characters: npt.NDArray[np.float64]) -> tuple[Ints, Floats]:
    """Count, for each element, the siblings of the same name and hint, itself included.

    Returns
    -------
    counts : int64 array, shape (elements,)
    characters : float array, shape (elements,)
        Mean characters that each of them holds.
    """
    groups = containers.alike
    counts = np.bincount(groups)
    means = np.bincount(groups, weights=characters) / counts
    return counts[groups], means[groups].astype(np.float32)
