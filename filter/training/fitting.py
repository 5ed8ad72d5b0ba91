"""Corpora become a model: every judge fitted, every threshold set on pages not fitted on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Memory, Parallel, delayed

from filter.errors import CallerError
from filter.features.wording import Wording
from filter.judge import Judge
from filter.judges import Judges, feature_names
from filter.model import Model
from filter.spam import SpamModel
from filter.training.blocks import CrossFit, cross_fit, fit_judge
from filter.training.captions import captioned_pages
from filter.training.cases import PageForm
from filter.training.composed import FOLDER as COMPOSED
from filter.training.corpora import NewsArticle, read_news
from filter.training.empty_pages import empty_pages
from filter.training.extracts import extracts, news_texts
from filter.training.furnishings import refurnished_pages
from filter.training.labels import BlockLabels, label_blocks
from filter.training.leftovers import Leftovers
from filter.training.pages import GoldPage, read_gold_pages, with_markup
from filter.training.rows import Rows, Settings, fold_domains, make_rows
from filter.training.spam import fit_form, fit_wordings
from filter.training.spam_corpus import read_corpus
from filter.training.spam_evaluation import SpamFigures, measure
from filter.training.verdict import fit_verdict, page_evidence
from filter.verdict import VerdictModel

Log = Callable[[str], None]

NEWS_SAMPLE = 1500
"""News articles that the judge of plain text learns from, beside the pages."""
VERDICT_SETTINGS = Settings(folds=2, trees=100)
"""For the judges that are fitted on half the pages, to see what the other half looks like to a stranger."""
VERDICT_NEWS = 3000
"""News articles, not among the first sample, that the verdict must leave alone."""


# joblib writes what a part was called with beside what it gave: written out, all pages are half a gigabyte.
@dataclass(frozen=True, slots=True, repr=False)
class TrainingData:
    """Everything the judges of blocks are fitted on.

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

    def part(self, chosen: Callable[[str], bool]) -> TrainingData:
        """Return the pages whose domains are all chosen, and the news of the chosen outlets."""
        kept = [place for place, gold in enumerate(self.golds) if all(map(chosen, gold.domains))]
        news = [article for article in self.news if chosen(article.outlet)]
        return TrainingData([self.golds[k] for k in kept], [self.labels[k] for k in kept], news)


@dataclass(frozen=True, slots=True)
class Training:
    """A fitted model, and what was seen on the way of pages that it was not fitted on.

    Attributes
    ----------
    model : Model
    data : TrainingData
    rows : Rows
        The labelled pages, block by block.
    crossed : CrossFit
        What models that never saw a page's domain say of it.
    spam : SpamFigures
        What was measured of the search for spam on sites, outlets and sellers not fitted on.
    """

    model: Model
    data: TrainingData
    rows: Rows
    crossed: CrossFit
    spam: SpamFigures


def train(
    folder: Path, more: Sequence[Path], settings: Settings, log: Log, cache: Path | None = None
) -> Training:
    """Fit a whole model.

    Parameters
    ----------
    folder : Path
        The folder of all corpora: pages, spam and news.
    more : sequence of Path
        Further labelled pages, such as corrections exported from a report.
    settings : Settings
    log : callable
        Is told how far the work has come.
    cache : Path, optional
        A folder that keeps finished parts, for a training that is interrupted; parts of other data are
        not taken for these.

    Raises
    ------
    CallerError
        If a corpus is missing, or memory runs out.
    """
    sources = [folder, *more]
    data = TrainingData.of(read_training_pages(sources, settings.folds), read_news(folder))
    log(f"{len(data.golds)} labelled pages and {len(data.news)} news articles read")
    corpora = {str(path.name): digest_of(path) for path in (*sources, COMPOSED)}
    parts = parts_kept(cache, corpora)
    (rows, crossed, markup), wordings, verdict, text = side_by_side(
        (
            delayed(parts.cache(fit_markup, ignore=["log"]))(data, settings, log),
            delayed(parts.cache(fit_wordings, ignore=["log"]))(folder, log),
            delayed(parts.cache(fit_page_verdict, ignore=["log"]))(data, log),
            delayed(parts.cache(fit_text))(data, settings),
        )
    )
    (markup_spam, markup_figures), (text_spam, text_figures) = side_by_side(
        delayed(parts.cache(fit_spam, ignore=["log"]))(folder, form, wordings, log)
        for form in (PageForm.MARKUP, PageForm.TEXT)
    )
    judges = Judges(markup, text, markup_spam, text_spam, verdict)
    model = Model(arrays=judges.to_arrays(), features=feature_names(), training={"corpora": corpora})
    return Training(model, data, rows, crossed, SpamFigures.join([markup_figures, text_figures]))


def parts_kept(cache: Path | None, corpora: Mapping[str, str]) -> Memory:
    """Return where finished parts are kept: a folder of its own for each state of the data.

    Parameters
    ----------
    cache : Path, optional
        Nothing is kept without one.
    corpora : mapping
        Digests, by name. Parts read files by themselves, which joblib can't see change.
    """
    if cache is None:
        return Memory(None, verbose=0)
    state = hashlib.sha256(repr(sorted(corpora.items())).encode()).hexdigest()[:16]
    return Memory(cache / state, verbose=0)


