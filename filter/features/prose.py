"""How a block reads: lengths, characters, words, links; and its neighbours' figures."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from filter.article import Kind
from filter.features.batch import Batch
from filter.features.characters import CharacterClass
from filter.features.columns import Columns
from filter.page import KINDS

Floats = npt.NDArray[np.float32]

_HEADING = KINDS.index(Kind.HEADING)

REACH = 3
"""Neighbours looked at on each side."""
NEIGHBOURLY = (
    "characters",
    "link density",
    "text score",
    "amid score",
    "sentence ends",
    "kind",
    "hint",
    "hints against",
)
"""Columns that are repeated for each neighbour."""


def add_prose(columns: Columns, batch: Batch, text_scores: Floats) -> None:
    """Add what can be read off a block's text.

    Parameters
    ----------
    text_scores : float32 array, shape (blocks, 2)
        Log-odds of linear models on words that the block is main content: among all blocks of a page,
        and among those amid main content.
    """
    words = batch.words
    counts = words.counts.astype(np.float32)
    many = np.maximum(counts, 1)
    characters = np.maximum(batch.characters, 1)
    classes = words.classes.astype(np.float32)
    letters = (
        classes[:, CharacterClass.LOWER]
        + classes[:, CharacterClass.UPPER]
        + classes[:, CharacterClass.LETTER]
        + classes[:, CharacterClass.IDEOGRAPH]
    )
    capitalised = np.bincount(words.owners, weights=words.capitalised, minlength=batch.blocks)
    short = np.bincount(words.owners, weights=words.lengths <= 3, minlength=batch.blocks)
    columns.add("characters", np.log1p(batch.characters))
    columns.add("words", np.log1p(counts))
    columns.add("link density", batch.link_characters / characters)
    columns.add("links", np.log1p(batch.link_counts))
    columns.add("text score", text_scores[:, 0])
    columns.add("amid score", text_scores[:, 1])
    columns.add("word length", letters / many)
    columns.add("short words", short / many)
    columns.add("capitalised words", capitalised / many)
    columns.add("letters", letters / characters)
    columns.add("upper case", classes[:, CharacterClass.UPPER] / np.maximum(letters, 1))
    columns.add("sentence ends", classes[:, CharacterClass.SENTENCE_END])
    columns.add("words a sentence", counts / (classes[:, CharacterClass.SENTENCE_END] + 1))
    columns.add("commas", classes[:, CharacterClass.COMMA] / many)
    columns.add("quotes", classes[:, CharacterClass.QUOTE] / many)
    columns.add("digits", classes[:, CharacterClass.DIGIT] / characters)
    columns.add("brackets", classes[:, CharacterClass.BRACKET] / many)
    columns.add("separators", classes[:, CharacterClass.SEPARATOR] / many)
    columns.add("symbols", classes[:, CharacterClass.SYMBOL] / many)
    columns.add("ideographs", classes[:, CharacterClass.IDEOGRAPH] / characters)
    lasts = [text[-1] for page in batch.pages for text in page.texts]
    ending = np.frombuffer("".join(lasts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    for name, marks in (
        ("ends a sentence", '.!?"”»。！？'),
        ("ends in a colon", ":："),
        ("ends cut", "…›→»"),
    ):
        columns.add(name, np.isin(ending, np.array([ord(mark) for mark in marks], dtype=np.uint32)))
    columns.add("repeats", np.log(_repeats(batch)))


def add_place(columns: Columns, batch: Batch) -> None:
    """Add where in the page a block stands, in blocks and in characters."""
    starts = batch.offsets[:-1][batch.page_of_block]
    counts = np.diff(batch.offsets)[batch.page_of_block].astype(np.float32)
    running = np.concatenate(([0.0], np.cumsum(batch.characters, dtype=np.float64)))
    total = (running[batch.offsets[1:]] - running[batch.offsets[:-1]])[batch.page_of_block]
    before = running[:-1] - running[starts]
    places = np.arange(batch.blocks) - starts
    columns.add("place", places / counts)
    columns.add("place from start", np.log1p(places))
    columns.add("place from end", np.log1p(counts - 1 - places))
    columns.add("characters before", before / np.maximum(total, 1))
    columns.add("page blocks", np.log1p(counts))
    columns.add("page characters", np.log1p(total))


def add_headings(columns: Columns, batch: Batch, text_scores: Floats) -> None:
    """Add the heading above a block, and how far it is from the likeliest headline."""
    places = np.arange(batch.blocks)
    starts = batch.offsets[:-1][batch.page_of_block]
    above = last_flagged(batch.kinds[batch.owners] == _HEADING, places)
    known = above >= starts
    safe = np.where(known, above, 0)
    columns.add("heading score", np.where(known, text_scores[safe], np.nan))
    columns.add("heading level", np.where(known, batch.levels[batch.owners][safe], np.nan))
    columns.add("since heading", np.where(known, np.log1p(places - above), np.nan))
    likeness = np.asarray(columns["share in title"]) * np.minimum(np.asarray(columns["share of title"]), 1)
    best = np.full(len(batch.pages), 0.2)
    np.maximum.at(best, batch.page_of_block, likeness)
    hits = np.flatnonzero(likeness == best[batch.page_of_block])
    headline = np.full(len(batch.pages), -1, dtype=np.int64)
    # The last of equals: repeats in breadcrumbs and link bars come before the headline.
    headline[batch.page_of_block[hits]] = hits
    distance = places - headline[batch.page_of_block]
    found = headline[batch.page_of_block] >= 0
    columns.add("since headline", np.where(found, np.sign(distance) * np.log1p(np.abs(distance)), np.nan))


def last_flagged(flags: npt.NDArray[np.bool_], places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return, for each place, the last flagged place before it, or -1."""
    if not len(flags):
        return places
    marks = np.where(flags, places, -1)
    return np.concatenate(([-1], np.maximum.accumulate(marks)[:-1]))


def add_neighbours(columns: Columns, batch: Batch) -> None:
    """Repeat some columns for the blocks before and after, NaN beyond the page."""
    values = np.array([columns[name] for name in NEIGHBOURLY], dtype=np.float32)
    for step in [*range(-REACH, 0), *range(1, REACH + 1)]:
        for name, moved in zip(NEIGHBOURLY, shifted(batch, values, step), strict=True):
            columns.add(f"{name} at {step:+d}", moved)


def shifted(batch: Batch, values: npt.NDArray[np.generic], step: int) -> Floats:
    """Return the values of each block's neighbour ``step`` blocks on, NaN beyond the page, (..., blocks)."""
    result = np.full(values.shape, np.nan, dtype=np.float32)
    here, there = (slice(None, -step), slice(step, None)) if step > 0 else (slice(-step, None), slice(step))
    together = batch.page_of_block[here] == batch.page_of_block[there]
    np.copyto(result[..., here], values[..., there], where=together, casting="same_kind")
    return result


def _repeats(batch: Batch) -> Floats:
    """Count how often each block's text stands in its page."""
    repeats: list[int] = []
    for page in batch.pages:
        counts = Counter(page.texts)
        repeats += [counts[text] for text in page.texts]
    return np.array(repeats, dtype=np.float32)
