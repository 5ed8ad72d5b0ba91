"""Fitting the second pass: every judge learns from what the one before it says of pages it never saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from filter.features.wording import Wording
from filter.spam import FEWEST_WORDS, SpamModel
from filter.training.cases import Case, PageForm, Sort
from filter.training.markup_cases import markup_cases, pure_markup_cases
from filter.training.markup_hosts import ARTICLE, Templates, news_hosts
from filter.training.platt import fit_platt
from filter.training.spam_corpus import FOLDS, SpamCorpus, read_corpus
from filter.training.spam_judges import fit_first, fit_pages, fit_runs, fit_second
from filter.training.spam_tables import Judged, Table, tabulate
from filter.training.spam_texts import fit_wording_on
from filter.training.text_cases import CaseMaker, clean_case, page_cases, pure_case, spliced_page_cases

Floats = npt.NDArray[np.float32]
Log = Callable[[str], None]
Item = TypeVar("Item")

SPLICED, CLEAN = 3200, 2000
"""Training cases of plain text drawn in each fold."""
NEWS_PAGES, MARKUP_ROUNDS = 300, 2
"""News articles put on other pages in each fold, and how often each article with markup is spliced anew."""
TEST_SPLICED, TEST_NEWS_PAGES, TEST_MARKUP_ROUNDS = 700, 150, 2
"""Likewise of test cases."""
NETWORK_EPOCHS = 10
"""How often the second look's network learns from each case. It restores two articles in a hundred more, at
nearly any share of false alarms; with 6 half an article less in plain text and one in HTML, with 15 two and
a half less in HTML."""
SHORTEST_PURE = 300
"""Characters of a document that is measured as a page of nothing but spam."""
FALSE_ALARMS = {
    PageForm.TEXT: {"precision": 0.0005, "balanced": 0.0012, "recall": 0.005},
    PageForm.MARKUP: {"precision": 0.0005, "balanced": 0.002, "recall": 0.005},
}
"""Share of genuine articles in which a run may be labelled, by what is favoured. Of articles with markup
there are too few to set the first threshold by anything but that none is; the second lets three of 1,769
have one: with 0.001, 0.03 fewer of the spliced pages would be restored. With 0.0012 of the news, the web's
other articles have an alarm as text in 0.7 % of cases."""
FALSE_DROPS = 0.001
"""Share of genuine pages that may be taken for spam from end to end."""


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Each fold's cases, judged by models fitted on the other folds.

    Attributes
    ----------
    form : PageForm
    training : list of Judged
        Drawn cases, one entry a fold.
    test : list of Judged
        Every genuine article as it is, spliced ones, and pure spam, one entry a fold.
    run_odds : list of float32 arrays, shape (runs,)
        Log-odds of the test cases' runs.
    page_odds : list of float32 arrays, shape (cases,)
        Log-odds that the test cases are spam from end to end.
    """

    form: PageForm
    training: list[Judged]
    test: list[Judged]
    run_odds: list[Floats]
    page_odds: list[Floats]


def fit_wordings(folder: Path, log: Log) -> list[Wording]:
    """Learn from words without each fold in turn, and last from everything."""
    corpus = read_corpus(folder)
    return [*fold_wordings(corpus, log), fit_wording_on(corpus)]


def fold_wordings(corpus: SpamCorpus, log: Log) -> list[Wording]:
    """Learn from words without each fold in turn."""
    wordings = []
    for fold in range(FOLDS):
        wordings.append(fit_wording_on(corpus.outside(fold)))
        log(f"fold {fold}: topics and tones learned")
    return wordings


def fit_form(
    corpus: SpamCorpus, form: PageForm, wordings: Sequence[Wording], log: Log
) -> tuple[SpamModel, CrossValidation]:
    """Fit the second pass for pages of a form on everything, by way of a cross-validation.

    Parameters
    ----------
    corpus : SpamCorpus
    form : PageForm
    wordings : sequence of Wording
        From :func:`fit_wordings`.
    log : callable
        Is told how far the work has come.
    """
    crossed = cross_validate(corpus, form, wordings, log)
    tables = [judged.table for judged in crossed.training]
    both = crossed.training + crossed.test
    model = SpamModel(
        wording=wordings[FOLDS],
        first=fit_first(tables),
        second=fit_second(tables, [judged.first for judged in crossed.training], NETWORK_EPOCHS),
        runs=fit_runs(both),
        pages=fit_pages(crossed.test),
        thresholds=favoured_thresholds(crossed),
        scaling=scaling(crossed),
    )
    log(f"search for spam in {form} fitted")
    return model, crossed


def cross_validate(
    corpus: SpamCorpus, form: PageForm, wordings: Sequence[Wording], log: Log, seed: int = 1
) -> CrossValidation:
    """Fit on all folds but one and judge that one, for each fold and each judge in turn."""
    training, test = [], []
    for fold in range(FOLDS):
        drawn, held_out = draw_cases(corpus.inside(fold), form, np.random.default_rng([seed, fold]))
        training.append(tabulate(drawn, wordings[fold]))
        test.append(tabulate(held_out, wordings[fold]))
        log(f"{form}, fold {fold}: {len(drawn)} cases to fit on, {len(held_out)} to measure on")
    return judge_folds(form, training, test, log)


