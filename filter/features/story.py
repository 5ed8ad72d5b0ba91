"""One story or two: what some blocks of a page are about, against what its other blocks are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.bodies import Bodies
from filter.features.columns import Columns
from filter.features.places import Places, running
from filter.features.spam import LEAD
from filter.features.topic import Topic, cosine
from filter.runs import Runs

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

TELLING = 5
"""Bytes from which on a word tells what a text is about."""
NEAR = 3
"""Blocks above and below a run that it is compared with."""
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Story:
    """What the blocks of a batch of pages are about.

    Attributes
    ----------
    vectors : float32 array, shape (blocks, dimensions)
        See :meth:`filter.features.topic.Topic.vectors`.
    titles : float32 array, shape (pages, dimensions)
        Likewise for the headlines.
    stems : uint32 array, shape (telling words,)
        Hashes of the words that tell something.
    stem_offsets : int64 array, shape (blocks + 1,)
        Those of block ``i`` are ``stems[stem_offsets[i]:stem_offsets[i + 1]]``.
    """

    vectors: Floats
    titles: Floats
    stems: npt.NDArray[np.uint32]
    stem_offsets: Ints

    @classmethod
    def of(cls, bodies: Bodies, topic: Topic) -> Story:
        """Read what the blocks of a batch are about."""
        words = bodies.words
        telling = words.lengths >= TELLING
        before = np.concatenate(([0], np.cumsum(telling)))
        return cls(
            topic.vectors(words),
            topic.vectors(bodies.titles),
            words.stems[telling],
            before[words.offsets],
        )

    @classmethod
    def join(cls, parts: Sequence[Story]) -> Story:
        """Lay the stories of several batches, at least one, end to end."""
        counts = [np.diff(part.stem_offsets) for part in parts]
        return cls(
            np.concatenate([part.vectors for part in parts]),
            np.concatenate([part.titles for part in parts]),
            np.concatenate([part.stems for part in parts]),
            np.concatenate(([0], np.cumsum(np.concatenate(counts)))).astype(np.int64),
        )


def add_story_of_blocks(columns: Columns, story: Story, chances: Doubles, places: Places) -> None:
    """Compare each block with what is likely genuine on the rest of its page, and what is likely spam.

    Parameters
    ----------
    columns : Columns
        Gets the new columns.
    story : Story
    chances : float64 array, shape (blocks,)
        That each block is spam, by the look before.
    places : Places
    """
    for name, weights in (("genuine", 1 - chances), ("spam", chances)):
        weighted = story.vectors * weights[:, None].astype(np.float32)
        sums = running(weighted)
        others = sums[places.stops] - sums[places.starts] - weighted
        columns.add(f"topic against likely {name}", cosine(story.vectors, others))


def add_story_of_runs(columns: Columns, story: Story, runs: Runs, offsets: Ints) -> None:
    """Compare each run with the rest of its page.

    Parameters
    ----------
    columns : Columns
        Gets the new columns.
    story : Story
    runs : Runs
        At least one.
    offsets : int64 array, shape (pages + 1,)
    """
    starts, stops = runs.starts, runs.stops
    first, last = offsets[runs.pages], offsets[runs.pages + 1]
    sums = running(story.vectors)
    inside = sums[stops] - sums[starts]
    outside = sums[last] - sums[first] - inside
    lead_stops = np.minimum(first + LEAD, last)
    covered_starts, covered_stops = np.minimum(starts, lead_stops), np.minimum(stops, lead_stops)
    lead = sums[lead_stops] - sums[first] - (sums[covered_stops] - sums[covered_starts])
    above = sums[starts] - sums[np.maximum(starts - NEAR, first)]
    below = sums[np.minimum(stops + NEAR, last)] - sums[stops]
    titles = story.titles[runs.pages]
    for name, other in (
        ("rest", outside),
        ("title", titles),
        ("lead", lead),
        ("above", above),
        ("below", below),
    ):
        columns.add(f"run against {name}", cosine(inside, other))
    columns.add("rest against title", cosine(outside, titles))
    columns.add("above against below", cosine(above, below))
    lengths = running(np.sqrt(np.einsum("ij,ij->i", story.vectors, story.vectors)))
    columns.add("unity of the run", _unity(inside, lengths[stops] - lengths[starts]))
    total = lengths[last] - lengths[first] - (lengths[stops] - lengths[starts])
    columns.add("unity of the rest", _unity(outside, total))
    columns.add("words shared with the rest", _shared_words(story, runs, offsets))


def _unity(sums: Doubles, lengths: Doubles) -> Doubles:
    """Return how far vectors point the same way: 1 where all do; NaN where there are none."""
    length = np.sqrt(np.einsum("ij,ij->i", sums, sums))
    unity: Doubles = np.where(lengths > _SMALL, length / np.maximum(lengths, _SMALL), np.nan)
    return unity


def _shared_words(story: Story, runs: Runs, offsets: Ints) -> Floats:
    """Return the share of each run's different telling words that the rest of its page uses, too.

    A word is used outside its run if the page has it more often than the run:
    so all runs take no more time together than one.
    """
    counts = np.diff(story.stem_offsets)
    runs_of = np.full(len(counts), -1, dtype=np.int64)
    for number, (start, stop) in enumerate(zip(runs.starts.tolist(), runs.stops.tolist(), strict=True)):
        runs_of[start:stop] = number
    pages_of = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    looked_at = np.isin(pages_of, runs.pages)[np.repeat(np.arange(len(counts)), counts)]
    run = np.repeat(runs_of, counts)[looked_at]
    word = np.repeat(pages_of, counts)[looked_at] << 32 | story.stems[looked_at].astype(np.int64)
    _, word, on_page = np.unique(word, return_inverse=True, return_counts=True)
    inside = run >= 0
    own, in_run = np.unique(run[inside] * len(on_page) + word[inside], return_counts=True)
    owner, own_word = np.divmod(own, max(len(on_page), 1))
    different = np.bincount(owner, minlength=len(runs))
    shared = np.bincount(owner, weights=on_page[own_word] > in_run, minlength=len(runs))
    stems = np.concatenate(([0], np.cumsum(counts)))
    outside = stems[offsets[runs.pages + 1]] - stems[offsets[runs.pages]]
    outside -= stems[runs.stops] - stems[runs.starts]
    known = (different > 0) & (outside > 0)
    shares: Floats = np.where(known, shared / np.maximum(different, 1), np.nan).astype(np.float32)
    return shares
