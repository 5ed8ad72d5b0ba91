"""Accuracy against cost: what each classifier would gain, and what it takes to judge a page.

::

    python -m benchmarks frontier CORPORA
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from benchmarks.clock import in_turns
from benchmarks.table import markdown_table
from filter.classifier import logistic
from filter.features.batch import Batch, gather
from filter.features.hashed import hash_text
from filter.features.matrix import first_features
from filter.judge import Judge
from filter.training.blocks import CrossFit, cross_fit, fit_judge, out_of_fold
from filter.training.evaluation import measure_pages, out_of_fold_texts
from filter.training.fitting import page_rows
from filter.training.labels import label_blocks
from filter.training.pages import WCXB_FOLDER, GoldPage, read_gold_pages
from filter.training.rows import Rows, Settings

FOLDS = 3
SIZES = (10, 30, 100, 200, 300)
"""Trees in each pass."""
CHOSEN = Settings().trees
"""What the default model has."""
SHIPPED = "two passes and a network"
"""The family that the default model is of."""
TIMED_PAGES, BATCH, ROUNDS = 160, 32, 5


@dataclass(frozen=True, slots=True)
class Point:
    """One classifier: how accurate it is, and what it costs.

    Attributes
    ----------
    family : str
    trees : int
        In each pass.
    articles, everything : float
        Word F1 of WCXB's articles, and of all its pages, out of fold.
    milliseconds : float
        CPU time to judge the blocks of a page that is read already.
    """

    family: str
    trees: int
    articles: float
    everything: float
    milliseconds: float


def measure(corpora: Path, log: Callable[[str], None]) -> list[Point]:
    """Fit classifiers of several sizes, with one pass, with two, and with a network; time them in turns.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data; WCXB's pages alone are used.
    log : callable
        Is told how the work goes on.
    """
    golds = read_gold_pages(corpora / WCXB_FOLDER)
    labels = [label_blocks(gold) for gold in golds]
    accuracy: dict[tuple[str, int], tuple[float, float]] = {}
    work: dict[str, Callable[[], object]] = {}
    pages = [gold.page for gold in golds[:: len(golds) // TIMED_PAGES]]
    batches = [gather(pages[start : start + BATCH]) for start in range(0, len(pages), BATCH)]
    for size in SIZES:
        settings = Settings(folds=FOLDS, trees=size)
        rows = page_rows(golds, labels, settings)
        both = cross_fit(rows, settings)
        judge = fit_judge(rows, both, settings)
        first = replace(both, chances=out_of_fold(rows, both.first_matrix, settings), slope=1, intercept=0)
        second = replace(both, chances=out_of_fold(rows, both.matrix, settings), slope=1, intercept=0)
        for family, crossed, judging in (
            ("one pass", first, _judge_once),
            ("two passes", second, _judge_by_trees),
            (SHIPPED, both, _judge),
        ):
            accuracy[family, size] = _word_f1(golds, rows, crossed)
            work[f"{family} {size}"] = _on_all(judging, judge, batches)
        log(f"{size} trees measured")
    seconds = in_turns(work, ROUNDS)
    return [
        Point(family, size, *found, 1000 * seconds[f"{family} {size}"] / len(pages))
        for (family, size), found in accuracy.items()
    ]


def report(points: Sequence[Point]) -> Iterator[str]:
    """Yield the table in Markdown."""
    rows = [
        [
            point.family,
            str(point.trees),
            f"{point.articles:.4f}",
            f"{point.everything:.4f}",
            f"{point.milliseconds:.2f}",
            "shipped" if (point.family, point.trees) == (SHIPPED, CHOSEN) else "",
        ]
        for point in points
    ]
    headings = ["", "trees a pass", "word F1, articles", "word F1, all", "CPU ms a page to judge", ""]
    yield markdown_table(headings, rows)


def _word_f1(golds: Sequence[GoldPage], rows: Rows, crossed: CrossFit) -> tuple[float, float]:
    figures = measure_pages(golds, out_of_fold_texts(rows, crossed), oracle=False)
    articles = mean(page.f1 for page in figures if page.page_type == "article")
    return articles, mean(page.f1 for page in figures)


def _on_all(
    judging: Callable[[Judge, Batch], object], judge: Judge, batches: Sequence[Batch]
) -> Callable[[], object]:
    return lambda: [judging(judge, batch) for batch in batches]


def _judge(judge: Judge, batch: Batch) -> object:
    return judge.classifier.judge(batch)


def _judge_by_trees(judge: Judge, batch: Batch) -> object:
    classifier = judge.classifier
    return replace(classifier, second=replace(classifier.second, opinion=None)).judge(batch)


def _judge_once(judge: Judge, batch: Batch) -> object:
    scores = judge.classifier.scores
    text, hints = scores.of_text(hash_text(batch.words)), scores.of_hints(batch.hint_words)
    return logistic(judge.classifier.first.decision(first_features(batch, text, hints).matrix))
