"""The break: what sets a block apart from the article that it stands in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter.features.bodies import Bodies
from filter.features.characters import CharacterClass
from filter.features.columns import Columns
from filter.features.house_style import add_house_style
from filter.features.places import Means, Places, running
from filter.features.seen_words import add_seen_words
from filter.features.topic import cosine
from filter.features.wording import TONES

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

REACH = 3
"""Neighbours on each side whose scores are looked at."""
LEAD = 3
"""Blocks from the top that tell what the story is."""


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
    add_seen_words(columns, bodies)
    add_house_style(columns, bodies.words, places)
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
            means = Means.of(share, among)
            columns.add(f"{name} before", means.over(places.starts, places.own))
            columns.add(f"{name} from here", means.over(places.own, places.stops))
        if kind in (CharacterClass.LETTER, CharacterClass.IDEOGRAPH):
            columns.add(f"{name}, shift", share - Means.of(share, among).over(places.starts, places.stops))


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
    means = Means.of(scores, weights)
    page = means.over(starts, stops)
    found: dict[str, npt.NDArray[np.floating]] = {"{}": scores}
    for step in [*range(-REACH, 0), *range(1, REACH + 1)]:
        found[f"{{}} at {step:+d}"] = places.shifted(scores, step)
    found |= {
        "{} before": means.over(starts, own),
        "{} from here": means.over(own, stops),
        "{} after": means.over(own + 1, stops),
        "{} up to here": means.over(starts, own + 1),
        "{} within 2": means.over(*near),
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
    columns.add("hidden on the page", Means.of(hidden, even).over(places.starts, places.stops))
    columns.add("new container", bodies.new_container)
    for name, values in (("alike", bodies.alike), ("beside", bodies.beside)):
        columns.add(name, values)
        columns.add(f"{name} above", places.shifted(values, -1))
        columns.add(f"{name} below", places.shifted(values, 1))
