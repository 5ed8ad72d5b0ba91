"""Pages with captions, notes and bylines among their paragraphs, marked up as paragraphs: for training.

Many sites print a picture's caption, a translator's note, or author and date
as one more ``p``; labelled pages show too few of them.
"""

from __future__ import annotations

import gzip
import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from filter.training.leftovers import Leftovers
from filter.training.markup_splice import paragraph_ends, paragraph_start, places_in_host
from filter.training.pages import WCXB_FOLDER, GoldPage, page_of

SHARE = 0.9
"""Of WCXB's articles that are read a second time, with lines put in."""
_FEWEST_PARAGRAPHS = 3
_MOST_LINES = 3
_HEADED = 0.6
"""Share of these pages that get lines above their first paragraph."""
_BYLINED, _PICTURED = 0.8, 0.4
"""Of these, shares that get who wrote it and when, and that get a caption there."""
_HEAD_TAGS = ("p", "p", "div")


def captioned_pages(
    folder: Path, golds: Sequence[GoldPage], random: np.random.Generator
) -> Iterator[GoldPage]:
    """Put lines into some of WCXB's articles.

    Parameters
    ----------
    folder : Path
        The folder of all corpora.
    golds : sequence of GoldPage
        As read from it.
    random : numpy.random.Generator
    """
    leftovers = Leftovers(golds, random)
    for gold in golds:
        path = folder / WCXB_FOLDER / "html" / f"{gold.name.removeprefix('wcxb/')}.html.gz"
        if gold.page_type != "article" or not gold.gold or random.random() >= SHARE or not path.is_file():
            continue
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        ends = paragraph_ends(text, gold.gold)
        if len(ends) < _FEWEST_PARAGRAPHS:
            continue
        story = gold.gold.split("\n\n")
        chosen = random.permutation(len(ends))[: int(random.integers(1, _MOST_LINES + 1))].tolist()
        for place in sorted(chosen, reverse=True):
            end = ends[place]
            text = f"{text[:end]}<p>{html.escape(leftovers.line(story))}</p>{text[end:]}"
        if random.random() < _HEADED:
            start = paragraph_start(text, ends[0])
            tag = str(random.choice(_HEAD_TAGS))
            lines = leftovers.heads(story) if random.random() < _BYLINED else []
            if random.random() < _PICTURED:
                lines.append(leftovers.line(story))
            heads = "".join(f"<{tag}>{html.escape(line)}</{tag}>" for line in lines)
            text = text[:start] + heads + text[start:]
        page = page_of(text)
        added = np.flatnonzero(places_in_host(gold.page.texts, page.texts) < 0)
        if len(added):
            yield replace(gold, name=f"{gold.name} with captions", page=page, added=tuple(added.tolist()))
