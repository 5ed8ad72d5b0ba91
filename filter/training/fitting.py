"""Corpora become a model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from filter.judge import Judge
from filter.judges import feature_names
from filter.model import Model
from filter.training.blocks import Rows, Settings, cross_fit, fit_judge, make_rows
from filter.training.corpora import NewsArticle, assign_folds
from filter.training.extracts import extracts, news_texts
from filter.training.labels import BlockLabels, label_blocks
from filter.training.leftovers import Leftovers
from filter.training.pages import GoldPage

NEWS_SAMPLE = 1500
"""News articles that the judge of plain text learns from, beside the pages."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Everything a model is fitted on.

    Attributes
    ----------
    golds : sequence of GoldPage
    labels : sequence of BlockLabels
        Of the blocks of each.
    news : sequence of NewsArticle
    """

    golds: Sequence[GoldPage]
    labels: Sequence[BlockLabels]
    news: Sequence[NewsArticle] = ()

    @classmethod
    def of(cls, golds: Sequence[GoldPage], news: Sequence[NewsArticle] = ()) -> TrainingData:
        """Label the blocks of gold pages."""
        return cls(golds, [label_blocks(gold) for gold in golds], news)

    def without_domains(self, domains: frozenset[str]) -> TrainingData:
        """Return the data of all other domains."""
        kept = [place for place, gold in enumerate(self.golds) if gold.domain not in domains]
        return TrainingData([self.golds[k] for k in kept], [self.labels[k] for k in kept], self.news)


def fit_markup(data: TrainingData, settings: Settings) -> Judge:
    """Fit the judge of HTML pages."""
    rows = page_rows(data.golds, data.labels, settings)
    return fit_judge(rows, cross_fit(rows, settings), settings)


def fit_text(data: TrainingData, settings: Settings) -> Judge:
    """Fit the judge of plain text, on pages rendered as text and on news."""
    random = np.random.default_rng(2)
    chosen = random.permutation(len(data.news))[:NEWS_SAMPLE]
    leftovers = Leftovers(data.golds, random)
    rendered = [
        *extracts(data.golds, data.labels, leftovers, random),
        *news_texts([data.news[place] for place in chosen], leftovers, random),
    ]
    rows = page_rows([gold for gold, _ in rendered], [labels for _, labels in rendered], settings)
    return fit_judge(rows, cross_fit(rows, settings), settings)


def fit_model(data: TrainingData, settings: Settings, training: dict[str, Any]) -> Model:
    """Fit a whole model.

    Parameters
    ----------
    data : TrainingData
    settings : Settings
    training : dict
        What the model file says of the training data.
    """
    markup = fit_markup(data, settings)
    text = fit_text(data, settings)
    arrays = {
        f"{name}.{key}": array
        for name, judge in (("markup", markup), ("text", text))
        for key, array in judge.to_arrays().items()
    }
    return Model(arrays=arrays, features=feature_names(), training=training)


def digest_of(paths: Sequence[Path]) -> str:
    """Return one SHA-256 of the files below some folders, names and contents."""
    digest = hashlib.sha256()
    for root in paths:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file():
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def page_rows(golds: Sequence[GoldPage], labels: Sequence[BlockLabels], settings: Settings) -> Rows:
    """Lay labelled pages end to end, domains dealt out to folds."""
    folds = assign_folds([gold.domain for gold in golds], settings.folds)
    return make_rows([gold.page for gold in golds], labels, folds)
