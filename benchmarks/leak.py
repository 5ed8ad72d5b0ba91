"""What spam put into genuine pages does to main text: ours beside the extractors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import numpy as np
from joblib import delayed

from benchmarks.holdout import HeldOut, leave_out
from benchmarks.peers import Extract, forgiving, installed
from benchmarks.table import markdown_table
from filter import Cleaner
from filter.judges import Judges, feature_names
from filter.model import Model
from filter.training.cases import PageForm
from filter.training.corpora import SpamDocument, read_news
from filter.training.fitting import (
    Log,
    TrainingData,
    fit_markup,
    fit_page_verdict,
    fit_spam,
    read_training_pages,
    side_by_side,
)
from filter.training.markup_hosts import MarkupHost
from filter.training.markup_splice import FEWEST_PARAGRAPHS, Manner, paragraph_ends, splice_markup
from filter.training.metrics import lost_paragraphs
from filter.training.rows import Settings
from filter.training.spam import fit_wordings
from filter.training.splice import Splicer

PEERS = ("trafilatura", "readability-lxml", "resiliparse")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A host, the same page with spam in it, and the texts that were put in."""

    host: str
    spliced: str
    spam: str
    manner: Manner


def specimens(hosts: Sequence[MarkupHost], documents: Sequence[SpamDocument], count: int) -> list[Specimen]:
    """Put spam into articles, in each manner in turn.

    Parameters
    ----------
    hosts : sequence of MarkupHost
    documents : sequence of SpamDocument
    count : int
        At most so many.
    """
    random = np.random.default_rng(0)
    splicer = Splicer(documents, random)
    manners = cycle(Manner)
    found: list[Specimen] = []
    for place in random.permutation(len(hosts)):
        host = hosts[place]
        ends = paragraph_ends(host.html, "\n".join(host.main_texts()))
        if len(ends) >= FEWEST_PARAGRAPHS and len(found) < count:
            manner = next(manners)
            passages = [splicer.draw(host.language)[0] for _ in range(2 if manner is Manner.SEVERAL else 1)]
            page = splice_markup(host.html, ends, passages, manner, random)
            spam = "\n".join(block.text for passage in passages for block in passage)
            found.append(Specimen(host.html, page, spam, manner))
    return found


def held_out_cleaner(corpora: Path, log: Log) -> tuple[HeldOut, Extract]:
    """Fit a model on four fifths of everything; return the rest, and that model's text of a page."""
    with TemporaryDirectory() as folder:
        rest = Path(folder)
        held_out = leave_out(corpora, rest)
        cleaner = Cleaner(_fit_for_markup(rest, Settings(), log))
    return held_out, lambda html: cleaner.clean(html, content_type="text/html").text


def _fit_for_markup(folder: Path, settings: Settings, log: Log) -> Model:
    """Fit what pages with markup need; the judges of plain text, whom they never meet, are the same."""
    data = TrainingData.of(read_training_pages([folder], settings.folds), read_news(folder))
    (_, _, judge), wordings, verdict = side_by_side(
        (
            delayed(fit_markup)(data, settings, log),
            delayed(fit_wordings)(folder, log),
            delayed(fit_page_verdict)(data, log),
        )
    )
    spam, _ = fit_spam(folder, PageForm.MARKUP, wordings, log)
    judges = Judges(markup=judge, text=judge, markup_spam=spam, text_spam=spam, verdict=verdict)
    return Model(arrays=judges.to_arrays(), features=feature_names())


def report(pages: Sequence[Specimen], ours: Extract | None) -> Iterator[str]:
    """Compare leak and restoration.

    Parameters
    ----------
    pages : sequence of Specimen
    ours : callable or None
        Our text of a page, from a model that saw neither the hosts nor the
        spam; peers alone are measured without it.

    Yields
    ------
    str
        Tables in Markdown.
    """
    contenders: dict[str, Extract] = {"ours": ours} if ours else {}
    contenders |= {name: forgiving(extract) for name, extract in installed(*PEERS).items()}
    results = {name: [_examine(extract, page) for page in pages] for name, extract in contenders.items()}
    yield f"{len(pages)} articles with spam put in"
    rows = [
        [name, *(f"{figure:.3f}" for figure in (_leak(found), _restored(found)))]
        for name, found in results.items()
    ]
    yield markdown_table(["", "leak", "restored"], rows)
    yield _by_manner(results, _leak, "leak")
    yield _by_manner(results, _restored, "restored")


@dataclass(frozen=True, slots=True)
class _Result:
    manner: Manner
    leaked: int
    paragraphs: int
    restored: bool


def _examine(extract: Extract, page: Specimen) -> _Result:
    before, after = extract(page.host), extract(page.spliced)
    lost, paragraphs = lost_paragraphs(after, page.spam)
    return _Result(page.manner, paragraphs - lost, paragraphs, before == after)


def _leak(results: Sequence[_Result]) -> float:
    return sum(result.leaked for result in results) / max(sum(result.paragraphs for result in results), 1)


def _restored(results: Sequence[_Result]) -> float:
    return mean(result.restored for result in results)


def _by_manner(
    results: Mapping[str, Sequence[_Result]], figure: Callable[[Sequence[_Result]], float], name: str
) -> str:
    rows = []
    for manner in Manner:
        own = ([result for result in found if result.manner is manner] for found in results.values())
        rows.append([str(manner), *(f"{figure(found):.2f}" if found else "–" for found in own)])
    return markdown_table([name, *results], rows)
