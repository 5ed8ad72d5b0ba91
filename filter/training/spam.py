"""Fitting the second pass: every judge learns from what the one before it says of pages it never saw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from filter.features.wording import Wording
from filter.spam import FEWEST_WORDS, SpamModel
from filter.training.cases import Case, PageForm, Sort
from filter.training.folds import Fold, draw_fold
from filter.training.markup_hosts import ARTICLE
from filter.training.platt import fit_platt
from filter.training.spam_corpus import FOLDS, SpamCorpus, read_corpus
from filter.training.spam_judges import fit_first, fit_pages, fit_runs, fit_second
from filter.training.spam_tables import FirstLook, Judged, Table, tabulate
from filter.training.spam_texts import fit_wording_on

Floats = npt.NDArray[np.float32]
Log = Callable[[str], None]
Item = TypeVar("Item")

NETWORK_EPOCHS = 5
"""How often the second look's network learns from each case, further ones included. Ten times from a quarter
as many spliced pages in HTML restores three pages in a hundred fewer, and fifteen times fewer still."""
FALSE_ALARMS = {
    PageForm.TEXT: {"precision": 0.0005, "balanced": 0.0012, "recall": 0.005},
    PageForm.MARKUP: {"precision": 0.0005, "balanced": 0.002, "recall": 0.005},
}
"""Share of genuine articles in which a run may be labelled, by what is favoured. Of articles with markup
there are too few to set the first threshold by anything but that none is; the second lets three of 1,769
have one: with 0.001, 0.03 fewer of the spliced pages would be restored. With 0.0012 of the news, the web's
other articles have an alarm as text in 0.5 % of cases."""
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
    further : sequence of FirstLook
        What the second look learns from besides, one entry a fold.
    """

    form: PageForm
    training: list[Judged]
    test: list[Judged]
    run_odds: list[Floats]
    page_odds: list[Floats]
    further: Sequence[FirstLook] = ()


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
    looks = [judged.look for judged in crossed.training]
    both = crossed.training + crossed.test
    model = SpamModel(
        wording=wordings[FOLDS],
        first=fit_first([look.table for look in looks]),
        second=fit_second([*looks, *crossed.further], NETWORK_EPOCHS),
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
    folds = []
    for fold in range(FOLDS):
        drawn = draw_fold(corpus.inside(fold), form, np.random.default_rng([seed, fold]))
        folds.append(drawn.map(partial(tabulate, wording=wordings[fold])))
        counts = drawn.map(len)
        log(
            f"{form}, fold {fold}: {counts.training} cases to fit on, {counts.further} further ones for the "
            f"second look, {counts.test} to measure on"
        )
    return judge_folds(form, folds, log)


def judge_folds(form: PageForm, folds: Sequence[Fold[Table]], log: Log) -> CrossValidation:
    """Judge each fold's tables by models fitted on the other folds' tables to learn from."""
    looks = []
    for fold, tables in enumerate(folds):
        first = fit_first([other.training for other in _but(folds, fold)])
        looks.append(tables.map(partial(FirstLook.by, model=first)))
    log(f"{form}: first look judged")
    judged: list[tuple[Judged, Judged]] = []
    for fold, own in enumerate(looks):
        lessons = [look for other in _but(looks, fold) for look in (other.training, other.further)]
        second = fit_second(lessons, NETWORK_EPOCHS)
        judged.append((Judged.by(own.training, second), Judged.by(own.test, second)))
    log(f"{form}: second look judged")
    run_odds, page_odds = [], []
    for fold in range(FOLDS):
        others, (_, own_test) = _but(judged, fold), judged[fold]
        run_odds.append(fit_runs([one for pair in others for one in pair]).decision(own_test.run_matrix))
        page_odds.append(fit_pages([pair[1] for pair in others]).decision(own_test.page_matrix()))
    log(f"{form}: runs and pages judged")
    training, test = ([pair[which] for pair in judged] for which in (0, 1))
    return CrossValidation(form, training, test, run_odds, page_odds, [look.further for look in looks])


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
