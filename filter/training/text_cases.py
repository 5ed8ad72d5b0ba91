"""Cases of the second pass from texts: news, what web pages hold besides news, and spam."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from filter.page import text_page
from filter.training.cases import Case, Sort, size_class
from filter.training.corpora import NewsArticle, SpamDocument, draw_articles
from filter.training.endings import dress
from filter.training.markup_hosts import ARTICLE, MarkupHost
from filter.training.splice import Splicer

LONGEST_TITLE = 150
"""Characters of a first block that passes for a headline."""
TITLED = 0.7
"""Share of training articles whose headline is known: extractors often lose it."""
DRESSED = 0.5
"""Share of training articles with lines that real pages carry."""
GLUED = 0.08
"""Share of clean training articles with other news glued on: a change of subject alone is no spam."""


def clean_case(article: NewsArticle, *, title: bool = True) -> Case:
    """Make the case of an article as it is."""
    paragraphs = list(article.paragraphs)
    return Case(
        page=text_page(paragraphs),
        read=(True,) * len(paragraphs),
        spam=(False,) * len(paragraphs),
        furniture=(False,) * len(paragraphs),
        title=article.title if title else "",
        sort=Sort.CLEAN,
        facts={"language": article.language, "topic": article.topic, "outlet": article.outlet},
    )


def spliced_case(article: NewsArticle, splicer: Splicer, *, title: bool = True) -> Case:
    """Make the case of an article with spam in it."""
    splice = splicer.splice(article)
    texts = [block.text for block in splice.blocks]
    facts = {
        "site": splice.site,
        "form": splice.form,
        "niche": splice.niche,
        "spam language": splice.language,
        "blocks": size_class(sum(splice.spam)),
    }
    case = clean_case(article, title=title)
    return replace(
        case,
        page=text_page(texts),
        read=(True,) * len(texts),
        spam=splice.spam,
        furniture=(False,) * len(texts),
        sort=Sort.SPLICED,
        facts=case.facts | facts,
    )


def pure_case(document: SpamDocument) -> Case:
    """Make the case of a page that is spam from end to end; a short first block is its headline.

    Without one, having no headline would itself be a sign of spam.
    """
    texts = [block.text for block in document.blocks]
    titled = len(texts) > 1 and len(texts[0]) <= LONGEST_TITLE
    body = (True,) * (len(texts) - titled)
    return Case(
        page=text_page(texts),
        read=(False,) * titled + body,
        spam=body,
        furniture=(False,) * len(body),
        title=texts[0] if titled else "",
        sort=Sort.PURE,
        facts={"niche": document.niche, "style": document.style, "spam language": document.language},
    )


def page_cases(hosts: Iterable[MarkupHost]) -> Iterator[Case]:
    """Make cases of the main content of pages as it is, a single block aside."""
    for host, article in _articles_of(hosts):
        yield _of_page(host, clean_case(article))


def spliced_page_cases(
    hosts: Iterable[MarkupHost], documents: Sequence[SpamDocument], random: np.random.Generator
) -> Iterator[Case]:
    """Make training cases of the main content of pages, and of the articles among it with spam in them.

    Guides, shops and company pages read more like spam than news does, and are
    none: without these cases, one in three such articles gets a false alarm.
    """
    splicer = Splicer(documents, random)
    for host, article in _articles_of(hosts):
        yield _of_page(host, clean_case(_dressed(article, random), title=random.random() < TITLED))
        if host.page_type == ARTICLE:
            dressed = _dressed(article, random)
            yield _of_page(host, spliced_case(dressed, splicer, title=random.random() < TITLED))


def _articles_of(hosts: Iterable[MarkupHost]) -> Iterator[tuple[MarkupHost, NewsArticle]]:
    """Read the main content of pages as articles; a single block tells nothing of breaks."""
    for host in hosts:
        title, texts, language = host.page.declarations.title, tuple(host.main_texts()), host.language or "en"
        if len(texts) > 1:
            yield host, NewsArticle(host.name, host.domain, "other", language, title, texts, own_breaks=True)


def _of_page(host: MarkupHost, case: Case) -> Case:
    return replace(case, facts=case.facts | {"page type": host.page_type})


def _dressed(article: NewsArticle, random: np.random.Generator) -> NewsArticle:
    return dress(article, random) if random.random() < DRESSED else article


@dataclass(frozen=True, slots=True)
class CaseMaker:
    """Draws training cases from some articles and some spam.

    Attributes
    ----------
    articles : sequence of NewsArticle
    documents : sequence of SpamDocument
    random : numpy.random.Generator
    """

    articles: Sequence[NewsArticle]
    documents: Sequence[SpamDocument]
    random: np.random.Generator

    def spliced(self, count: int, *, dressed: bool = True) -> list[Case]:
        """Draw articles and put spam into them."""
        splicer = Splicer(self.documents, self.random)
        hosts = [
            _dressed(host, self.random) if dressed else host
            for host in draw_articles(self.articles, self.random, count)
            if len(host.paragraphs) > 1
        ]
        return [spliced_case(host, splicer, title=self.random.random() < TITLED) for host in hosts]

    def clean(self, count: int) -> list[Case]:
        """Draw articles as they are."""
        cases = []
        for article in draw_articles(self.articles, self.random, count):
            dressed = _dressed(article, self.random)
            if self.random.random() < GLUED:
                other = self.articles[int(self.random.integers(len(self.articles)))]
                start = int(self.random.integers(len(other.paragraphs)))
                glued = other.paragraphs[start : start + int(self.random.integers(1, 4))]
                dressed = replace(dressed, paragraphs=dressed.paragraphs + glued)
            cases.append(clean_case(dressed, title=self.random.random() < TITLED))
        return cases
