"""What is drawn from a fold of the corpora: cases to learn from, and cases to measure on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from filter.training.cases import Case, PageForm, Sort
from filter.training.corpora import SpamDocument
from filter.training.markup_cases import markup_cases, pure_markup_cases
from filter.training.markup_hosts import Templates, news_hosts
from filter.training.spam_corpus import SpamCorpus
from filter.training.text_cases import CaseMaker, clean_case, page_cases, pure_case, spliced_page_cases

Item = TypeVar("Item")
Other = TypeVar("Other")

SPLICED, CLEAN = 3200, 2000
"""Training cases of plain text drawn in each fold."""
NEWS_PAGES, MARKUP_ROUNDS = 300, 2
"""News articles put on other pages in each fold, and how often each article with markup is spliced anew."""
TEST_SPLICED, TEST_NEWS_PAGES, TEST_MARKUP_ROUNDS = 700, 150, 2
"""Likewise of test cases."""
FURTHER_SPLICED, FURTHER_NEWS_PAGES, FURTHER_MARKUP_ROUNDS = 6400, 600, 4
"""Likewise of further cases. Three times as many restore no page more."""
SHORTEST_PURE = 300
"""Characters of a document that is measured as a page of nothing but spam."""


@dataclass(frozen=True, slots=True)
class Fold(Generic[Item]):
    """What is drawn from a fold, or what is made of it.

    Attributes
    ----------
    training : Item
        Pages as they are, and spliced ones: what every judge learns from.
    further : Item
        Mostly spliced pages, which the second look learns from besides: from few, its network learns by heart
        what was put where. With them, three pages in a hundred more are restored in HTML, one in plain text.
    test : Item
        Every genuine article as it is, spliced ones, and pure spam. Nothing composed is among them, so it
        stays the same, whatever is composed for training and however much of it is drawn.
    """

    training: Item
    further: Item
    test: Item

    def map(self, change: Callable[[Item], Other]) -> Fold[Other]:
        """Change each of them alike."""
        return Fold(change(self.training), change(self.further), change(self.test))


def draw_fold(corpus: SpamCorpus, form: PageForm, random: np.random.Generator) -> Fold[list[Case]]:
    """Draw the cases of a form from what is in a fold."""
    draw = _draw_markup if form is PageForm.MARKUP else _draw_text
    return draw(corpus, *random.spawn(3))


def _draw_markup(
    corpus: SpamCorpus,
    for_training: np.random.Generator,
    for_test: np.random.Generator,
    for_more: np.random.Generator,
) -> Fold[list[Case]]:
    found, templates = corpus.found(), Templates.of(corpus.hosts)
    hosts = corpus.hosts + news_hosts(templates, corpus.articles, for_training, NEWS_PAGES)
    training = markup_cases(hosts, corpus.documents, for_training, MARKUP_ROUNDS)
    hosts = corpus.hosts + news_hosts(templates, corpus.articles, for_more, FURTHER_NEWS_PAGES)
    further = markup_cases(hosts, corpus.documents, for_more, FURTHER_MARKUP_ROUNDS)
    hosts = corpus.hosts + news_hosts(templates, found.articles, for_test, TEST_NEWS_PAGES)
    test = markup_cases(hosts, found.documents, for_test, TEST_MARKUP_ROUNDS, for_training=False)
    test += pure_markup_cases(templates, _long(found.documents), for_test)
    return Fold(training, [case for case in further if case.sort is Sort.SPLICED], test)


def _draw_text(
    corpus: SpamCorpus,
    for_training: np.random.Generator,
    for_test: np.random.Generator,
    for_more: np.random.Generator,
) -> Fold[list[Case]]:
    found = corpus.found()
    maker = CaseMaker(corpus.articles, corpus.documents, for_training)
    training = maker.spliced(SPLICED) + maker.clean(CLEAN)
    training += spliced_page_cases(corpus.hosts, corpus.documents, for_training)
    further = CaseMaker(corpus.articles, corpus.documents, for_more).spliced(FURTHER_SPLICED)
    further += spliced_page_cases(corpus.hosts, corpus.documents, for_more)
    test = CaseMaker(found.articles, found.documents, for_test).spliced(TEST_SPLICED, dressed=False)
    test += [clean_case(article) for article in found.articles]
    test += [*page_cases(corpus.hosts), *map(pure_case, _long(found.documents))]
    return Fold(training, further, test)


def _long(documents: Sequence[SpamDocument]) -> list[SpamDocument]:
    return [document for document in documents if document.characters >= SHORTEST_PURE]
