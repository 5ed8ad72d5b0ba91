"""Fitting the second pass: every judge learns from what the one before it says of pages it never saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from filter.features.columns import Columns
from filter.features.pages import page_features
from filter.features.runs import run_features, second_look
from filter.features.tone import Tone
from filter.features.topic import Topic
from filter.features.words import split_words
from filter.runs import Runs, find_runs
from filter.spam import SpamModel, features_of
from filter.training.cases import Case, CaseMaker, Sort, batches, bodies_of, clean_case, pure_case, truth
from filter.training.corpora import NewsArticle, SpamDocument, assign_folds, read_news, read_spam
from filter.training.markup_cases import MarkupHost, markup_cases, read_markup_hosts
from filter.training.tone import LabelledTexts, fit_tone
from filter.training.trees import from_catboost
from filter.trees import ObliviousTrees

Floats = npt.NDArray[np.float32]
Log = Callable[[str], None]
Item = TypeVar("Item")

FOLDS = 5
PARAGRAPHS_AN_OUTLET = 1000
"""More of one outlet teach the text scores little."""
SPLICED, CLEAN = 1400, 900
"""Training cases of plain text drawn in each fold."""
MARKUP_ROUNDS = 2
"""How often each page with markup is spliced anew for training."""
FALSE_ALARMS = {"precision": 0.0005, "balanced": 0.0015, "recall": 0.005}
"""Share of genuine articles in which a run may be labelled, by what is favoured."""


@dataclass(frozen=True, slots=True)
class SpamCorpus:
    """Texts to learn from, dealt out to folds.

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
    document_folds: npt.NDArray[np.int64]
    articles: list[NewsArticle]
    article_folds: npt.NDArray[np.int64]
    hosts: list[MarkupHost]
    host_folds: npt.NDArray[np.int64]

    def outside(self, fold: int) -> tuple[list[SpamDocument], list[NewsArticle]]:
        """Return what is not in a fold; everything, for a fold that there isn't."""
        return (
            [item for item, own in zip(self.documents, self.document_folds, strict=True) if own != fold],
            [item for item, own in zip(self.articles, self.article_folds, strict=True) if own != fold],
        )

    def hosts_inside(self, fold: int) -> list[MarkupHost]:
        """Return the pages with markup that are in a fold."""
        return [host for host, own in zip(self.hosts, self.host_folds, strict=True) if own == fold]

    def inside(self, fold: int) -> tuple[list[SpamDocument], list[NewsArticle]]:
        """Return what is in a fold."""
        return (
            [item for item, own in zip(self.documents, self.document_folds, strict=True) if own == fold],
            [item for item, own in zip(self.articles, self.article_folds, strict=True) if own == fold],
        )


