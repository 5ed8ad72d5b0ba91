"""Pages with captions, notes and bylines among their paragraphs, marked up as paragraphs: for training.

Many sites print a picture's caption, a translator's note, or author and date
as one more ``p``; labelled pages show too few of them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from filter.training.leftovers import Leftovers
from filter.training.markup_splice import paragraph_ends, paragraph_start, places_in_host
from filter.training.pages import GoldPage, page_of

COPIES = 3
"""How often each of WCXB's articles is read again, with lines put in."""
_STRESS = 4.0
"""What each of these lines weighs, beside what it would as a found one."""
_FEWEST_PARAGRAPHS = 3
_MOST_LINES = 6
_HEADED = 0.6
"""Share of these pages that get lines above their first paragraph."""
_BYLINED, _PICTURED = 0.8, 0.4
"""Of these, shares that get who wrote it and when, and that get a caption there."""
_HEAD_TAGS = ("p", "p", "div")


def captioned_pages(
    hosts: Iterable[tuple[GoldPage, str]], leftovers: Leftovers, random: np.random.Generator
) -> Iterator[GoldPage]:
    """Put lines into the articles among some pages.

    Parameters
    ----------
    hosts : iterable of (GoldPage, str)
        With their markup: see :func:`filter.training.pages.with_markup`.
    leftovers : Leftovers
        Gives the lines.
    random : numpy.random.Generator
        Decides where they stand.
    """
    for gold, markup in hosts:
        text = gold.gold or ""
        ends = paragraph_ends(markup, text) if gold.page_type == "article" else []
        if len(ends) < _FEWEST_PARAGRAPHS:
            continue
        for copy in range(COPIES):
            page = page_of(_with_lines(markup, ends, text.split("\n\n"), leftovers, random))
            added = np.flatnonzero(places_in_host(gold.page.texts, page.texts) < 0)
            if len(added):
                name = f"{gold.name} with captions, copy {copy + 1}"
                yield replace(gold, name=name, page=page, added=tuple(added.tolist()), stress=_STRESS)


def _with_lines(
    markup: str, ends: Sequence[int], story: list[str], leftovers: Leftovers, random: np.random.Generator
) -> str:
    """Put lines behind some paragraphs, and often above the first."""
    chosen = random.permutation(len(ends))[: int(random.integers(1, _MOST_LINES + 1))].tolist()
    for place in sorted(chosen, reverse=True):
        end = ends[place]
        markup = f"{markup[:end]}<p>{html.escape(leftovers.line(story))}</p>{markup[end:]}"
    if random.random() >= _HEADED:
        return markup
    start = paragraph_start(markup, ends[0])
    tag = str(random.choice(_HEAD_TAGS))
    lines = leftovers.heads(story) if random.random() < _BYLINED else []
    if random.random() < _PICTURED:
        lines.append(leftovers.line(story))
    heads = "".join(f"<{tag}>{html.escape(line)}</{tag}>" for line in lines)
    return markup[:start] + heads + markup[start:]
