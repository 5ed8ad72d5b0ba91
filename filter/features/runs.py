"""The second and third look: a block among its neighbours' evidence, and a run of blocks as a whole."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter.features.columns import Columns
from filter.features.house_style import HABITS
from filter.features.places import Doubles, Floats, Ints, Means, Places, running
from filter.features.spam import REACH
from filter.features.story import Story, add_story_of_blocks, add_story_of_runs
from filter.features.wording import TONES
from filter.runs import Runs

_SURE = 8.0
"""Log-odds beyond which more evidence counts no more."""
_SMALL = 1e-6
COMPARED = (
    *TONES,
    "topic against rest",
    "topic against before",
    "topic against title",
    "topic against lead",
    "names seen before",
    "names seen elsewhere",
    "long words seen before",
    "long words seen elsewhere",
    "little words seen elsewhere",
    "names seen in the title",
    "names seen in the title, number",
    "long words seen in the title",
    "long words seen in the title, number",
    "names seen in furniture",
    "names seen in furniture, number",
    "long words seen in furniture",
    "long words seen in furniture, number",
    *HABITS,
    "style agrees with the rest",
    "quotes",
    "digits",
    "capitalised words",
    "upper case",
    "words a sentence",
    "symbols",
    "separators",
    "letters beyond ASCII, shift",
    "link density",
    "new domains",
    "hidden",
    "alike",
    "beside",
)
"""Features of blocks whose means inside a run and outside it are compared."""


def second_look_features(log_odds: Floats, offsets: Ints, story: Story) -> Columns:
    """Compute what the evidence for the blocks around it says of each block.

    Parameters
    ----------
    log_odds : float32 array, shape (blocks,)
        The first look's.
    offsets : int64 array, shape (pages + 1,)
    story : Story
        What the blocks are about.
    """
    columns = Columns()
    places = Places.of(offsets)
    own, starts, stops = places.own, places.starts, places.stops
    odds = np.clip(log_odds, -_SURE, _SURE).astype(np.float64)
    chances = 1 / (1 + np.exp(-odds))
    even = np.ones(len(odds))
    columns.add("evidence", odds)
    for step in [*range(-REACH, 0), *range(1, REACH + 1)]:
        columns.add(f"evidence at {step:+d}", places.shifted(odds, step))
    means = Means.of(odds, even)
    for name, mean in (("evidence", means), ("chance", Means.of(chances, even))):
        columns.add(f"{name} before", mean.over(starts, own))
        columns.add(f"{name} from here", mean.over(own, stops))
        columns.add(f"{name} after", mean.over(own + 1, stops))
    before, after = places.highest_before(odds), places.highest_after(odds)
    columns.add("highest evidence before", before)
    columns.add("highest evidence after", after)
    columns.add("lowest evidence before", -places.highest_before(-odds))
    columns.add("lowest evidence after", -places.highest_after(-odds))
    columns.add("highest evidence", np.fmax(odds, np.fmax(before, after)))
    columns.add("evidence of the page", means.over(starts, stops))
    expected, total = running(chances), running(odds)
    columns.add("expected spam", expected[stops] - expected[starts])
    columns.add("expected spam before", expected[own] - expected[starts])
    columns.add("evidence summed before", total[own] - total[starts])
    columns.add("evidence summed from here", total[stops] - total[own])
    add_story_of_blocks(columns, story, chances, places)
    return columns


def run_features(
    runs: Runs,
    offsets: Ints,
    counts: Ints,
    columns: Columns,
    odds: tuple[Floats, Floats],
    story: Story,
) -> Columns:
    """Compute the features of every run.

    Parameters
    ----------
    runs : Runs
        At least one.
    offsets : int64 array, shape (pages + 1,)
    counts : int64 array, shape (blocks,)
        Words of each block.
    columns : Columns
        See :func:`filter.features.spam.spam_features`.
    odds : two float32 arrays, shape (blocks,)
        Log-odds of the first and the second look.
    story : Story
        What the blocks are about.
    """
    result = Columns()
    first, second = odds
    starts, stops = runs.starts, runs.stops
    page_starts, page_stops = offsets[runs.pages], offsets[runs.pages + 1]
    many = stops - starts
    others = page_stops - page_starts - many
    words = running(counts)
    inside = words[stops] - words[starts]
    page = words[page_stops] - words[page_starts]
    result.add("blocks", many)
    result.add("blocks of the page", page_stops - page_starts)
    result.add("share of blocks", many / (page_stops - page_starts))
    result.add("blocks above", starts - page_starts)
    result.add("blocks below", page_stops - stops)
    result.add("words", np.log1p(inside))
    result.add("words of the page", np.log1p(page))
    result.add("share of words", inside / (page + 1))
    for name, look in (("first", first), ("second", second)):
        total = running(look)
        held = total[stops] - total[starts]
        result.add(f"{name} look, summed", held)
        result.add(f"{name} look, mean", held / many)
        rest = total[page_stops] - total[page_starts] - held
        result.add(f"{name} look, mean outside", np.where(others > 0, rest / np.maximum(others, 1), np.nan))
        result.add(f"{name} look, highest", _highest(look, starts, stops))
        result.add(f"{name} look, lowest", -_highest(-look, starts, stops))
        outside = np.where(runs.cover(len(look)), np.float32(-100), look)
        result.add(f"{name} look, highest outside", _highest(outside, page_starts, page_stops))
        if name == "second":
            result.add("other runs, highest sum", _highest_of_others(held, runs.pages))
    above = np.where(starts > page_starts, second[np.maximum(starts - 1, 0)], np.nan)
    below = np.where(stops < page_stops, second[np.minimum(stops, len(second) - 1)], np.nan)
    result.add("evidence above", above)
    result.add("evidence below", below)
    result.add("jump", second[starts] - above)
    result.add("runs of the page", np.bincount(runs.pages)[runs.pages])
    weights = np.sqrt(np.maximum(counts, 1)).astype(np.float64)
    for name in COMPARED:
        values = columns[name].astype(np.float64)
        own, rest = _compare(values, weights, runs, page_starts, page_stops)
        result.add(name, own)
        result.add(f"{name}, against the rest", own - rest)
    for name in ("links", "new domains"):
        values = columns[name].astype(np.float64)
        sums = running(np.nan_to_num(values))
        within = np.where(np.isnan(values[starts]), np.nan, sums[stops] - sums[starts])
        result.add(f"{name}, summed", within)
        result.add(f"{name}, share of the page's", within / (sums[page_stops] - sums[page_starts] + 1))
    for name in ("break above", "from here against title", "from here against lead"):
        result.add(name, columns[name][starts])
    result.add("break below", columns["break below"][stops - 1])
    add_story_of_runs(result, story, runs, offsets)
    return result


def _highest(values: Floats, starts: Ints, stops: Ints) -> Floats:
    """Return the highest of each stretch of values, none of them empty."""
    edges = np.stack([starts, stops], axis=1).ravel()
    padded = np.append(values, values[:1])
    highest: Floats = np.maximum.reduceat(padded, edges)[::2]
    return highest


def _highest_of_others(sums: Doubles, pages: Ints) -> Doubles:
    """Return, for each run, the highest sum of another run of its page; 0 where it is alone."""
    order = np.lexsort((-sums, pages))
    ranked, owner = sums[order], pages[order]
    first = np.diff(owner, prepend=-1) != 0
    leads = np.flatnonzero(first)[np.cumsum(first) - 1]
    rivals = np.where(first, np.arange(len(sums)) + 1, leads)
    alone = np.bincount(pages)[owner] == 1
    result = np.empty(len(sums))
    result[order] = np.where(alone, 0, ranked[np.minimum(rivals, len(sums) - 1)])
    return result


def _compare(
    values: Doubles, weights: Doubles, runs: Runs, page_starts: Ints, page_stops: Ints
) -> tuple[Doubles, Doubles]:
    """Average what is known over each run, and over the rest of its page."""
    known = ~np.isnan(values)
    sums = running(np.where(known, values, 0) * weights)
    total = running(known * weights)
    sum_inside, inside = sums[runs.stops] - sums[runs.starts], total[runs.stops] - total[runs.starts]
    sum_outside = sums[page_stops] - sums[page_starts] - sum_inside
    outside = total[page_stops] - total[page_starts] - inside
    return _ratio(sum_inside, inside), _ratio(sum_outside, outside)


def _ratio(sums: Doubles, weights: Doubles) -> Doubles:
    result: npt.NDArray[np.float64] = np.where(weights > _SMALL, sums / np.maximum(weights, _SMALL), np.nan)
    return result
