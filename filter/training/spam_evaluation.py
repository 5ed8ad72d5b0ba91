"""The measure of the second pass: restored, leaked, named, false alarms; by form, niche and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt

from filter.training.cases import Case, PageForm, Sort
from filter.training.failures import FEWEST
from filter.training.spam import (
    CrossValidation,
    Log,
    cross_validate,
    favoured_thresholds,
    fold_wordings,
    pure_limit,
)
from filter.training.spam_corpus import SpamCorpus, read_corpus
from filter.training.spam_curves import SpamCurves, spam_curves
from filter.training.spam_tables import Judged

GROUPS = ("site", "form", "blocks", "niche", "spam language", "language")
"""Facts of a case by which restored and leaked are reported."""
FAMILIES = (
    ("casino", "slot_gacor", "betting", "betting_vi", "satta_matka"),
    ("seo_links", "seo_agency", "smm_followers", "programmatic_seo", "guest_post"),
    ("essay_mill", "support_scam", "account_sales", "iptv"),
    ("local_service", "movers", "hvac", "law_firm", "real_estate"),
    (
        "payday_loans",
        "crypto_referral",
        "supplements",
        "hosting_review",
        "hosting_coupon",
        "vpn",
        "affiliate_review",
    ),
)
"""Niches that resemble one another: left out together, so that an unseen niche is unseen indeed."""
_Z = 1.96
"""Standard deviations on each side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with its 95 % interval (Wilson 1927)."""

    hits: int
    among: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; NaN of none."""
        return self.hits / self.among if self.among else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound."""
        if not self.among:
            return float("nan"), float("nan")
        spread = _Z**2 / self.among
        centre = (self.value + spread / 2) / (1 + spread)
        reach = sqrt(self.value * (1 - self.value) / self.among + spread / self.among / 4) * _Z / (1 + spread)
        return max(0.0, centre - reach), min(1.0, centre + reach)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.3f} ({low:.3f}-{high:.3f})"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured on a group of spliced pages.

    Attributes
    ----------
    group, name : str
        What the pages have in common, such as ``"niche"`` and ``"vpn"``.
    restored : Share
        Of pages: all blocks put in were labelled, and none of the article's.
    leaked : Share
        Of the blocks put in: not labelled spam.
    damaged : Share
        Of pages: a block of the article was labelled spam.
    """

    group: str
    name: str
    restored: Share
    leaked: Share
    damaged: Share


@dataclass(frozen=True, slots=True)
class SpamFigures:
    """The whole measure of the second pass.

    Attributes
    ----------
    spliced : list of Figure
    alarms : list of (str, Share)
        Of genuine pages, by subject: a block of the main content was labelled spam.
    pure : list of (str, Share)
        Of pages that are spam from end to end, by form: judged so, where at most one
        genuine page in a thousand is.
    curves : list of SpamCurves
        By form: what other thresholds give.
    """

    spliced: list[Figure]
    alarms: list[tuple[str, Share]]
    pure: list[tuple[str, Share]]
    curves: list[SpamCurves]

    def __str__(self) -> str:
        return "\n".join(_table(self))

    @classmethod
    def join(cls, parts: Sequence[SpamFigures]) -> SpamFigures:
        """Lay the figures of several forms of page side by side."""
        return cls(
            [figure for part in parts for figure in part.spliced],
            [alarm for part in parts for alarm in part.alarms],
            [pure for part in parts for pure in part.pure],
            [curves for part in parts for curves in part.curves],
        )


def evaluate_spam(folder: Path, log: Log, *, unseen_niches: bool = False) -> SpamFigures:
    """Cross-validate the second pass: other outlets, sites and campaigns in training than in test.

    Parameters
    ----------
    folder : Path
        See :mod:`filter.training.corpora`.
    log : callable
        Is told how far the work has come.
    unseen_niches : bool
        Leave out whole families of niches, composed texts included, instead of campaigns.
    """
    corpus = by_family(read_corpus(folder)) if unseen_niches else read_corpus(folder)
    wordings = fold_wordings(corpus, log)
    return SpamFigures.join([measure(cross_validate(corpus, form, wordings, log)) for form in PageForm])