def draw_cases(
    corpus: SpamCorpus, form: PageForm, random: np.random.Generator
) -> tuple[list[Case], list[Case]]:
    """Draw a fold's training cases and its test cases; nothing composed is in the second.

    What is measured on stays the same, whatever is composed for training and however much of it is drawn.
    """
    for_training, for_test = random.spawn(2)
    found = corpus.found()
    pure = [document for document in found.documents if document.characters >= SHORTEST_PURE]
    if form is PageForm.MARKUP:
        templates = Templates.of(corpus.hosts)
        hosts = corpus.hosts + news_hosts(templates, corpus.articles, for_training, NEWS_PAGES)
        drawn = markup_cases(hosts, corpus.documents, for_training, MARKUP_ROUNDS)
        hosts = corpus.hosts + news_hosts(templates, found.articles, for_test, TEST_NEWS_PAGES)
        held_out = markup_cases(hosts, found.documents, for_test, TEST_MARKUP_ROUNDS, for_training=False)
        return drawn, held_out + pure_markup_cases(templates, pure, for_test)
    maker = CaseMaker(corpus.articles, corpus.documents, for_training)
    drawn = maker.spliced(SPLICED) + maker.clean(CLEAN)
    held_out = CaseMaker(found.articles, found.documents, for_test).spliced(TEST_SPLICED, dressed=False)
    held_out += [clean_case(article) for article in found.articles]
    held_out += [*page_cases(corpus.hosts), *map(pure_case, pure)]
    return [*drawn, *spliced_page_cases(corpus.hosts, corpus.documents, for_training)], held_out


def judge_folds(form: PageForm, training: list[Table], test: list[Table], log: Log) -> CrossValidation:
    """Judge each fold's tables by models fitted on the other folds' training tables."""
    firsts: list[tuple[Floats, Floats]] = []
    for fold in range(FOLDS):
        first = fit_first(_but(training, fold))
        firsts.append((first.decision(training[fold].matrix), first.decision(test[fold].matrix)))
    log(f"{form}: first look judged")
    judged: list[tuple[Judged, Judged]] = []
    evidence = [own for own, _ in firsts]
    for fold in range(FOLDS):
        second = fit_second(_but(training, fold), _but(evidence, fold), NETWORK_EPOCHS)
        own, held_out = firsts[fold]
        judged.append((Judged.by(training[fold], own, second), Judged.by(test[fold], held_out, second)))
    log(f"{form}: second look judged")
    run_odds, page_odds = [], []
    for fold in range(FOLDS):
        others, (_, own_test) = _but(judged, fold), judged[fold]
        run_odds.append(fit_runs([one for pair in others for one in pair]).decision(own_test.run_matrix))
        page_odds.append(fit_pages([pair[1] for pair in others]).decision(own_test.page_matrix()))
    log(f"{form}: runs and pages judged")
    return CrossValidation(
        form, [pair[0] for pair in judged], [pair[1] for pair in judged], run_odds, page_odds
    )


def favoured_thresholds(crossed: CrossValidation) -> dict[str, float]:
    """Return the thresholds of runs by what is favoured."""
    shares = FALSE_ALARMS[crossed.form]
    return dict(zip(shares, run_thresholds(crossed, shares.values()), strict=True))


def run_thresholds(crossed: CrossValidation, false_alarms: Iterable[float]) -> list[float]:
    """Return the log-odds above which only so many genuine articles have a run that costs text, by share."""
    highest = np.concatenate(
        [
            strongest_harm(judged, odds)[genuine(judged.table)]
            for judged, odds in zip(crossed.test, crossed.run_odds, strict=True)
        ]
    )
    return [float(np.quantile(highest, 1 - share, method="higher")) for share in false_alarms]


def strongest_harm(judged: Judged, odds: Floats) -> Floats:
    """Return the highest log-odds of a run that holds article text on each case; minus infinity for none.

    Runs too short to be labelled on their own don't count.
    """
    strongest = np.full(len(judged.table.cases), -np.inf, dtype=np.float32)
    harms = judged.run_harms & (judged.run_words >= FEWEST_WORDS)
    np.maximum.at(strongest, judged.runs.pages[harms], odds[harms])
    return strongest


def genuine(table: Table) -> npt.NDArray[np.bool_]:
    """Tell which cases thresholds are set on: genuine articles as they are; of plain text, news alone."""
    return np.array([case.sort is Sort.CLEAN and _is_article(case) for case in table.cases])


def _is_article(case: Case) -> bool:
    return case.facts["page type"] == ARTICLE if case.page.is_markup else not case.is_page_text


def scaling(crossed: CrossValidation) -> Floats:
    """Calibrate the log-odds of blocks and of pages: see :class:`filter.spam.SpamModel`."""
    blocks = fit_platt(
        np.concatenate([judged.second for judged in crossed.test]),
        np.concatenate([judged.table.spam for judged in crossed.test]),
    )
    slope, _ = fit_platt(
        np.concatenate(crossed.page_odds),
        np.concatenate([judged.table.of_sort(Sort.PURE) for judged in crossed.test]),
    )
    # One half is where a page is dropped: too few genuine pages may get there.
    return np.array([blocks, (slope, -slope * pure_limit(crossed))], dtype=np.float32)


def pure_limit(crossed: CrossValidation) -> float:
    """Return the log-odds of pure spam that only ``FALSE_DROPS`` of the genuine pages exceed."""
    odds = np.concatenate(crossed.page_odds)
    clean = np.concatenate([judged.table.of_sort(Sort.CLEAN) for judged in crossed.test])
    return float(np.quantile(odds[clean], 1 - FALSE_DROPS, method="higher"))


def _but(items: Sequence[Item], left_out: int) -> list[Item]:
    return [item for place, item in enumerate(items) if place != left_out]
