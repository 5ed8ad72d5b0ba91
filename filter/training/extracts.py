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
MARGIN = 12
"""Blocks around the main content that may be left over on each side."""


def extracts(
    golds: Sequence[GoldPage],
    labels: Sequence[BlockLabels],
    leftovers: Leftovers,
    random: np.random.Generator,
) -> Iterator[tuple[GoldPage, BlockLabels]]:
    """Render labelled pages as text with some furniture left in.

    Yields
    ------
    page : GoldPage
        With a page of plain text.
    labels : BlockLabels
        Of the blocks that are left.
    """
    for gold, known in zip(golds, labels, strict=True):
        main = np.flatnonzero(known.main == 1)
        if gold.composed or gold.gold is None or gold.page_type not in PROSE_TYPES or not len(main):
            continue
        for _ in range(2):
            left_in = random.choice(LEFTOVERS)
            first = max(0, int(main[0]) - int(random.integers(MARGIN + 1)))
            last = min(len(gold.page), int(main[-1]) + 1 + int(random.integers(MARGIN + 1)))
            kept = [
                block
                for block in range(first, last)
                if known.main[block] == 1 or random.random() < left_in or known.title[block] == 1
            ]
            lines = [" ".join(gold.page.texts[block].split()) for block in kept]
            lines, chosen = leftovers.strew(lines, _chosen(known, kept))
            yield replace(gold, page=text_page(lines), labels=()), chosen


def news_texts(
    articles: Sequence[NewsArticle], leftovers: Leftovers, random: np.random.Generator
) -> Iterator[tuple[GoldPage, BlockLabels]]:
    """Render news articles as text, every other one under its headline."""
    for article in articles:
        titled = bool(article.title) and random.random() < 0.5
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


def _chosen(known: BlockLabels, kept: list[int]) -> BlockLabels:
    weights = known.weights[kept]
    title = known.title[kept]
    if not (title == 1).any() and len(title):
        title = np.where(title == UNKNOWN, UNKNOWN, 0).astype(np.int8)
    return BlockLabels(known.main[kept], weights / np.float32(max(float(weights.sum()), 1e-9)), title)
