"""How much of a text repeats itself, by n-grams of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Repetition(NamedTuple):
    """What the n-grams of one length say of a text; both are 0 where none occurs twice."""

    top: float
    """Characters in the most frequent n-gram, over all its occurrences, as a fraction of the text's."""
    duplicate: float
    """Characters in n-grams that occur more than once, each counted once, as a fraction of the text's."""


def repetitions(words: Sequence[str], longest: int) -> Iterator[Repetition]:
    """Measure the n-grams of two words, three words, and so on.

    An n-gram can't occur twice unless its first n - 1 words do. So each
    length looks only at the places where the length before it found a
    repeat: ordinary prose is done after the first few.

    Parameters
    ----------
    words : sequence of str
        The words of the text, in order.
    longest : int
        The longest n-gram to measure, in words.

    Yields
    ------
    Repetition
        For 2, 3, ... `longest` words.

    Notes
    -----
    The definitions are those of Rae et al. 2021, "Scaling Language Models"
    (Gopher), section A1.1: *top* by the most frequent n-gram, and
    *duplicate* "taking care not to count characters that occur in
    overlapping n-grams more than once". Of several n-grams equally frequent
    the one with the most characters counts. A text of n words costs a sort
    of n numbers at most for each length.
    """
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    total = max(int(lengths.sum()), 1)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    vocabulary: dict[str, int] = {}
    numbers = np.fromiter(
        (vocabulary.setdefault(word, len(vocabulary)) for word in words), np.int64, len(words)
    )
    grams, starts = numbers, np.arange(len(words))
    for size in range(2, longest + 1):
        inside = starts + size <= len(words)
        grams, starts = grams[inside], starts[inside]
        _, grams, counts = np.unique(
            grams * len(vocabulary) + numbers[starts + size - 1], return_inverse=True, return_counts=True
        )
        repeated = counts[grams] > 1
        grams, starts = grams[repeated], starts[repeated]
        if not starts.size:
            yield from [Repetition(0.0, 0.0)] * (longest + 1 - size)
            return
        characters = ends[starts + size] - ends[starts]
        occurrences = counts[grams]
        top = int((characters * occurrences)[occurrences == occurrences.max()].max())
        covered = int(lengths[_covered(starts, size, len(words))].sum())
        yield Repetition(min(top / total, 1.0), covered / total)


def _covered(starts: npt.NDArray[np.int64], size: int, count: int) -> npt.NDArray[np.bool_]:
    """Which of `count` words lie in a run of `size` words that begins at one of `starts`."""
    begun = np.cumsum(np.bincount(starts, minlength=count + 1))
    ended = np.cumsum(np.bincount(starts + size, minlength=count + 1))
    return (begun > ended)[:count]
