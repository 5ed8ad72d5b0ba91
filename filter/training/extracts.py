"""Labelled pages and news become plain text as extractors leave it: for training on text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from filter.page import text_page
from filter.training.corpora import NewsArticle
from filter.training.labels import UNKNOWN, BlockLabels
from filter.training.leftovers import Leftovers
from filter.training.pages import GoldPage, registered_domain

PROSE_TYPES = ("article", "documentation", "service")
"""WCXB's types of page that people hand around as text."""
LEFTOVERS = (0.0, 0.3, 0.7, 1.0)
"""Shares of the furniture in and around the article that an extractor leaves in; each text draws one."""
TITLED = 0.5
"""Share of the texts without furniture, and of news, that stand under their headline."""
MARGIN = 12
"""Blocks around the main content that may be left over on each side."""


def extracts(
    golds: Sequence[GoldPage],
    all_labels: Sequence[BlockLabels],
    leftovers: Leftovers,
    random: np.random.Generator,
) -> Iterator[tuple[GoldPage, BlockLabels]]:
    """Render labelled pages as text: those of prose with some furniture left in, and all of them without any.

    Text that is clean already is to come out as it went in.

    Yields
    ------
    page : GoldPage
        With a page of plain text.
    labels : BlockLabels
        Of the blocks that are left.
    """
    for gold, known in zip(golds, all_labels, strict=True):
        main = np.flatnonzero(known.main == 1)
        if gold.composed or gold.gold is None or not len(main):
            continue
        titled = random.random() < TITLED
        wanted = (known.main == 1) | ((known.title == 1) & titled)
        lines, labels = _rendered(gold, known, np.flatnonzero(wanted).tolist())
        yield _as_text(gold, lines), labels
        for _ in range(2 if gold.page_type in PROSE_TYPES else 0):
            left_in = random.choice(LEFTOVERS)
            first = max(0, int(main[0]) - int(random.integers(MARGIN + 1)))
            last = min(len(gold.page), int(main[-1]) + 1 + int(random.integers(MARGIN + 1)))
            kept = [
                block
                for block in range(first, last)
                if known.main[block] == 1 or random.random() < left_in or known.title[block] == 1
            ]
            lines, labels = leftovers.strew(*_rendered(gold, known, kept))
            yield _as_text(gold, lines), labels


def news_texts(
    articles: Sequence[NewsArticle], leftovers: Leftovers, random: np.random.Generator
) -> Iterator[tuple[GoldPage, BlockLabels]]:
    """Render news articles as text, some under their headlines."""
    for article in articles:
        titled = bool(article.title) and random.random() < TITLED
        texts = [article.title, *article.paragraphs] if titled else list(article.paragraphs)
        count = len(texts)
        main = np.ones(count, dtype=np.int8)
        title = np.zeros(count, dtype=np.int8)
        if titled:
            main[0], title[0] = 0, 1
        weights = np.sqrt([len(text.split()) + 2 for text in texts])
        known = BlockLabels(main, (weights / weights.sum()).astype(np.float32), title)
        lines, known = leftovers.strew(texts, known)
        yield (
            GoldPage(article.name, registered_domain(article.outlet), "article", text_page(lines), None),
            known,
        )


def _as_text(gold: GoldPage, lines: list[str]) -> GoldPage:
    return replace(gold, page=text_page(lines), labels=())


def _rendered(gold: GoldPage, known: BlockLabels, kept: list[int]) -> tuple[list[str], BlockLabels]:
    """Return some blocks of a page as lines, and their labels."""
    lines = [" ".join(gold.page.texts[block].split()) for block in kept]
    weights = known.weights[kept]
    title = known.title[kept]
    if not (title == 1).any() and len(title):
        title = np.where(title == UNKNOWN, UNKNOWN, 0).astype(np.int8)
    weights = weights / np.float32(max(float(weights.sum()), 1e-9))
    return lines, BlockLabels(known.main[kept], weights, title)
