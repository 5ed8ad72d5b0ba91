"""Spam paragraphs in spliced articles: ours beside the filters that people otherwise train."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.table import markdown_table
from benchmarks.text_filters import Floats, available
from filter.training.cases import Case, PageForm, Sort
from filter.training.spam import cross_validate, fold_wordings
from filter.training.spam_corpus import SpamCorpus, read_corpus
from filter.training.spam_evaluation import by_family
from filter.training.spam_tables import Judged, Table

TRAINING_PARAGRAPHS = 60_000
"""Genuine paragraphs that a filter learns from in each fold."""
PARAGRAPHS_LOST = (0.01, 0.001)
"""Shares of genuine paragraphs flagged at which recall is compared."""
FALSE_ALARMS = (0.01, 0.002)
"""Shares of genuine articles with a paragraph flagged at which filters are compared."""


class Split(StrEnum):
    """What no two sides of a split share."""

    CAMPAIGN = "campaign"
    """Sellers: who share brands, texts or clients."""
    NICHE = "niche"
    """What is sold: every niche measured is one of which training saw nothing."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The paragraphs of one fold's articles, with the scores of one filter.

    Attributes
    ----------
    cases : sequence of Case
        Clean and spliced articles.
    offsets : int64 array, shape (cases + 1,)
        Paragraphs of case ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``.
    scores : float64 array, shape (paragraphs,)
    spam : bool array, shape (paragraphs,)
    """

    cases: Sequence[Case]
    offsets: npt.NDArray[np.int64]
    scores: Floats
    spam: npt.NDArray[np.bool_]

    def highest(self, sort: Sort) -> Floats:
        """The highest score in each article of a sort."""
        highest = np.maximum.reduceat(self.scores, self.offsets[:-1])
        return highest[[case.sort is sort for case in self.cases]]

    def restored(self, threshold: float) -> list[bool]:
        """Whether flagging above a threshold takes all spam and nothing else, for each spliced article."""
        wrong = np.add.reduceat((self.scores > threshold) != self.spam, self.offsets[:-1])
        return [not count for count, case in zip(wrong, self.cases, strict=True) if case.sort is Sort.SPLICED]


def report(corpora: Path, split: Split, log: Callable[[str], None]) -> Iterator[str]:
    """Compare at the same share of genuine paragraphs, and of genuine articles, flagged.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.
    split : Split
        What training and test must not share, beside outlets.
    log : callable
        Is told how the work goes on.

    Yields
    ------
    str
        Tables in Markdown.
    """
    corpus = read_corpus(corpora)
    if split is Split.NICHE:
        corpus = by_family(corpus)
    crossed = cross_validate(corpus, PageForm.TEXT, fold_wordings(corpus, log), log)
    yield from compare(corpus, crossed.test, crossed.run_odds, log)


def compare(
    corpus: SpamCorpus,
    tests: Sequence[Judged],
    run_odds: Sequence[npt.NDArray[np.float32]],
    log: Callable[[str], None],
) -> Iterator[str]:
    """Train the filters on each fold's training texts, and compare them with ours on its test cases."""
    scored: dict[str, list[Scored]] = {"ours": [_ours(*fold) for fold in zip(tests, run_odds, strict=True)]}
    for fold, judged in enumerate(tests):
        for name, fit in available().items():
            with fit(*_training_texts(corpus, fold)) as score:
                scored.setdefault(name, []).append(_scored(judged.table, score(_texts(judged.table))))
            log(f"fold {fold}: {name} judged")
    yield _paragraph_table(scored)
    yield _article_table(scored)


def _ours(judged: Judged, run_odds: npt.NDArray[np.float32]) -> Scored:
    """Paragraphs in runs by the log-odds of their run, and below these the others by their own."""
    scores = judged.second.astype(np.float64) - 1_000
    for start, stop, odds in zip(judged.runs.starts, judged.runs.stops, run_odds, strict=True):
        scores[start:stop] = odds
    return _scored(judged.table, scores)


def _scored(table: Table, scores: Floats) -> Scored:
    """Scores of clean and spliced news; pure spam is left out, and so are other pages: filters see none."""
    kept = ~(table.of_sort(Sort.PURE) | table.page_texts)
    lengths = np.diff(table.offsets)
    of_kept = np.repeat(kept, lengths)
    cases = [case for case, keep in zip(table.cases, kept, strict=True) if keep]
    offsets = np.concatenate(([0], np.cumsum(lengths[kept])))
    return Scored(cases, offsets, scores[of_kept], table.spam[of_kept])


def _texts(table: Table) -> list[str]:
    return [
        text for case in table.cases for text, read in zip(case.page.texts, case.read, strict=True) if read
    ]


def _training_texts(corpus: SpamCorpus, fold: int) -> tuple[list[str], list[str]]:
    outside = corpus.outside(fold)
    genuine = [paragraph for article in outside.articles for paragraph in article.paragraphs]
    chosen = np.random.default_rng(0).permutation(len(genuine))[:TRAINING_PARAGRAPHS]
    return [block.text for document in outside.documents for block in document.blocks], [
        genuine[place] for place in chosen
    ]


def _paragraph_table(scored: dict[str, list[Scored]]) -> str:
    rows = []
    for name, folds in scored.items():
        cells = []
        for rate in PARAGRAPHS_LOST:
            found = [fold.scores[fold.spam] > _exceeded_by(rate, fold.scores[~fold.spam]) for fold in folds]
            cells.append(f"{np.concatenate(found).mean():.3f}")
        rows.append([name, *cells])
    headings = [f"recall at {rate:.1%} of genuine paragraphs flagged" for rate in PARAGRAPHS_LOST]
    return markdown_table(["spam paragraphs", *headings], rows)


def _article_table(scored: dict[str, list[Scored]]) -> str:
    rows = []
    for name, folds in scored.items():
        cells = []
        for rate in FALSE_ALARMS:
            thresholds = [_exceeded_by(rate, fold.highest(Sort.CLEAN)) for fold in folds]
            pairs = list(zip(folds, thresholds, strict=True))
            found = np.concatenate([fold.scores[fold.spam] > threshold for fold, threshold in pairs])
            restored = [whole for fold, threshold in pairs for whole in fold.restored(threshold)]
            cells += [f"{1 - found.mean():.3f}", f"{np.mean(restored):.3f}"]
        rows.append([name, *cells])
    headings = [
        f"{what} at {rate:.1%} false alarms" for rate in FALSE_ALARMS for what in ("leak", "restored")
    ]
    return markdown_table(["articles", *headings], rows)


def _exceeded_by(share: float, scores: Floats) -> float:
    """The threshold that at most this share of scores exceeds."""
    return float(np.sort(scores)[::-1][int(share * len(scores))])
