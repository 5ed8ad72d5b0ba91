"""Spam, news and hosts dealt out to folds, so that no seller, outlet or site is in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from filter.training.composed import composed_news, composed_spam
from filter.training.corpora import NewsArticle, SpamDocument, assign_folds, read_news, read_spam
from filter.training.markup_hosts import MarkupHost, read_markup_hosts

Folds = npt.NDArray[np.int64]
Item = TypeVar("Item")

FOLDS = 5


@dataclass(frozen=True, slots=True)
class SpamCorpus:
    """Texts and pages to learn from, dealt out to folds.

    Attributes
    ----------
    documents : list of SpamDocument
    document_folds : int64 array
    articles : list of NewsArticle
    article_folds : int64 array
    hosts : list of MarkupHost
    host_folds : int64 array
    """

    documents: list[SpamDocument]
    document_folds: Folds
    articles: list[NewsArticle]
    article_folds: Folds
    hosts: list[MarkupHost]
    host_folds: Folds

    def inside(self, fold: int) -> SpamCorpus:
        """Return what is in a fold."""
        return self._chosen(*(folds == fold for folds in self._folds))

    def outside(self, fold: int) -> SpamCorpus:
        """Return what is not in a fold."""
        return self._chosen(*(folds != fold for folds in self._folds))

    def found(self) -> SpamCorpus:
        """Return what was found, without the texts composed for training."""
        documents = np.array([not document.composed for document in self.documents], dtype=bool)
        articles = np.array([not article.composed for article in self.articles], dtype=bool)
        return self._chosen(documents, articles, np.ones(len(self.hosts), dtype=bool))

    @property
    def _folds(self) -> tuple[Folds, Folds, Folds]:
        return self.document_folds, self.article_folds, self.host_folds

    def _chosen(
        self,
        documents: npt.NDArray[np.bool_],
        articles: npt.NDArray[np.bool_],
        hosts: npt.NDArray[np.bool_],
    ) -> SpamCorpus:
        return SpamCorpus(
            _take(self.documents, documents),
            self.document_folds[documents],
            _take(self.articles, articles),
            self.article_folds[articles],
            _take(self.hosts, hosts),
            self.host_folds[hosts],
        )


def read_corpus(folder: Path, folds: int = FOLDS) -> SpamCorpus:
    """Read spam and news, found and composed, and hosts; split by campaign, by outlet and by site.

    Parameters
    ----------
    folder : Path
        The folder of all corpora.
    folds : int
        From 2.
    """
    documents, articles = read_spam(folder), read_news(folder)
    composed = read_spam(folder, composed=True) + composed_spam()
    composed_articles = read_news(folder, composed=True) + composed_news()
    hosts = read_markup_hosts(folder)
    return SpamCorpus(
        documents + composed,
        np.concatenate(
            [
                assign_folds([d.campaign for d in documents], folds, strata=[d.niche for d in documents]),
                assign_folds([d.campaign for d in composed], folds),
            ]
        ),
        articles + composed_articles,
        np.concatenate(
            [
                assign_folds([a.outlet for a in articles], folds, strata=[a.language for a in articles]),
                assign_folds([a.name for a in composed_articles], folds),
            ]
        ),
        hosts,
        assign_folds([host.domain for host in hosts], folds),
    )


def _take(items: Sequence[Item], chosen: npt.NDArray[np.bool_]) -> list[Item]:
    return [items[place] for place in np.flatnonzero(chosen).tolist()]
