"""The break: what sets a block apart from the article that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.bodies import Bodies
from filter.features.characters import CharacterClass
from filter.features.columns import Columns
from filter.features.wording import TONES
from filter.features.words import Words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

REACH = 3
"""Neighbours on each side whose scores are looked at."""
LEAD = 3
"""Blocks from the top that tell what the story is."""
_FAR = 1e4
"""More than any score: keeps running extremes inside their page."""
_SMALL = 1e-6
_BUCKETS_A_WORD = 8


@dataclass(frozen=True, slots=True)
class Places:
    """Where each block stands: index arrays that all features share, shape (blocks,)."""

    own: Ints
    starts: Ints
    stops: Ints

    @classmethod
    def of(cls, offsets: Ints) -> Places:
        """Number the blocks of pages through."""
        counts = np.diff(offsets)
        return cls(np.arange(offsets[-1]), np.repeat(offsets[:-1], counts), np.repeat(offsets[1:], counts))

    def shifted(self, values: npt.NDArray[np.generic], step: int) -> Floats:
        """Return the values ``step`` blocks on, shape as given; NaN beyond the page."""
        there = self.own + step
        inside = (there >= self.starts) & (there < self.stops)
        there[~inside] = 0
        result = values[there].astype(np.float32)
        result[~inside] = np.nan
        return result

    def mean(self, values: Doubles, weights: Doubles, first: Ints, last: Ints) -> Doubles:
        """Average over blocks ``first`` to ``last - 1`` by weight; NaN where there are none.

        Values of shape (blocks, several) take weights of shape (blocks, 1).
        """
        sums, total = running(values * weights), running(weights)
        mean: Doubles = (sums[last] - sums[first]) / (total[last] - total[first] + _SMALL)
        mean[last <= first] = np.nan
        return mean

    def highest_before(self, values: Doubles) -> Floats:
        """Return the highest value of earlier blocks of the page; NaN for its first block."""
        lift = _beside(self.starts * _FAR, values)
        highest = np.maximum.accumulate(_exact(values) + lift) - lift
        return self.shifted(highest, -1)

    def highest_after(self, values: Doubles) -> Floats:
        """Return the highest value of later blocks of the page; NaN for its last block."""
        lift = _beside((len(values) - self.stops) * _FAR, values)
        highest = np.maximum.accumulate((_exact(values) + lift)[::-1])[::-1] - lift
        return self.shifted(highest, 1)


def _beside(column: npt.NDArray[np.floating], values: npt.NDArray[np.generic]) -> npt.NDArray[np.floating]:
    """Return a column in a shape that adds up with the values."""
    return column.reshape(-1, *[1] * (values.ndim - 1))


def running(values: npt.NDArray[np.generic]) -> Doubles:
    """Return the sum of all values before each place, and of all, shape (values + 1, ...).

    Real values are rounded: see :func:`filter.features.hashed.rounded`.
    """
    sums = np.zeros((len(values) + 1, *values.shape[1:]))
    np.cumsum(_exact(values) if values.dtype.kind == "f" else values, axis=0, out=sums[1:])
    return sums


def _exact(values: npt.NDArray[np.generic]) -> Doubles:
    """Round to multiples of 2**-24, whose sums over any batch are exact."""
    rounded: Doubles = np.round(values.astype(np.float64) * 2.0**24) / 2.0**24
    return rounded


def spam_features(bodies: Bodies, tones: Floats, vectors: Floats, title_vectors: Floats) -> Columns:
    """Compute the features of every block.

    Parameters
    ----------
    bodies : Bodies
    tones : float32 array, shape (blocks, len(TONES))
        See :meth:`filter.features.wording.Wording.tones`.
    vectors : float32 array, shape (blocks, dimensions)
        See :meth:`filter.features.topic.Topic.vectors`.
    title_vectors : float32 array, shape (pages, dimensions)
        Likewise for the headlines.
    """
    columns = Columns()
    places = Places.of(bodies.offsets)
    _add_prose(columns, bodies, places)
    _add_place(columns, bodies, places)
    _add_tones(columns, bodies, places, tones.astype(np.float64))
    _add_topic(columns, bodies, places, vectors, title_vectors)
    _add_seen(columns, bodies)
    _add_markup(columns, bodies, places)
    return columns


def _add_prose(columns: Columns, bodies: Bodies, places: Places) -> None:
    words = bodies.words
    counts = words.counts
    many = np.maximum(counts, 1)
    characters = np.maximum(bodies.characters, 1)
    classes = words.classes.astype(np.float64)
    columns.add("words", np.log1p(counts))
    columns.add("words before", places.shifted(np.log1p(counts), -1))
    columns.add("words after", places.shifted(np.log1p(counts), 1))
    columns.add("capitalised words", words.sums(words.capitalised) / many)
    columns.add("words a sentence", counts / (classes[:, CharacterClass.SENTENCE_END] + 1))
    for name, kind, among in (
        ("upper case", CharacterClass.UPPER, characters),
        ("digits", CharacterClass.DIGIT, characters),
        ("letters beyond ASCII", CharacterClass.LETTER, characters),
        ("ideographs", CharacterClass.IDEOGRAPH, characters),
        ("sentence ends", CharacterClass.SENTENCE_END, many),
        ("commas", CharacterClass.COMMA, many),
        ("quotes", CharacterClass.QUOTE, many),
        ("symbols", CharacterClass.SYMBOL, many),
        ("separators", CharacterClass.SEPARATOR, many),
    ):
        share = classes[:, kind] / among
        columns.add(name, share)
        if kind in (CharacterClass.QUOTE, CharacterClass.DIGIT, CharacterClass.UPPER):
            columns.add(f"{name} before", places.mean(share, among, places.starts, places.own))
            columns.add(f"{name} from here", places.mean(share, among, places.own, places.stops))
        if kind in (CharacterClass.LETTER, CharacterClass.IDEOGRAPH):
            columns.add(f"{name}, shift", share - places.mean(share, among, places.starts, places.stops))


def _add_place(columns: Columns, bodies: Bodies, places: Places) -> None:
    total = running(bodies.characters)
    before = total[places.own] - total[places.starts]
    after = total[places.stops] - total[places.own + 1]
    columns.add("blocks before", np.log1p(places.own - places.starts))
    columns.add("blocks after", np.log1p(places.stops - places.own - 1))
    columns.add("characters before", np.log1p(before))
    columns.add("characters after", np.log1p(after))
    columns.add("share before", before / np.maximum(total[places.stops] - total[places.starts], 1))


def _add_tones(columns: Columns, bodies: Bodies, places: Places, scores: Doubles) -> None:
    """Add each score, what the blocks around have, and what the page has before and after."""
    weights = np.sqrt(np.maximum(bodies.words.counts, 1))[:, None]
    own, starts, stops = places.own, places.starts, places.stops
    near = np.maximum(own - 2, starts), np.minimum(own + 3, stops)
    page = places.mean(scores, weights, starts, stops)
    found: dict[str, npt.NDArray[np.floating]] = {"{}": scores}
    for step in [*range(-REACH, 0), *range(1, REACH + 1)]:
        found[f"{{}} at {step:+d}"] = places.shifted(scores, step)
    found |= {
        "{} before": places.mean(scores, weights, starts, own),
        "{} from here": places.mean(scores, weights, own, stops),
        "{} after": places.mean(scores, weights, own + 1, stops),
        "{} up to here": places.mean(scores, weights, starts, own + 1),
        "{} within 2": places.mean(scores, weights, *near),
        "{} of the page": page,
        "{} against the page": scores - page,
        "highest {} before": places.highest_before(scores),
        "highest {} after": places.highest_after(scores),
        "lowest {} before": -places.highest_before(-scores),
        "lowest {} after": -places.highest_after(-scores),
    }
    for number, name in enumerate(TONES):
        for template, values in found.items():
            columns.add(template.format(name), values[:, number])


def _add_topic(
    columns: Columns, bodies: Bodies, places: Places, vectors: Floats, title_vectors: Floats
) -> None:
    own, starts, stops = places.own, places.starts, places.stops
    sums = running(vectors)
    page = sums[stops] - sums[starts]
    lead_stops = np.minimum(starts + LEAD, stops)
    lead = sums[lead_stops] - sums[starts]
    inside_lead = own < lead_stops
    lead = lead - np.where(inside_lead[:, None], vectors, 0)
    before = sums[own] - sums[starts]
    from_here = sums[stops] - sums[own]
    after = sums[stops] - sums[own + 1]
    columns.add("topic against title", cosine(vectors, title_vectors[bodies.pages]))
    columns.add("topic against lead", cosine(vectors, lead))
    columns.add("topic against before", cosine(vectors, before))
    columns.add("topic against after", cosine(vectors, after))
    columns.add("topic against rest", cosine(vectors, page - vectors))
    columns.add("break above", cosine(before, from_here))
    columns.add("break below", cosine(sums[own + 1] - sums[starts], after))
    columns.add("from here against title", cosine(from_here, title_vectors[bodies.pages]))
    columns.add("from here against lead", cosine(from_here, lead))
    near = sums[np.maximum(own - 2, starts)]
    columns.add("topic against two before", cosine(vectors, sums[own] - near))
    columns.add("topic against two after", cosine(vectors, sums[np.minimum(own + 3, stops)] - sums[own + 1]))
    strength = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    columns.add("topic strength", strength / (bodies.words.counts + 1))


def cosine(first: npt.NDArray[np.floating], second: npt.NDArray[np.floating]) -> Doubles:
    """Return the cosine between rows; NaN where either has no length."""
    product = np.einsum("ij,ij->i", first, second)
    lengths = np.einsum("ij,ij->i", first, first) * np.einsum("ij,ij->i", second, second)
    result: Doubles = np.where(lengths > _SMALL, product / np.sqrt(np.maximum(lengths, _SMALL)), np.nan)
    return result


def _add_seen(columns: Columns, bodies: Bodies) -> None:
    """Add the shares of a block's words that stand elsewhere on its page.

    Names are shared by the parts of one story; little words by texts in one
    language; and neither needs to have been seen in training.
    """
    words = bodies.words
    block = words.owners.astype(np.int32)
    key, size = _own_buckets(words, bodies)
    first = np.zeros(size, dtype=np.int32)
    last = np.zeros(size, dtype=np.int32)
    # The last of several writes to one place stands.
    first[key[::-1]] = block[::-1]
    last[key] = block
    before = first.take(key) < block
    elsewhere = before | (last.take(key) > block)
    little = words.lengths <= 3
    for name, chosen in (
        ("names", words.capitalised & ~little),
        ("long words", (words.lengths >= 5) & ~words.capitalised),
        ("little words", little),
    ):
        total = words.sums(chosen)
        for where, seen in (("before", before), ("elsewhere", elsewhere)):
            shared = words.sums(chosen & seen)
            columns.add(f"{name} seen {where}", shared / (total + np.float32(_SMALL)))
        columns.add(f"{name}", total)


def _own_buckets(words: Words, bodies: Bodies) -> tuple[Ints, int]:
    """Return a bucket for each word, in a table of its page's own; and the size of all tables.

    A page's table depends on the page alone, so that its features do, too.
    """
    counts = np.diff(words.offsets[bodies.offsets])
    bits = np.ceil(np.log2(np.maximum(counts, 1) * _BUCKETS_A_WORD)).astype(np.int64)
    ends = np.cumsum(1 << bits)
    shifts = np.repeat((32 - bits).astype(np.uint32), counts)
    starts = np.repeat(ends - (1 << bits), counts)
    return (words.hashes >> shifts) + starts, int(ends[-1]) if len(ends) else 0


def _add_markup(columns: Columns, bodies: Bodies, places: Places) -> None:
    characters = np.maximum(bodies.characters, 1)
    density = bodies.link_characters / characters
    columns.add("heading", bodies.headings)
    columns.add("heading above", places.shifted(bodies.headings, -1))
    columns.add("list item", bodies.list_items)
    columns.add("links", bodies.links)
    columns.add("link density", density)
    columns.add("new domains", bodies.new_domains)
    columns.add("new domains above", places.shifted(bodies.new_domains, -1))
    columns.add("new domains below", places.shifted(bodies.new_domains, 1))
    known = np.where(np.isnan(bodies.links), np.nan, 1)
    for name, values in (("links", bodies.links), ("new domains", bodies.new_domains)):
        sums = running(np.nan_to_num(values))
        columns.add(f"{name} before", known * (sums[places.own] - sums[places.starts]))
        columns.add(f"{name} from here", known * (sums[places.stops] - sums[places.own]))
    columns.add("hidden", bodies.hidden)
    even = np.ones(len(bodies))
    hidden = bodies.hidden.astype(np.float64)
    columns.add("hidden on the page", places.mean(hidden, even, places.starts, places.stops))
    columns.add("new container", bodies.new_container)
    for name, values in (("alike", bodies.alike), ("beside", bodies.beside)):
        columns.add(name, values)
        columns.add(f"{name} above", places.shifted(values, -1))
        columns.add(f"{name} below", places.shifted(values, 1))
