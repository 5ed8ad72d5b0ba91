"""Gold text is laid along a page's blocks: which block is in it, and how much of it.

A chain of matches, in order and without overlap, that covers most gold words
decides. So a short block ("Share", "2019") counts only where the gold text
has room for it, and tolerates changed markup, white space and punctuation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.training.metrics import words as words_of

SHINGLE = 3
"""Words of a block that must stand together in the gold text to be looked at."""
COMMON = 40
"""A shingle found at more places of the gold text than this says nothing."""
CANDIDATES = 4
"""Places considered for a block."""
SLACK = 12
"""Words by which matched shingles of one block may drift apart (inserted or left out)."""


@dataclass(frozen=True, slots=True)
class _Match:
    block: int
    start: int
    end: int
    matched: int


def coverage(texts: Sequence[str], gold: str) -> npt.NDArray[np.float32]:
    """Return the share of each block's words that the gold text holds, in order.

    Parameters
    ----------
    texts : sequence of str
        The blocks of a page in document order.
    gold : str
        The page's main content.

    Returns
    -------
    float32 array, shape (blocks,)
        0 to 1; a block without words has the mean of its neighbours.
    """
    gold_words = words_of(gold)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, SHINGLE + 1):
        for start in range(len(gold_words) - size + 1):
            places[tuple(gold_words[start : start + size])].append(start)
    block_words = [words_of(text) for text in texts]
    matches = [
        match
        for block, words in enumerate(block_words)
        for match in _candidates(block, words, gold_words, places)
    ]
    shares = np.zeros(len(texts), dtype=np.float32)
    taken = np.zeros(len(gold_words) + 1, dtype=bool)
    for match in _best_chain(matches, len(gold_words)):
        shares[match.block] = match.matched / len(block_words[match.block])
        taken[match.start : match.end] = True
    _add_out_of_order(shares, matches, block_words, taken)
    return _fill_wordless(shares, block_words)


def _candidates(
    block: int,
    words: list[str],
    gold_words: list[str],
    places: dict[tuple[str, ...], list[int]],
) -> list[_Match]:
    """Return the places of the gold text where a block may stand."""
    size = min(SHINGLE, len(words))
    if not size:
        return []
    hits: list[tuple[int, int]] = []
    for offset in range(len(words) - size + 1):
        found = places.get(tuple(words[offset : offset + size]), ())
        if len(found) <= COMMON or len(words) <= size:
            hits.extend((place - offset, place) for place in found)
    hits.sort()
    clusters: list[list[tuple[int, int]]] = []
    for hit in hits:
        # A block no longer than a shingle stands at one place: near ones are other occurrences.
        if clusters and len(words) > size and hit[0] - clusters[-1][-1][0] <= SLACK:
            clusters[-1].append(hit)
        else:
            clusters.append([hit])
    clusters.sort(key=len, reverse=True)
    limit = CANDIDATES if len(words) > size else 4 * CANDIDATES
    wanted = Counter(words)
    result = []
    for cluster in clusters[:limit]:
        start = min(place for _, place in cluster)
        end = max(place for _, place in cluster) + size
        start, end = _widen(start, end, words, gold_words)
        matched = sum((wanted & Counter(gold_words[start:end])).values())
        if matched >= 0.4 * len(words):
            result.append(_Match(block, start, end, matched))
    return result


def _widen(start: int, end: int, words: list[str], gold_words: list[str]) -> tuple[int, int]:
    """Take in the block's first and last words that a change inside a shingle left out."""
    for _ in range(SHINGLE - 1):
        if start > 0 and gold_words[start - 1] == words[0]:
            start -= 1
            break
        if start > 1 and gold_words[start - 2] == words[0]:
            start -= 2
            break
    if end < len(gold_words) and gold_words[end] == words[-1]:
        end += 1
    return start, end


def _best_chain(matches: list[_Match], gold_length: int) -> list[_Match]:
    """Return the matches, in order of blocks and of gold text, that cover most words.

    Weighted interval chaining with a Fenwick tree of prefix maxima:
    O(m log g) for m matches and g gold words.
    """
    best = [(0.0, -1)] * (gold_length + 2)
    scores: list[tuple[float, int]] = []

    def query(end: int) -> tuple[float, int]:
        result = (0.0, -1)
        end += 1
        while end > 0:
            result = max(result, best[end])
            end -= end & -end
        return result

    def update(end: int, value: tuple[float, int]) -> None:
        end += 1
        while end <= gold_length + 1:
            best[end] = max(best[end], value)
            end += end & -end

    start = 0
    while start < len(matches):
        stop = start
        while stop < len(matches) and matches[stop].block == matches[start].block:
            match = matches[stop]
            score, previous = query(match.start)
            # Unmatched gold words inside the match are lost to others.
            loss = 0.5 * (match.end - match.start - match.matched)
            scores.append((score + match.matched - loss, previous))
            stop += 1
        for number in range(start, stop):
            update(matches[number].end, (scores[number][0], number))
        start = stop
    chain = []
    number = query(gold_length)[1]
    while number >= 0:
        chain.append(matches[number])
        number = scores[number][1]
    return chain[::-1]


def _add_out_of_order(
    shares: npt.NDArray[np.float32],
    matches: list[_Match],
    block_words: list[list[str]],
    taken: npt.NDArray[np.bool_],
) -> None:
    """Credit long blocks whose gold text stands elsewhere than the page has it."""
    for match in sorted(matches, key=lambda match: -match.matched):
        words = len(block_words[match.block])
        if shares[match.block] or words < 2 * SHINGLE or match.matched < 0.8 * words:
            continue
        if taken[match.start : match.end].mean() < 0.3:
            shares[match.block] = match.matched / words
            taken[match.start : match.end] = True


def _fill_wordless(shares: npt.NDArray[np.float32], block_words: list[list[str]]) -> npt.NDArray[np.float32]:
    for block, words in enumerate(block_words):
        if not words:
            around = shares[max(0, block - 1) : block + 2 : 2]
            shares[block] = around.min() if len(around) else 0.0
    return shares
