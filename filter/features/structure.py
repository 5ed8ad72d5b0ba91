"""Where a block stands: its element, the containers around it, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.batch import TAGS, Batch, tag_number
from filter.features.columns import Columns
from filter.features.hints import PARTS, name_parts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

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
    for name, members in ANCESTORS.items():
        flags = np.zeros(len(TAGS) + 1, dtype=np.float32)
        flags[[tag_number(member) for member in members]] = 1
        columns.add(f"{name} ancestors", _over_ancestors(batch, flags[batch.tags])[owners])
    parts = name_parts(batch.hint_words)
    own_parts = parts[batch.hint_numbers[owners]] + parts[batch.inline_hint_numbers]
    for place, part in enumerate(PARTS):
        columns.add(f"{part} ancestors", _over_ancestors(batch, parts[batch.hint_numbers, place])[owners])
        columns.add(f"named {part}", own_parts[:, place])
    columns.add("depth", _over_ancestors(batch, np.ones(batch.elements, dtype=np.float32))[owners])
    columns.add("hint", own[batch.hint_numbers[owners]])
    columns.add("inline hint", own[batch.inline_hint_numbers])
    ancestor_scores = around[batch.hint_numbers]
    columns.add("parent hint", ancestor_scores[batch.parents[owners]])
    columns.add("hints for", _over_ancestors(batch, np.maximum(ancestor_scores, 0))[owners])
    columns.add("hints against", _over_ancestors(batch, np.minimum(ancestor_scores, 0))[owners])


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


def _over_ancestors(batch: Batch, values: Floats) -> Floats:
    """Sum a column of elements over each element and all its ancestors.

    Elements are numbered in document order, so what an element adds holds for
    a run of numbers: a difference array and one running sum do it.
    """
    steps = np.bincount(np.arange(batch.elements), weights=values, minlength=batch.elements + 1)
    steps -= np.bincount(batch.ends, weights=values, minlength=batch.elements + 1)
    return np.cumsum(steps)[:-1].astype(np.float32)


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