def by_family(corpus: SpamCorpus) -> SpamCorpus:
    """Deal spam out by families of niches; composed spam, whose niches are its own, is left out."""
    family = {niche: number for number, niches in enumerate(FAMILIES) for niche in niches}
    documents = [document for document in corpus.documents if not document.composed]
    folds = np.array([family[document.niche] for document in documents], dtype=np.int64)
    return SpamCorpus(
        documents, folds, corpus.articles, corpus.article_folds, corpus.hosts, corpus.host_folds
    )


def measure(crossed: CrossValidation, favour: str = "balanced") -> SpamFigures:
    """Work out the figures of one form's cross-validation; its threshold is set over all folds together."""
    spliced: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    alarms: dict[str, list[bool]] = defaultdict(list)
    threshold = favoured_thresholds(crossed)[favour]
    for judged, odds in zip(crossed.test, crossed.run_odds, strict=True):
        labelled = judged.labelled(odds, threshold)
        for case, injected, leaked, damaged in _outcomes(judged, labelled):
            if case.sort is Sort.SPLICED:
                for group in _groups(case):
                    spliced[group].append((injected, leaked, damaged))
            elif case.sort is Sort.CLEAN:
                for name in _subjects(case):
                    alarms[name].append(damaged > 0)
    figures = [_figure(group, name, outcomes) for (group, name), outcomes in spliced.items()]
    return SpamFigures(
        spliced=sorted(figures, key=lambda figure: -figure.restored.among),
        alarms=[(name, Share(sum(flags), len(flags))) for name, flags in sorted(alarms.items())],
        pure=[(str(crossed.form), _pure_found(crossed))],
        curves=[spam_curves(crossed)],
    )


def _outcomes(judged: Judged, labelled: npt.NDArray[np.bool_]) -> Iterator[tuple[Case, int, int, int]]:
    """Count, for each case, the blocks put in, those not labelled, and the labelled ones of the article."""
    table = judged.table
    article = ~table.spam & ~table.furniture
    for case, start, stop in zip(table.cases, table.offsets, table.offsets[1:], strict=False):
        spam, found = table.spam[start:stop], labelled[start:stop]
        yield case, int(spam.sum()), int((spam & ~found).sum()), int((article[start:stop] & found).sum())


def _groups(case: Case) -> Iterable[tuple[str, str]]:
    form = "markup" if case.page.is_markup else "text"
    yield form, "all"
    for group in GROUPS:
        if group in case.facts:
            yield f"{form}, {group}", case.facts[group]


def _subjects(case: Case) -> Iterable[str]:
    form = "markup" if case.page.is_markup else "text"
    yield f"{form}, all"
    if "page type" in case.facts:
        yield f"{form}, {case.facts['page type']}"
        return
    yield f"{form}, news"
    yield f"{form}, {case.facts['topic']}"
    if case.facts["topic"] != "other":
        yield f"{form}, spammy subjects"


def _figure(group: str, name: str, outcomes: list[tuple[int, int, int]]) -> Figure:
    injected, leaked, damaged = np.array(outcomes).T
    pages = len(outcomes)
    return Figure(
        group,
        name,
        restored=Share(int(((leaked == 0) & (damaged == 0)).sum()), pages),
        leaked=Share(int(leaked.sum()), int(injected.sum())),
        damaged=Share(int((damaged > 0).sum()), pages),
    )


def _pure_found(crossed: CrossValidation) -> Share:
    odds = np.concatenate(crossed.page_odds)
    pure = np.concatenate([judged.table.of_sort(Sort.PURE) for judged in crossed.test])
    return Share(int((odds[pure] > pure_limit(crossed)).sum()), int(pure.sum()))


def _table(figures: SpamFigures) -> Iterable[str]:
    yield "| spliced pages | | pages | restored | leaked | damaged |"
    yield "|---|---|---|---|---|---|"
    for figure in sorted(figures.spliced, key=lambda one: one.group):
        if figure.restored.among >= FEWEST:
            yield (
                f"| {figure.group} | {figure.name} | {figure.restored.among} | {figure.restored}"
                f" | {figure.leaked} | {figure.damaged} |"
            )
    yield ""
    yield "| genuine pages | pages | with a false alarm |"
    yield "|---|---|---|"
    for name, share in figures.alarms:
        yield f"| {name} | {share.among} | {share} |"
    yield ""
    for form, share in figures.pure:
        yield f"Pure spam in {form} judged so, at one genuine page in a thousand: {share}"
