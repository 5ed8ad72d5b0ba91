"""Cases of the second pass: pages, which of their blocks it reads, and which of these are spam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from filter.features.batch import gather
from filter.features.bodies import Bodies, select_bodies
from filter.page import Page, text_page
from filter.training.corpora import NewsArticle, SpamDocument
from filter.training.endings import dress
from filter.training.splice import Splicer

PAGES_AT_ONCE = 64


class Sort(StrEnum):
    """What kind of page a case is."""

    CLEAN = "clean"
    SPLICED = "spliced"
    PURE = "pure spam"


class PageForm(StrEnum):
    """What a page comes as; each form has a model of its own."""

    TEXT = "text"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Case:
    """One page to learn from, or to be measured on.

    Attributes
    ----------
    page : Page
    read : tuple of bool
        Which blocks the second pass reads.
    spam : tuple of bool
        Which of the blocks that it reads are spam.
    furniture : tuple of bool
        Which of them are neither spam nor part of the article: a mistake there costs no genuine text.
    title : str
        The headline, or "".
    sort : Sort
    facts : dict of str to str
        What reports group by: ``language``, ``topic``, ``niche``, ``site``, ``form``, ``spam language``,
        ``blocks``.
    """

    page: Page
    read: tuple[bool, ...]
    spam: tuple[bool, ...]
    furniture: tuple[bool, ...]
    title: str
    sort: Sort
    facts: dict[str, str] = field(default_factory=dict)

    def without_markup(self) -> Case:
        """Return the case with no more of its page than the texts: elements and links fill gigabytes."""
        texts = self.page.texts
        return replace(self, page=replace(text_page(texts), is_markup=self.page.is_markup))


def bodies_of(cases: Sequence[Case]) -> Bodies:
    """Lay out what the second pass reads of some cases, at least one."""
    batch = gather([case.page for case in cases])
    read = np.fromiter((flag for case in cases for flag in case.read), dtype=bool, count=batch.blocks)
    return select_bodies(batch, read, [case.title for case in cases])


def batches(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    """Cut a list of cases into batches."""
    for start in range(0, len(cases), PAGES_AT_ONCE):
        yield cases[start : start + PAGES_AT_ONCE]


def truth(cases: Sequence[Case]) -> npt.NDArray[np.bool_]:
    """Return which blocks of all cases are spam, end to end."""
    return np.fromiter((flag for case in cases for flag in case.spam), dtype=bool)


def furniture_of(cases: Sequence[Case]) -> npt.NDArray[np.bool_]:
    """Return which blocks of all cases are neither spam nor part of an article, end to end."""
    return np.fromiter((flag for case in cases for flag in case.furniture), dtype=bool)


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
    injected = sum(splice.spam)
    facts = {
        "site": splice.site,
        "form": splice.form,
        "niche": splice.niche,
        "spam language": splice.language,
        "blocks": "1" if injected == 1 else "2-3" if injected < 4 else "4-9" if injected < 10 else "10+",
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


LONGEST_TITLE = 150
"""Characters of a first block that passes for a headline."""
TITLED = 0.7
"""Share of training articles whose headline is known: extractors often lose it."""
DRESSED = 0.5
"""Share of training articles with lines that real pages carry."""
GLUED = 0.08
"""Share of clean training articles with other news glued on: a change of subject alone is no spam."""
_POOLS = (0.5, 0.35, 0.15)
"""Shares of hosts in English, in other languages, and about spammy subjects."""


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
            self._dress(host, dressed)
            for host in draw_articles(self.articles, self.random, count)
            if len(host.paragraphs) > 1
        ]
        return [spliced_case(host, splicer, title=self.random.random() < TITLED) for host in hosts]

    def clean(self, count: int) -> list[Case]:
        """Draw articles as they are."""
        cases = []
        for article in draw_articles(self.articles, self.random, count):
            dressed = self._dress(article, dressed=True)
            if self.random.random() < GLUED:
                other = self.articles[int(self.random.integers(len(self.articles)))]
                start = int(self.random.integers(len(other.paragraphs)))
                glued = other.paragraphs[start : start + int(self.random.integers(1, 4))]
                dressed = replace(dressed, paragraphs=dressed.paragraphs + glued)
            cases.append(clean_case(dressed, title=self.random.random() < TITLED))
        return cases

    def _dress(self, article: NewsArticle, dressed: bool) -> NewsArticle:
        return dress(article, self.random) if dressed and self.random.random() < DRESSED else article


def draw_articles(
    articles: Sequence[NewsArticle], random: np.random.Generator, count: int
) -> list[NewsArticle]:
    """Draw articles, an outlet in proportion to the root of its size.

    Parameters
    ----------
    articles : sequence of NewsArticle
    random : numpy.random.Generator
    count : int
        About so many are drawn: in English, in other languages, and about spammy subjects.
    """
    english = [article for article in articles if article.language == "en"]
    others = [article for article in articles if article.language != "en"]
    delicate = [article for article in articles if article.topic != "other"]
    drawn = []
    for pool, share in zip((english, others, delicate), _POOLS, strict=True):
        if not pool:
            continue
        outlets: dict[str, list[NewsArticle]] = {}
        for article in pool:
            outlets.setdefault(article.outlet, []).append(article)
        members = list(outlets.values())
        chances = np.sqrt([len(own) for own in members])
        chosen = random.choice(len(members), size=int(count * share), p=chances / chances.sum())
        drawn += [members[outlet][random.integers(len(members[outlet]))] for outlet in chosen]
    return drawn
