"""Real pages as hosts of spam, and real pages whose article is replaced by another text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from filter.decode import decode
from filter.errors import CallerError
from filter.page import Page
from filter.training.alignment import coverage
from filter.training.corpora import NewsArticle, SpamBlock, draw_articles
from filter.training.labels import COVERED, segment_span
from filter.training.markup_splice import (
    FEWEST_PARAGRAPHS,
    paragraph_ends,
    places_in_host,
    replace_main_content,
)
from filter.training.pages import SEGMENTS_FOLDER, WCXB_FOLDER, page_of, segment_pages, wcxb_pages

ARTICLE = "article"
"""The type of pages that are spliced, and whose false alarms count."""
NEWS = "news on the page of another"
"""The type of pages made of a news article and the markup of another page: spliced, too."""
_LINKED_NEWS = 0.1
"""Share of the paragraphs of such an article that are given a link."""


@dataclass(frozen=True, slots=True)
class MarkupHost:
    """A real page, and which of its blocks are main content.

    Attributes
    ----------
    name, domain, page_type, language : str
    html : str
    page : Page
    main : bool array, shape (blocks,)
    """

    name: str
    domain: str
    page_type: str
    language: str
    html: str
    page: Page
    main: npt.NDArray[np.bool_]

    def main_texts(self) -> list[str]:
        """Return the texts of the main content, block by block."""
        return [text for text, main in zip(self.page.texts, self.main, strict=True) if main]


def read_markup_hosts(folder: Path) -> list[MarkupHost]:
    """Read WCXB's pages, and trafilatura's evaluation pages, with their markup.

    Parameters
    ----------
    folder : Path
        The folder of all corpora.

    Raises
    ------
    CallerError
        If one of them is missing.
    """
    for name in (WCXB_FOLDER, SEGMENTS_FOLDER):
        if not (folder / name).is_dir():
            raise CallerError(f"{folder / name} is missing: name the folder that holds {name}")
    hosts = [*_read_wcxb(folder / WCXB_FOLDER), *_read_segments(folder / SEGMENTS_FOLDER)]
    return [host for host in hosts if len(host.page)]


def _read_wcxb(folder: Path) -> Iterator[MarkupHost]:
    for found in wcxb_pages(folder):
        markup, _ = decode(found.content)
        page = page_of(markup)
        gold = found.record["ground_truth"].get("main_content") or ""
        main = coverage(page.texts, gold) >= COVERED
        yield MarkupHost(found.name, found.domain, found.page_type, "en", markup, page, main)


def _read_segments(folder: Path) -> Iterator[MarkupHost]:
    """Read pages that are known by segments: what stands between the first and the last is main content."""
    for found in segment_pages(folder):
        markup, _ = decode(found.content)
        page = page_of(markup)
        main = segment_span(page.texts, found.record["with"], found.record["without"])
        language = page.declarations.language[:2].lower()
        yield MarkupHost(found.name, found.domain, ARTICLE, language, markup, page, main)


@dataclass(frozen=True, slots=True)
class Templates:
    """Pages whose article can be replaced by another text.

    Attributes
    ----------
    hosts : list of MarkupHost
    ends : list of list of int
        Where the paragraphs of each end.
    """

    hosts: list[MarkupHost]
    ends: list[list[int]]

    @classmethod
    def of(cls, hosts: Sequence[MarkupHost]) -> Templates:
        """Find the pages that have an article of several paragraphs."""
        articles = [host for host in hosts if host.page_type == ARTICLE]
        ends = [paragraph_ends(host.html, "\n".join(host.main_texts())) for host in articles]
        places = [place for place, own in enumerate(ends) if len(own) >= FEWEST_PARAGRAPHS]
        return cls([articles[place] for place in places], [ends[place] for place in places])

    def with_text(self, title: str, blocks: Sequence[SpamBlock], random: np.random.Generator) -> MarkupHost:
        """Put a text on one of the pages; it is the page's main content."""
        number = int(random.integers(len(self.hosts)))
        host = self.hosts[number]
        markup = replace_main_content(host.html, self.ends[number], title, blocks, random)
        page = page_of(markup)
        main = places_in_host(host.page.texts, page.texts) < 0
        return replace(host, html=markup, page=page, main=main)


def news_hosts(
    templates: Templates, articles: Sequence[NewsArticle], random: np.random.Generator, count: int
) -> list[MarkupHost]:
    """Put news articles on real pages, so that hosts are in many languages and about many subjects.

    Parameters
    ----------
    templates : Templates
    articles : sequence of NewsArticle
        An outlet is drawn in proportion to the root of its size.
    random : numpy.random.Generator
    count : int
        About so many: see :func:`filter.training.corpora.draw_articles`.
    """
    hosts = []
    for article in draw_articles(articles, random, count):
        blocks = [
            SpamBlock(text, "paragraph", int(random.random() < _LINKED_NEWS), int(random.integers(4, 30)))
            for text in article.paragraphs
        ]
        host = templates.with_text(article.title or article.paragraphs[0], blocks, random)
        name = f"{host.name} with {article.name}"
        hosts.append(replace(host, name=name, page_type=NEWS, language=article.language))
    return hosts
