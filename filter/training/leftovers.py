"""Lines that extractors leave between paragraphs: captions, credits, notes, bylines, prompts.

Plain text has no markup to give them away, and labelled pages show too few of
them. Those of real pages are put to use again in other texts; others are
composed around names that the text itself mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from filter.article import Kind
from filter.training.bylines import compose_head
from filter.training.labels import BlockLabels
from filter.training.notes import compose_note
from filter.training.pages import GoldPage
from filter.training.picture_lines import compose_caption

_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
_REUSED = 0.35
"""Share of captions that are those of real pages."""
_NOTED = 0.35
"""Share of the lines among paragraphs that are notes, not captions."""


class Leftovers:
    """Puts leftovers between the paragraphs of a text.

    Parameters
    ----------
    golds : sequence of GoldPage
        Pages whose captions are put to use again.
    random : numpy.random.Generator
    """

    def __init__(self, golds: Sequence[GoldPage], random: np.random.Generator) -> None:
        self._random = random
        captions = {
            " ".join(gold.page.texts[block].split())
            for gold in golds
            for block in range(len(gold.page))
            if gold.page.kind(block) == Kind.CAPTION
        }
        self._captions = sorted(caption for caption in captions if 10 < len(caption) < 300)

    def strew(self, texts: list[str], labels: BlockLabels) -> tuple[list[str], BlockLabels]:
        """Return the texts and labels with some leftovers among them."""
        random = self._random
        story = [text for text, main in zip(texts, labels.main, strict=True) if main == 1]
        if not story:
            return texts, labels
        names = _names_in(story)
        first = int(np.flatnonzero(labels.main == 1)[0])
        added: list[tuple[int, str]] = []
        if random.random() < 0.5:
            added += [(first, head) for head in self.heads(story)]
        for _ in range(int(random.choice((0, 0, 1, 2, 3)))):
            # A caption stands above the text as often as anywhere inside it.
            place = 0 if random.random() < 0.3 else int(random.integers(first, len(texts) + 1))
            added.append((place, self._caption(story, names)))
        if random.random() < 0.5:
            for _ in range(int(random.integers(1, 3))):
                added.append((len(texts), compose_note(names, random)))
        return _inserted(texts, labels, added)

    def heads(self, story: list[str]) -> list[str]:
        """Return some lines that could stand between the headline and these paragraphs."""
        names = _names_in(story)
        return [compose_head(names, self._random) for _ in range(int(self._random.integers(1, 5)))]

    def line(self, story: list[str]) -> str:
        """Return a caption, a credit or a note that could stand among these paragraphs."""
        names = _names_in(story)
        if self._random.random() < _NOTED:
            return compose_note(names, self._random)
        return self._caption(story, names)

    def _caption(self, story: list[str], names: list[str]) -> str:
        if self._captions and self._random.random() < _REUSED:
            return self._captions[self._random.integers(len(self._captions))]
        return compose_caption(story, names, self._random)


def _names_in(story: list[str]) -> list[str]:
    return sorted({name for text in story for name in _NAME.findall(text)}) or ["the editors"]


def _inserted(
    texts: list[str], labels: BlockLabels, added: list[tuple[int, str]]
) -> tuple[list[str], BlockLabels]:
    """Insert furniture before the blocks of these numbers."""
    places = [place for place, _ in added]
    weight = np.float32(np.median(labels.weights))
    result = list(texts)
    for place, text in sorted(added, key=lambda item: -item[0]):
        result.insert(place, text)
    order = sorted(places)
    return result, BlockLabels(
        np.insert(labels.main, order, 0),
        np.insert(labels.weights, order, weight),
        np.insert(labels.title, order, 0),
    )
