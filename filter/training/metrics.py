"""How well a text agrees with a gold text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

SHINGLE = 3
"""Words of a shingle by which a paragraph is looked for."""


def words(text: str) -> list[str]:
    r"""The words of a text as WCXB counts them: runs of ``\w``, lower case."""
    return re.findall(r"\w+", text.lower())


def word_f1(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words, by multisets, as WCXB's ``evaluate.py`` defines them.

    Two texts without words agree wholly.
    """
    given, wanted = words(text), words(gold)
    if not given or not wanted:
        return (1.0, 1.0, 1.0) if given == wanted else (0.0, 0.0, 0.0)
    common = sum((Counter(given) & Counter(wanted)).values())
    precision, recall = common / len(given), common / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def exact_match(text: str, gold: str) -> bool:
    """Whether the words are the same, in the same order."""
    return words(text) == words(gold)


def lost_paragraphs(text: str, gold: str) -> tuple[int, int]:
    """How many paragraphs of the gold text are lost, and how many it has.

    A paragraph is a line of at least three words. It is lost when less than
    half of its shingles of three words occur anywhere in the text.
    """
    paragraphs = sum(len(words(line)) >= SHINGLE for line in gold.splitlines())
    return len(missing_paragraphs(text, gold)), paragraphs


def missing_paragraphs(text: str, gold: str) -> list[str]:
    """Return the paragraphs of the gold text that are lost: see :func:`lost_paragraphs`."""
    kept = set(_shingles(words(text)))
    missing = []
    for line in gold.splitlines():
        shingles = _shingles(words(line))
        if 2 * sum(shingle in kept for shingle in shingles) < len(shingles):
            missing.append(line)
    return missing


def _shingles(run: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(run[offset:] for offset in range(SHINGLE)), strict=False))


def snippet_share(text: str, snippets: Sequence[str]) -> float:
    """The share of snippets that the text holds, case and white space disregarded."""
    folded = _folded(text)
    return sum(_folded(snippet) in folded for snippet in snippets) / len(snippets)


def segment_counts(text: str, included: Sequence[str], excluded: Sequence[str]) -> tuple[int, int, int]:
    """Segments found and missed of those that belong in the text, and found of those that don't.

    As in trafilatura's own evaluation, case counts; white space does not.
    """
    folded = " ".join(text.split())
    found = sum(" ".join(segment.split()) in folded for segment in included)
    leaked = sum(" ".join(segment.split()) in folded for segment in excluded)
    return found, len(included) - found, leaked


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
