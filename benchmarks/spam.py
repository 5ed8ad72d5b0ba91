"""Spam paragraphs in spliced articles: ours beside the filters that people otherwise train."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.table import markdown_table
from benchmarks.text_filters import Floats, available
from filter.training.corpora import NewsArticle, SpamDocument, assign_folds, read_news, read_spam
from filter.training.splice import Splice, Splicer

FOLDS = 3
HOSTS = 1_500
"""Articles of each fold into which spam is put."""
TRAINING_PARAGRAPHS = 40_000
"""Genuine paragraphs that the filters learn from in each fold."""
RATES = (0.01, 0.001)
"""Shares of genuine paragraphs lost at which recall is compared."""
FEWEST_PARAGRAPHS = 4


@dataclass(frozen=True, slots=True)
class Fold:
    """One division: no campaign or outlet on both sides, some niches left out of training."""

    spam: list[SpamDocument]
    news: list[NewsArticle]
    splices: list[Splice]
    unseen: frozenset[str]
    """Niches of which training saw nothing."""


def divide(corpora: Path) -> Iterator[Fold]:
    """Divide spam by campaign, news by outlet; each niche is left out of training in one fold."""
    spam, news = read_spam(corpora), read_news(corpora)
    campaigns = assign_folds([document.campaign for document in spam], FOLDS, strata=[d.niche for d in spam])
    outlets = assign_folds([article.outlet for article in news], FOLDS)
    niches = sorted({document.niche for document in spam})
    for fold in range(FOLDS):
        unseen = frozenset(niches[fold::FOLDS])
        kept = [
            doc for doc, own in zip(spam, campaigns, strict=True) if own != fold and doc.niche not in unseen
        ]
        held = [doc for doc, own in zip(spam, campaigns, strict=True) if own == fold]
        random = np.random.default_rng(fold)
        hosts = [
            article
            for article, own in zip(news, outlets, strict=True)
            if own == fold and article.own_breaks and len(article.paragraphs) >= FEWEST_PARAGRAPHS
        ]
        chosen = random.permutation(len(hosts))[:HOSTS]
        splicer = Splicer(held, random)
        yield Fold(
            spam=kept,
            news=[article for article, own in zip(news, outlets, strict=True) if own != fold],
            splices=[splicer.splice(hosts[place]) for place in chosen],
            unseen=unseen,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """The paragraphs of a fold's splices, with the score of one filter."""

    scores: Floats
    spam: npt.NDArray[np.bool_]
    unseen: npt.NDArray[np.bool_]


def report(corpora: Path) -> Iterator[str]:
    """Compare recall at the same share of genuine paragraphs lost.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.

    Yields
    ------
    str
        Tables in Markdown.
    """
    judged: dict[str, list[Judged]] = {}
    for fold in divide(corpora):
        texts, spam, unseen = _paragraphs(fold)
        for name, fit in available().items():
            with fit(*_training_texts(fold)) as score:
                judged.setdefault(name, []).append(Judged(score(texts), spam, unseen))
    rows = [[name, *_recalls(folds)] for name, folds in judged.items()]
    headings = ["recall of spam paragraphs"]
    headings += [f"{which} at {rate:.1%} lost" for rate in RATES for which in ("all", "niches unseen")]
    yield markdown_table(headings, rows)


def _paragraphs(fold: Fold) -> tuple[list[str], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    texts = [block.text for splice in fold.splices for block in splice.blocks]
    spam = [put_in for splice in fold.splices for put_in in splice.spam]
    unseen = [splice.niche in fold.unseen for splice in fold.splices for _ in splice.blocks]
    return texts, np.array(spam), np.array(unseen)


def _training_texts(fold: Fold) -> tuple[list[str], list[str]]:
    spam = [block.text for document in fold.spam for block in document.blocks]
    genuine = [paragraph for article in fold.news for paragraph in article.paragraphs]
    chosen = np.random.default_rng(0).permutation(len(genuine))[:TRAINING_PARAGRAPHS]
    return spam, [genuine[place] for place in chosen]


def _recalls(folds: Sequence[Judged]) -> list[str]:
    cells = []
    for rate in RATES:
        found = [fold.scores > _threshold(fold, rate) for fold in folds]
        for only_unseen in (False, True):
            wanted = [fold.spam & fold.unseen if only_unseen else fold.spam for fold in folds]
            hits = sum(int((hit & want).sum()) for hit, want in zip(found, wanted, strict=True))
            cells.append(f"{hits / sum(int(want.sum()) for want in wanted):.3f}")
    return cells


def _threshold(fold: Judged, rate: float) -> float:
    """The score above which at most that share of the genuine paragraphs lies."""
    genuine = np.sort(fold.scores[~fold.spam])[::-1]
    return float(genuine[int(rate * len(genuine))])
