"""Cases of the second pass from the markup of real pages."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from filter.context import SUSPECT_CHARACTERS
from filter.decode import decode
from filter.errors import CallerError
from filter.features.declared import descriptions
from filter.page import Page
from filter.training.alignment import coverage
from filter.training.cases import Case, Sort, draw_articles
from filter.training.corpora import NewsArticle, SpamBlock, SpamDocument
from filter.training.endings import draw_endings
from filter.training.labels import COVERED, segment_span
from filter.training.markup_splice import (
    FEWEST_PARAGRAPHS,
    Manner,
    paragraph_ends,
    places_in_host,
    replace_main_content,
    splice_markup,
)
from filter.training.pages import SEGMENTS_FOLDER, WCXB_FOLDER, page_of, segment_pages, wcxb_pages
from filter.training.splice import Splicer

ARTICLE = "article"
"""The type of pages that are spliced, and whose false alarms count."""
NEWS = "news on the page of another"
"""The type of pages made of a news article and the markup of another page: spliced, too."""
_LINKED_NEWS = 0.1
"""Share of the paragraphs of such an article that are given a link."""
_STRAY = 0.1
"""Share of blocks outside the main content that the second pass gets to read all the same."""
_STRAY_CHARACTERS = 40
"""Shorter blocks outside the main content rarely pass for it."""
_MANNERS = {
    Manner.AFTER_LAST: 0.22,
    Manner.CONTAINER: 0.16,
    Manner.MIDDLE: 0.14,
    Manner.SEVERAL: 0.1,
    Manner.END_OF_BODY: 0.12,
    Manner.HIDDEN: 0.1,
    Manner.HIDDEN_BY_RULE: 0.08,
    Manner.BREAKS: 0.08,
}


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


def markup_cases(
    hosts: Sequence[MarkupHost],
    documents: Sequence[SpamDocument],
    random: np.random.Generator,
    rounds: int,
    *,
    dressed: bool = True,
) -> list[Case]:
    """Make cases of all pages as they are, and of the articles among them with spam in their markup.

    Parameters
    ----------
    hosts : sequence of MarkupHost
    documents : sequence of SpamDocument
        What is put in.
    random : numpy.random.Generator
    rounds : int
        How often each article is spliced anew.
    dressed : bool
        Whether half of these carry lines more that stand under genuine articles.
    """
    splicer = Splicer(documents, random)
    cases = []
    for host in hosts:
        cases.append(_clean_case(host, _read_blocks(host, random)))
        ends = (
            paragraph_ends(host.html, "\n".join(host.main_texts()))
            if host.page_type in (ARTICLE, NEWS)
            else []
        )
        if len(ends) < FEWEST_PARAGRAPHS:
            continue
        for _ in range(rounds):
            page, own_ends = _dressed(host, ends, random) if dressed else (host, ends)
            if page is not host:
                cases.append(_clean_case(page, _read_blocks(page, random)))
            cases.append(_spliced_case(page, own_ends, splicer, random))
    return [case for case in cases if any(case.read)]


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


def pure_markup_cases(
    templates: Templates, documents: Sequence[SpamDocument], random: np.random.Generator
) -> list[Case]:
    """Make cases of pages that are spam from end to end: documents in the place of articles.

    Parameters
    ----------
    templates : Templates
    documents : sequence of SpamDocument
    random : numpy.random.Generator
    """
    cases = []
    for document in documents:
        host = templates.with_text(document.blocks[0].text, document.blocks, random)
        added, nothing = host.main, replace(host, main=np.zeros(len(host.page), dtype=bool))
        read = _read_blocks(nothing, random) | added
        facts = {"niche": document.niche, "style": document.style, "spam language": document.language}
        cases.append(
            replace(
                _clean_case(nothing, read),
                spam=tuple(added[read].tolist()),
                furniture=tuple((~added)[read].tolist()),
                sort=Sort.PURE,
                facts=facts,
            )
        )
    return [case for case in cases if any(case.spam)]


def _dressed(
    host: MarkupHost, ends: Sequence[int], random: np.random.Generator
) -> tuple[MarkupHost, Sequence[int]]:
    """Put lines that stand under genuine articles behind the last paragraph; half the time none."""
    lines = draw_endings(random)
    if not lines:
        return host, ends
    added = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    text = host.html[: ends[-1]] + added + host.html[ends[-1] :]
    page = page_of(text)
    places = places_in_host(host.page.texts, page.texts)
    main = np.where(places < 0, True, host.main[places])
    return replace(host, html=text, page=page, main=main), [*ends[:-1], ends[-1] + len(added)]


def _clean_case(host: MarkupHost, read: npt.NDArray[np.bool_]) -> Case:
    """Make the case of a page as it is."""
    facts = {
        "language": host.language or "unknown",
        "topic": host.page_type,
        "outlet": host.domain,
        "name": host.name,
    }
    return Case(
        page=host.page,
        read=tuple(read.tolist()),
        spam=(False,) * int(read.sum()),
        furniture=tuple((~host.main[read]).tolist()),
        title=_subject(host.page),
        sort=Sort.CLEAN,
        facts=facts,
    )


def _spliced_case(
    host: MarkupHost,
    ends: Sequence[int],
    splicer: Splicer,
    random: np.random.Generator,
) -> Case:
    """Make the case of a page with spam in its markup; the second pass reads all that was put in."""
    manner = list(_MANNERS)[random.choice(len(_MANNERS), p=list(_MANNERS.values()))]
    passages = [splicer.draw(host.language), splicer.draw(host.language)]
    page = page_of(splice_markup(host.html, ends, [blocks for blocks, _ in passages], manner, random))
    places = places_in_host(host.page.texts, page.texts)
    added = places < 0
    spliced = replace(host, page=page, main=host.main[places] & ~added)
    read = _read_blocks(spliced, random) | added
    facts = {"site": str(manner), "form": "markup", "niche": passages[0][1].niche}
    case = _clean_case(spliced, read)
    return replace(
        case,
        spam=tuple(added[read].tolist()),
        furniture=tuple((~spliced.main & ~added)[read].tolist()),
        sort=Sort.SPLICED,
        facts=case.facts | facts | {"spam language": passages[0][1].language, "blocks": _size(added)},
    )


def _size(added: npt.NDArray[np.bool_]) -> str:
    blocks = int(added.sum())
    return "1" if blocks == 1 else "2-3" if blocks < 4 else "4-9" if blocks < 10 else "10+"


def _read_blocks(host: MarkupHost, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Choose what the second pass reads: the main content, hidden prose, and some of what passes for main."""
    page = host.page
    lengths = np.array([len(text) for text in page.texts])
    stray = (random.random(len(page)) < _STRAY) & (lengths >= _STRAY_CHARACTERS)
    hidden = np.array([owner >= 0 and page.elements.hidden[owner] == 1 for owner in page.owners])
    return host.main | stray | hidden & (lengths >= SUSPECT_CHARACTERS)


def _subject(page: Page) -> str:
    return f"{page.declarations.title}\n{descriptions(page.declarations)}".strip()
