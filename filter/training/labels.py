"""Gold pages become training rows: a label and a weight for each block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.article import Label
from filter.training.alignment import coverage
from filter.training.metrics import words as words_of
from filter.training.pages import GoldPage

Floats = npt.NDArray[np.float32]

UNKNOWN = -1
"""Label of a block that nobody judged."""
COVERED = 0.5
"""A block is main content if the gold text holds at least this share of its words."""
DOUBTFUL = 0.2
"""Above this share a block that is not main content counts against it with a third of its weight."""
_SEGMENT_WEIGHT = 0.5
"""What all judged blocks of a page known by segments weigh together, beside a whole gold page's 1."""
_COMPOSED_WEIGHT = 0.4
"""What all blocks of a page with others put in weigh together: the rest is known from the page itself."""
_TITLE_LIKENESS = 0.7


@dataclass(frozen=True, slots=True)
class BlockLabels:
    """What is known of a page's blocks.

    Attributes
    ----------
    main : int8 array, shape (blocks,)
        1 for main content, 0 for none, ``UNKNOWN``.
    weights : float32 array, shape (blocks,)
        They sum to 1 on a page that was found and is known in whole.
    title : int8 array, shape (blocks,)
        1 for the headline, 0 for others, ``UNKNOWN`` where the page's headline is not known.
    """

    main: npt.NDArray[np.int8]
    weights: Floats
    title: npt.NDArray[np.int8]


def label_blocks(gold: GoldPage) -> BlockLabels:
    """Work out the labels of a gold page's blocks."""
    words = [words_of(text) for text in gold.page.texts]
    lengths = np.array([len(block) for block in words], dtype=np.float32)
    if gold.labels:
        main = np.array([label == Label.ARTICLE for label in gold.labels], dtype=np.int8)
        title = np.array([label == Label.TITLE for label in gold.labels], dtype=np.int8)
        return BlockLabels(main, _spread(np.sqrt(lengths + 2)), title)
    if gold.gold is not None:
        shares = coverage(gold.page.texts, gold.gold)
        main = (shares >= COVERED).astype(np.int8)
        # A block weighs by its words, but less than in proportion: the word F1 of the page is what
        # is measured, and one long comment must not outweigh ten paragraphs.
        weights = np.sqrt((lengths + 2) / (len(words_of(gold.gold)) + 100))
        weights[(shares > DOUBTFUL) & (shares < COVERED)] *= 0.3
        total = 1.0
        if gold.added:
            added = list(gold.added)
            main[added] = 0
            weights[added] *= gold.stress
            total = _COMPOSED_WEIGHT
        return BlockLabels(main, _spread(weights) * np.float32(total), _title_labels(gold, words, main))
    main = _segment_labels(gold, words)
    known = max(int((main != UNKNOWN).sum()), 1)
    weights = np.where(main != UNKNOWN, _SEGMENT_WEIGHT / known, 0).astype(np.float32)
    return BlockLabels(main, weights, _title_labels(gold, words, main))


def _spread(weights: npt.NDArray[np.floating[npt.NBitBase]]) -> Floats:
    return (weights / max(float(weights.sum()), 1e-9)).astype(np.float32)


def _segment_labels(gold: GoldPage, words: Sequence[Sequence[str]]) -> npt.NDArray[np.int8]:
    """Label the blocks that hold a segment; of several that hold one wanted, the longest."""
    labels = np.full(len(words), UNKNOWN, dtype=np.int8)
    texts = [f" {' '.join(block)} " for block in words]
    for segment in gold.absent:
        for block in _holding(texts, segment):
            labels[block] = 0
    labels[_wanted(texts, gold.present)] = 1
    return labels


def segment_span(
    texts: Sequence[str], present: Sequence[str], absent: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Take all blocks from the first to the last that holds a wanted segment, but those that hold another.

    Parameters
    ----------
    texts : sequence of str
        Of a page's blocks.
    present, absent : sequence of str
        Segments that the main content must hold, and must not.

    Returns
    -------
    bool array, shape (blocks,)
        None is taken where fewer than two blocks hold a wanted segment.
    """
    padded = [f" {' '.join(words_of(text))} " for text in texts]
    taken = np.zeros(len(texts), dtype=bool)
    found = _wanted(padded, present)
    if len(set(found)) > 1:
        taken[min(found) : max(found) + 1] = True
        for segment in absent:
            taken[_holding(padded, segment)] = False
    return taken


def _wanted(texts: Sequence[str], segments: Sequence[str]) -> list[int]:
    """Return, for each segment that a block holds, the longest block that does."""
    holding = [_holding(texts, segment) for segment in segments]
    return [max(blocks, key=lambda block: len(texts[block])) for blocks in holding if blocks]


def _holding(texts: Sequence[str], segment: str) -> list[int]:
    wanted = f" {' '.join(words_of(segment))} "
    return [block for block, text in enumerate(texts) if wanted in text] if wanted.strip() else []


def _title_labels(
    gold: GoldPage, words: Sequence[Sequence[str]], main: npt.NDArray[np.int8]
) -> npt.NDArray[np.int8]:
    """Find the headline: the block most like the known title; headings near the text come first."""
    title = set(words_of(gold.title))
    labels = np.full(len(words), UNKNOWN, dtype=np.int8)
    if not title:
        return labels
    start = int(np.flatnonzero(main == 1)[0]) if (main == 1).any() else 0
    best, choice = 0.0, -1
    for block, block_words in enumerate(words):
        shared = len(title.intersection(block_words))
        likeness = shared / max(len(title.union(block_words)), 1)
        if likeness < _TITLE_LIKENESS:
            continue
        level = gold.page.level(block) if gold.page.kind(block) == "heading" else 7
        rank = likeness + (7 - level) / 10 - abs(start - block) / 1000
        if rank > best:
            best, choice = rank, block
    if choice >= 0:
        labels[:] = 0
        labels[choice] = 1
    return labels