def read_corpus(folder: Path, folds: int = FOLDS) -> SpamCorpus:
    """Read spam and news, found and composed, split by campaign and by outlet."""
    documents, articles = read_spam(folder), read_news(folder)
    composed, composed_news = read_spam(folder, composed=True), read_news(folder, composed=True)
    hosts = read_markup_hosts(folder)
    return SpamCorpus(
        documents + composed,
        np.concatenate(
            [
                assign_folds([d.campaign for d in documents], folds, strata=[d.niche for d in documents]),
                assign_folds([d.campaign for d in composed], folds),
            ]
        ),
        articles + composed_news,
        np.concatenate(
            [
                assign_folds([a.outlet for a in articles], folds, strata=[a.language for a in articles]),
                assign_folds([a.name for a in composed_news], folds),
            ]
        ),
        hosts,
        assign_folds([host.domain for host in hosts], folds),
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Features of the blocks of some cases.

    Attributes
    ----------
    cases : list of Case
    matrix : float32 array, shape (blocks, features)
    names : list of str
    offsets : int64 array, shape (cases + 1,)
    spam : bool array, shape (blocks,)
    """

    cases: list[Case]
    matrix: Floats
    names: list[str]
    offsets: npt.NDArray[np.int64]
    spam: npt.NDArray[np.bool_]

    def word_counts(self) -> npt.NDArray[np.int64]:
        """Return the words of each block."""
        return np.rint(np.expm1(self.matrix[:, self.names.index("words")])).astype(np.int64)

    def columns(self) -> Columns:
        """Return the features by name."""
        columns = Columns()
        for place, name in enumerate(self.names):
            columns.add(name, self.matrix[:, place])
        return columns


def tabulate(cases: Sequence[Case], tone: Tone, topic: Topic) -> Table:
    """Compute the features of cases as they are computed at run time."""
    parts, names = [], []
    for some in batches(cases):
        columns = features_of(bodies_of(some), tone, topic)
        parts.append(columns.matrix())
        names = columns.names
    offsets = np.concatenate(([0], np.cumsum([sum(case.read) for case in cases])))
    return Table(list(cases), np.concatenate(parts), names, offsets, truth(cases))


@dataclass(frozen=True, slots=True)
class Judged:
    """What models that never saw some cases say of them.

    Attributes
    ----------
    table : Table
    first, second : float32 arrays, shape (blocks,)
        Log-odds of the blocks.
    runs : Runs
    run_matrix : float32 array, shape (runs, features)
    run_spam : bool array, shape (runs,)
        Whether most blocks of each run are spam.
    """

    table: Table
    first: Floats
    second: Floats
    runs: Runs
    run_matrix: Floats
    run_spam: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Each fold's cases, judged by models fitted on the other folds.

    Attributes
    ----------
    training : list of Judged
        Drawn cases, one entry a fold.
    test : list of Judged
        Every genuine article as it is, spliced ones, and pure spam, one entry a fold.
    run_odds : list of float32 arrays, shape (runs,)
        Log-odds of the test cases' runs.
    page_odds : list of float32 arrays, shape (cases,)
        Log-odds that the test cases are spam from end to end.
    """

    training: list[Judged]
    test: list[Judged]
    run_odds: list[Floats]
    page_odds: list[Floats]


def cross_validate(corpus: SpamCorpus, log: Log, seed: int = 1) -> CrossValidation:
    """Fit on all folds but one and judge that one, for each fold and each judge in turn."""
    training, test = [], []
    for fold in range(FOLDS):
        documents, articles = corpus.outside(fold)
        tone, topic = fit_tone_on(documents, articles), fit_topic_on(articles)
        drawn, held_out = draw_cases(corpus, fold, seed)
        training.append(tabulate(drawn, tone, topic))
        test.append(tabulate(held_out, tone, topic))
        log(f"fold {fold}: {len(drawn)} cases to fit on, {len(held_out)} to measure on")
    return judge_folds(training, test, log)


def judge_folds(training: list[Table], test: list[Table], log: Log) -> CrossValidation:
    """Judge each fold's tables by models fitted on the other folds' training tables."""
    firsts: list[tuple[Floats, Floats]] = []
    for fold in range(FOLDS):
        model = fit_first(_but(training, fold))
        firsts.append((model.decision(training[fold].matrix), model.decision(test[fold].matrix)))
    log("first look judged")
    judged: list[tuple[Judged, Judged]] = []
    evidence = [own for own, _ in firsts]
    for fold in range(FOLDS):
        model = fit_second(_but(training, fold), _but(evidence, fold))
        judged.append(
            (
                _judge(training[fold], firsts[fold][0], model),
                _judge(test[fold], firsts[fold][1], model),
            )
        )
    log("second look judged")
    both = [list(pair) for pair in judged]
    run_odds, page_odds = [], []
    for fold in range(FOLDS):
        others = [one for pair in _but(both, fold) for one in pair]
        runs = fit_runs(others)
        odds = runs.decision(both[fold][1].run_matrix)
        run_odds.append(odds)
        pages = fit_pages([pair[1] for pair in _but(both, fold)])
        page_odds.append(pages.decision(_page_matrix(both[fold][1])))
    log("runs and pages judged")
    return CrossValidation([pair[0] for pair in both], [pair[1] for pair in both], run_odds, page_odds)


def draw_cases(corpus: SpamCorpus, fold: int, seed: int) -> tuple[list[Case], list[Case]]:
    """Draw a fold's training cases and its test cases; nothing composed is in the second."""
    documents, articles = corpus.inside(fold)
    maker = CaseMaker(articles, documents, np.random.default_rng([seed, fold]))
    drawn = maker.spliced(SPLICED) + maker.clean(CLEAN)
    hosts = corpus.hosts_inside(fold)
    drawn += markup_cases(hosts, documents, maker.random, MARKUP_ROUNDS)
    found = [article for article in articles if not article.composed]
    real = [document for document in documents if not document.composed]
    splicing = CaseMaker(found, real, np.random.default_rng([seed + 1000, fold]))
    held_out = splicing.spliced(SPLICED // 2, dressed=False)
    held_out += [clean_case(article) for article in found]
    held_out += markup_cases(hosts, real, splicing.random, 1)
    held_out += [pure_case(document) for document in real if sum(len(b.text) for b in document.blocks) >= 300]
    return drawn, held_out


def fit_tone_on(documents: Sequence[SpamDocument], articles: Sequence[NewsArticle]) -> Tone:
    """Fit the text scores on all blocks, and on a sample of each outlet's paragraphs and headlines."""
    random = np.random.default_rng(0)
    texts = [
        (block.text, document.campaign, document.language, document.composed)
        for document in documents
        for block in document.blocks
    ]
    spam = len(texts)
    outlets: dict[str, list[tuple[str, str, str, bool]]] = {}
    for article in articles:
        own = outlets.setdefault(article.outlet, [])
        for text in filter(None, (*article.paragraphs, article.title)):
            own.append((text, article.outlet, article.language, article.composed))
    for outlet in sorted(outlets):
        own = outlets[outlet]
        few = random.permutation(len(own))[:PARAGRAPHS_AN_OUTLET]
        texts += [own[place] for place in few]
    return fit_tone(
        LabelledTexts(
            words=split_words([text for text, *_ in texts]),
            spam=np.arange(len(texts)) < spam,
            sources=[source for _, source, _, _ in texts],
            languages=[language for _, _, language, _ in texts],
            composed=np.array([composed for *_, composed in texts]),
        )
    )


def fit_topic_on(articles: Sequence[NewsArticle]) -> Topic:
    """Learn topic vectors from articles."""
    # Imports torch, which takes longer than many a test.
    from filter.training.topic import fit_topic

    paragraphs = [
        (text, number, article.language)
        for number, article in enumerate(articles)
        for text in article.paragraphs
    ]
    texts, numbers, languages = zip(*paragraphs, strict=True)
    return fit_topic(split_words(texts), numbers, languages)


def fit_first(tables: Sequence[Table]) -> ObliviousTrees:
    """Fit the first look on cases that the text scores never saw."""
    return _boost(np.concatenate([t.matrix for t in tables]), np.concatenate([t.spam for t in tables]), 250)


def fit_second(tables: Sequence[Table], evidence: Sequence[Floats]) -> ObliviousTrees:
    """Fit the second look on evidence from models that never saw the cases."""
    matrix = np.concatenate(
        [
            np.hstack((table.matrix, second_look(odds, table.offsets).matrix()))
            for table, odds in zip(tables, evidence, strict=True)
        ]
    )
    return _boost(matrix, np.concatenate([t.spam for t in tables]), 200)


def fit_runs(judged: Sequence[Judged]) -> ObliviousTrees:
    """Fit the judge of runs; clean articles count as they come, so that alarms stay rare."""
    return _boost(
        np.concatenate([one.run_matrix for one in judged]),
        np.concatenate([one.run_spam for one in judged]),
        200,
        depth=4,
    )


def fit_pages(judged: Sequence[Judged]) -> ObliviousTrees:
    """Fit the judge of pages: pure spam against all others."""
    target = [np.array([case.sort is Sort.PURE for case in one.table.cases]) for one in judged]
    return _boost(np.concatenate([_page_matrix(one) for one in judged]), np.concatenate(target), 200, depth=4)


def _boost(matrix: Floats, target: npt.NDArray[np.bool_], trees: int, depth: int = 6) -> ObliviousTrees:
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(
        iterations=trees,
        depth=depth,
        learning_rate=0.12,
        l2_leaf_reg=5,
        border_count=64,
        rsm=0.3,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        random_seed=1,
        thread_count=1,
        verbose=False,
        allow_writing_files=False,
    )
    return from_catboost(model.fit(matrix, target))


def _judge(table: Table, first: Floats, model: ObliviousTrees) -> Judged:
    second = model.decision(np.hstack((table.matrix, second_look(first, table.offsets).matrix())))
    runs = find_runs(second, table.offsets)
    counts = table.word_counts()
    matrix = run_features(runs, table.offsets, counts, table.columns(), first, second).matrix()
    held = np.concatenate(([0], np.cumsum(table.spam)))
    spam = (held[runs.stops] - held[runs.starts]) * 2 > runs.stops - runs.starts
    return Judged(table, first, second, runs, matrix, spam)


def _page_matrix(judged: Judged) -> Floats:
    table = judged.table
    likely = judged.second > 0
    return page_features(table.offsets, table.word_counts(), table.columns(), judged.second, likely).matrix()


def _but(items: Sequence[Item], left_out: int) -> list[Item]:
    return [item for place, item in enumerate(items) if place != left_out]


def fit_spam(folder: Path, log: Log) -> tuple[SpamModel, CrossValidation]:
    """Fit the second pass on everything, by way of a cross-validation.

    Parameters
    ----------
    folder : Path
        See :mod:`filter.training.corpora`.
    log : callable
        Is told how far the work has come.
    """
    corpus = read_corpus(folder)
    crossed = cross_validate(corpus, log)
    documents, articles = corpus.outside(FOLDS)
    tone, topic = fit_tone_on(documents, articles), fit_topic_on(articles)
    log("text scores fitted on everything")
    return finish(crossed, tone, topic), crossed


def finish(crossed: CrossValidation, tone: Tone, topic: Topic) -> SpamModel:
    """Fit every judge on all folds' cases, and set thresholds on what was judged unseen."""
    tables = [judged.table for judged in crossed.training]
    both = crossed.training + crossed.test
    return SpamModel(
        tone=tone,
        topic=topic,
        first=fit_first(tables),
        second=fit_second(tables, [judged.first for judged in crossed.training]),
        runs=fit_runs(both),
        pages=fit_pages(crossed.test),
        thresholds={
            name: (run_threshold(crossed, share, markup=False), run_threshold(crossed, share, markup=True))
            for name, share in FALSE_ALARMS.items()
        },
        scaling=np.array(
            [
                _calibrate(
                    np.concatenate([judged.second for judged in crossed.test]),
                    np.concatenate([judged.table.spam for judged in crossed.test]),
                ),
                _calibrate(np.concatenate(crossed.page_odds), _pure(crossed)),
            ],
            dtype=np.float32,
        ),
    )


def run_threshold(crossed: CrossValidation, false_alarms: float, *, markup: bool) -> float:
    """Return the log-odds above which only this share of genuine pages, with markup or without, has a run."""
    highest = np.concatenate(
        [
            strongest_run(judged, odds)[genuine(judged, markup=markup)]
            for judged, odds in zip(crossed.test, crossed.run_odds, strict=True)
        ]
    )
    return float(np.quantile(highest, 1 - false_alarms, method="higher")) if len(highest) else np.inf


def strongest_run(judged: Judged, odds: Floats) -> Floats:
    """Return the highest log-odds of a run on each case; minus infinity where there is no run."""
    strongest = np.full(len(judged.table.cases), -np.inf, dtype=np.float32)
    np.maximum.at(strongest, judged.runs.pages, odds)
    return strongest


def genuine(judged: Judged, *, markup: bool) -> npt.NDArray[np.bool_]:
    """Tell which cases are genuine pages as they are, with markup or without."""
    return np.array(
        [case.sort is Sort.CLEAN and case.page.is_markup == markup for case in judged.table.cases]
    )


def _of_sort(judged: Judged, sort: Sort) -> npt.NDArray[np.bool_]:
    return np.array([case.sort is sort for case in judged.table.cases])


def _pure(crossed: CrossValidation) -> npt.NDArray[np.bool_]:
    return np.concatenate([_of_sort(judged, Sort.PURE) for judged in crossed.test])


def _calibrate(log_odds: Floats, target: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and intercept of the logistic curve through what came true (Platt 1999)."""
    fitted = LogisticRegression(C=1e6).fit(log_odds[:, None], target)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