def side_by_side(tasks: Iterable[Any]) -> list[Any]:
    """Do tasks of :func:`joblib.delayed` in two processes, and return what they return.

    Raises
    ------
    CallerError
        If the system ends one of the processes.
    """
    try:
        results: list[Any] = Parallel(n_jobs=2)(tasks)
    except BrokenProcessPool as error:
        raise CallerError(
            "the system ended a part of the training, most likely for want of memory: close what else runs, "
            "and train again with --cache, which keeps the parts that are finished"
        ) from error
    return results


def read_training_pages(sources: Sequence[Path], folds: int) -> list[GoldPage]:
    """Read labelled pages, and compose some from them: for fitting; only the former are measured on.

    Parameters
    ----------
    sources : sequence of Path
        See :func:`filter.training.pages.read_gold_pages`.
    folds : int
        Of the cross-validation to come: no page is given a part of another fold's.

    Raises
    ------
    CallerError
        If a source is absent or holds no labelled pages.
    """
    golds = [gold for source in sources for gold in read_gold_pages(source)]
    hosts = list(with_markup(golds, sources))
    random = np.random.default_rng(4)
    captioned = captioned_pages(hosts, Leftovers(golds, random), random)
    refurnished = refurnished_pages(hosts, fold_domains(golds, folds), np.random.default_rng(6))
    return [*golds, *captioned, *refurnished]


def fit_markup(data: TrainingData, settings: Settings, log: Log) -> tuple[Rows, CrossFit, Judge]:
    """Fit the judge of HTML, by way of a cross-validation on the pages."""
    rows = page_rows(data.golds, data.labels, settings)
    crossed = cross_fit(rows, settings)
    log("pages judged by models that never saw their domains")
    markup = fit_judge(rows, crossed, settings)
    log("judge of HTML fitted")
    return rows, crossed, markup


def fit_spam(
    folder: Path, form: PageForm, wordings: Sequence[Wording], log: Log
) -> tuple[SpamModel, SpamFigures]:
    """Fit the search for spam in pages of a form, and measure it on what it was not fitted on.

    Figures alone are handed on: what they were worked out from fills gigabytes.
    """
    model, crossed = fit_form(read_corpus(folder), form, wordings, log)
    return model, measure(crossed)


def fit_text(data: TrainingData, settings: Settings) -> Judge:
    """Fit the judge of plain text, on pages rendered as text and on news.

    It has no network: a text would take a quarter longer, and has little furniture.
    """
    settings = replace(settings, epochs=0)
    random = np.random.default_rng(2)
    leftovers = Leftovers(data.golds, random)
    chosen = random.permutation(len(data.news))[:NEWS_SAMPLE]
    rendered = [
        *extracts(data.golds, data.labels, leftovers, random),
        *news_texts([data.news[place] for place in chosen], leftovers, random),
    ]
    rows = page_rows([gold for gold, _ in rendered], [labels for _, labels in rendered], settings)
    return fit_judge(rows, cross_fit(rows, settings), settings)


def page_rows(golds: Sequence[GoldPage], labels: Sequence[BlockLabels], settings: Settings) -> Rows:
    """Lay labelled pages end to end, domains dealt out to folds."""
    fold_of = fold_domains(golds, settings.folds)
    return make_rows(
        [gold.page for gold in golds],
        labels,
        np.array([fold_of[gold.domain] for gold in golds]),
        [gold.composed for gold in golds],
    )


def digest_of(path: Path) -> str:
    """Return one SHA-256 of a file, or of the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def fit_page_verdict(data: TrainingData, log: Log) -> VerdictModel:
    """Fit the verdict on half the domains, as judges fitted on the other half see them."""
    names = sorted({gold.domain for gold in data.golds} | {article.outlet for article in data.news})
    first_half = frozenset(names[::2])
    known, strange = data.part(first_half.__contains__), data.part(lambda name: name not in first_half)
    rows = page_rows(known.golds, known.labels, VERDICT_SETTINGS)
    markup = fit_judge(rows, cross_fit(rows, VERDICT_SETTINGS), VERDICT_SETTINGS)
    judges = markup, fit_text(known, VERDICT_SETTINGS)
    random = np.random.default_rng(3)
    chosen = random.permutation(len(strange.news))[:VERDICT_NEWS]
    leftovers = Leftovers(strange.golds, random)
    full = [gold.page for gold in strange.golds if gold.gold is not None and len(gold.gold.split()) >= _FULL]
    full += [
        gold.page
        for gold, _ in news_texts([strange.news[place] for place in chosen], leftovers, random)
        if sum(len(text.split()) for text in gold.page.texts) >= _FULL
    ]
    empty = list(empty_pages(strange.golds, strange.labels, random))
    verdict = fit_verdict(page_evidence(full, judges), page_evidence(empty, judges))
    log(f"verdict fitted on {len(full)} pages with an article and {len(empty)} without")
    return verdict


_FULL = 40
"""Words that a page's main content must have to count as an article for the verdict."""


def with_figures(training: Training, figures: dict[str, object]) -> Model:
    """Return the model with what was measured."""
    return replace(training.model, figures=figures)
