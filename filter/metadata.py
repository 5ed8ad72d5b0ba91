"""What a page says of itself: headline, authors, date, site name, language, canonical address.

What the page declares comes first; where it declares no author or date, what
readers see beside the headline. Dates are read by turbohtml's date finder,
which knows their many spellings; what is left to this module is which of a
page's statements to believe. Each order below is the one that agreed best with
hand-made metadata: ``benchmarks/metadata.md`` has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import islice

from turbohtml.extract import DateExtraction, dates

from filter import byline, jsonld
from filter.article import Metadata
from filter.headline import without_site_name
from filter.page import Page

HEADLINE_METAS = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "title",
)
AUTHOR_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "citation_author",
    "byl",
    "creator",
)
DATE_METAS = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date")
SITE_METAS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "sitename")
LANGUAGE_METAS = ("content-language", "dc.language", "language", "inlanguage", "og:locale")

LONGEST_DATELINE = 80
"""Characters beyond which a block beside the headline is not searched for a date."""

MOST_TITLES = MOST_HEADINGS = 50
"""Declared titles, the page's own first, and headings that are compared with each other."""

_DATE_ONLY = len("2026-01-31")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_PUBLISHED = DateExtraction(original=True)


def read_metadata(page: Page) -> Metadata:
    """Read what a page says of itself.

    Parameters
    ----------
    page : Page
        A page with its declarations: the title element, ``lang``, every meta
        element with a name, canonical links, and JSON-LD.

    Returns
    -------
    Metadata
        ``None`` (or no authors) where the page says nothing that can be
        understood. Broken declarations are passed over; nothing is raised.
    """
    said = _Said.by(page)
    site_name = _site_name(said)
    headline, block = _headline(said, page, site_name)
    return Metadata(
        headline=headline,
        authors=_authors(said, page, block, site_name),
        published=_published(said, page, block),
        site_name=site_name,
        language=_language(said, page),
        canonical_url=_canonical_url(said, page),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A page's own statements, sorted."""

    metas: dict[str, list[str]]
    """Contents of the meta elements by name, white space folded, empty ones left out."""
    things: list[jsonld.Thing]
    articles: list[jsonld.Thing]

    @classmethod
    def by(cls, page: Page) -> _Said:
        metas: dict[str, list[str]] = {}
        for name, content in page.declarations.metas:
            if text := " ".join(content.split()):
                metas.setdefault(name.strip(), []).append(text)
        things = list(jsonld.things(page.declarations.scripts))
        return cls(metas, things, [thing for thing in things if jsonld.is_article(thing)])

    def first(self, names: Iterable[str]) -> list[str]:
        """The first content of each of the named meta elements that are there."""
        return [self.metas[name][0] for name in names if name in self.metas]


def _headline(said: _Said, page: Page, site_name: str | None) -> tuple[str | None, int]:
    """The headline, and the index of the block that shows it (0 where none does).

    A heading of the first two levels with which the title, Open Graph or JSON-LD
    agrees is shorn of the site's name and no teaser for search engines. One that is
    a declared title from end to end wins, then the longest: shorter ones are names
    of sections, or of the site. Where none agrees, the first heading of the first
    level stands.
    """
    articles = jsonld.texts(said.articles, "headline")
    own = [*said.first(HEADLINE_METAS), page.declarations.title]
    titles = _folded([*own, *articles])
    owners, tags = page.owners, page.elements.tags
    levels = [tags[owner] if owner >= 0 else "" for owner in owners]
    headings = islice((block for block, level in enumerate(levels) if level in ("h1", "h2")), MOST_HEADINGS)
    agreed = [block for block in headings if _is_in_one_of(titles, page.texts[block])]

    def likeliness(block: int) -> tuple[bool, int]:
        return _letters(page.texts[block]) in titles, len(page.texts[block])

    if agreed or "h1" in levels:
        block = max(agreed, key=likeliness) if agreed else levels.index("h1")
        return page.texts[block], block
    declared = (without_site_name(title, site_name) for title in [*articles, *own])
    return next((title for title in declared if title), None), 0


def _folded(titles: Iterable[str]) -> list[str]:
    """The letters and digits of each different title, up to the limit."""
    return list(dict.fromkeys(map(_letters, titles)))[:MOST_TITLES]


def _is_in_one_of(titles: Iterable[str], heading: str) -> bool:
    """Whether a heading is in a folded title."""
    letters = _letters(heading)
    return bool(letters) and any(letters in title for title in titles)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _authors(said: _Said, page: Page, headline: int, site_name: str | None) -> tuple[str, ...]:
    sources = [
        jsonld.author_names(said.articles, said.things),
        *(said.metas.get(name, []) for name in AUTHOR_METAS),
    ]
    for source in sources:
        if names := byline.split_names(source, site_name):
            return names
    visible = byline.visible_byline(page, headline)
    return byline.split_names([visible]) if visible else ()


def _published(said: _Said, page: Page, headline: int) -> str | None:
    for stated in [*jsonld.texts(said.articles, "datePublished"), *said.first(DATE_METAS)]:
        if moment := _iso(stated):
            return moment
    found = dates(_dated_document(page, headline), _PUBLISHED)
    return found.date if found else None


def _iso(stated: str) -> str | None:
    """A date, or a date and time, in the form of ISO 8601; ``None`` if it is none."""
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return moment.date().isoformat() if len(stated) <= _DATE_ONLY else moment.isoformat()


def _dated_document(page: Page, headline: int) -> str:
    """The declarations, and the short blocks beside the headline, as the document a date finder expects."""
    declared = page.declarations
    metas = "".join(
        f'<meta property="{escape(name)}" content="{escape(value)}">' for name, value in declared.metas
    )
    links = "".join(f'<link rel="{escape(rel)}" href="{escape(href)}">' for rel, href in declared.links)
    around = page.texts[max(0, headline - byline.BEFORE) : headline + byline.AFTER]
    blocks = "".join(f"<p>{escape(text)}</p>" for text in around if len(text) <= LONGEST_DATELINE)
    return f"<html><head>{metas}{links}</head><body>{blocks}</body></html>"


def _site_name(said: _Said) -> str | None:
    publishers = [
        thing
        for article in said.articles
        for thing in jsonld.values(article, "publisher")
        if isinstance(thing, dict)
    ]
    sites = [thing for thing in said.things if "WebSite" in jsonld.values(thing, "@type")]
    names = [*said.first(SITE_METAS), *jsonld.texts(publishers, "name"), *jsonld.texts(sites, "name")]
    return next(iter(names), None)


def _language(said: _Said, page: Page) -> str | None:
    stated = [
        page.declarations.language,
        *jsonld.texts(said.articles, "inLanguage"),
        *said.first(LANGUAGE_METAS),
    ]
    tags = (tag.strip().replace("_", "-") for tag in stated)
    return next((tag for tag in tags if _LANGUAGE_TAG.match(tag)), None)


def _canonical_url(said: _Said, page: Page) -> str | None:
    links = [href.strip() for rel, href in page.declarations.links if "canonical" in rel.split()]
    urls = [*links, *said.first(["og:url"])]
    return next((url for url in urls if url.startswith(("https://", "http://"))), None)
