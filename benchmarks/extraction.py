"""Main text beside the peers, on the same pages in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.labelled import AnnotatedPage, segment_pages, wcxb_pages
from benchmarks.peers import forgiving, installed
from benchmarks.table import markdown_table
from filter.training.blocks import cross_fit
from filter.training.evaluation import out_of_fold_texts
from filter.training.fitting import page_rows, read_training_pages
from filter.training.labels import label_blocks
from filter.training.metrics import exact_match, lost_paragraphs, segment_counts, snippet_share, word_f1
from filter.training.rows import Settings

PEERS = ("trafilatura", "readability-lxml", "resiliparse", "jusText")

Texts = Mapping[str, str]
"""The main text of each page by its name."""


def out_of_fold(corpora: Path) -> Texts:
    """Our text of each page, by models that never saw a page of its domain."""
    settings = Settings()
    golds = read_training_pages([corpora], settings.folds)
    rows = page_rows(golds, [label_blocks(gold) for gold in golds], settings)
    texts = out_of_fold_texts(rows, cross_fit(rows, settings))
    return {gold.name: text for gold, text in zip(golds, texts, strict=True)}


def report(corpora: Path, ours: Callable[[Path], Texts] | None) -> Iterator[str]:
    """Compare on WCXB's development pages and on trafilatura's evaluation pages.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.
    ours : callable or None
        Gives the text of each page from a model that never saw a page of its
        domain; peers alone are measured without it.

    Yields
    ------
    str
        Tables in Markdown.
    """
    whole, marked = list(wcxb_pages(corpora)), list(segment_pages(corpora))
    texts: dict[str, Texts] = {"ours": ours(corpora)} if ours else {}
    for name, extract in installed(*PEERS).items():
        texts[name] = {page.name: forgiving(extract)(page.html) for page in [*whole, *marked]}
    articles = [page for page in whole if page.kind == "article"]
    yield f"WCXB development pages: {len(articles)} articles"
    yield _whole_texts(articles, texts)
    yield f"WCXB development pages: all {len(whole)}"
    yield _whole_texts(whole, texts)
    yield _by_kind(whole, texts)
    yield f"trafilatura's evaluation pages: {len(marked)}"
    yield _segments(marked, texts)


@dataclass(frozen=True, slots=True)
class _Figures:
    lost: float
    precision: float
    recall: float
    f1: float
    exact: float
    included: float
    excluded: float


def _figures(pages: Sequence[AnnotatedPage], texts: Texts) -> _Figures:
    losses = [lost_paragraphs(texts[page.name], page.main_content) for page in pages]
    scores = [word_f1(texts[page.name], page.main_content) for page in pages]
    return _Figures(
        lost=sum(lost for lost, _ in losses) / sum(count for _, count in losses),
        precision=mean(precision for precision, _, _ in scores),
        recall=mean(recall for _, recall, _ in scores),
        f1=mean(f1 for _, _, f1 in scores),
        exact=mean(exact_match(texts[page.name], page.main_content) for page in pages),
        included=mean(snippet_share(texts[page.name], page.included) for page in pages if page.included),
        excluded=mean(snippet_share(texts[page.name], page.excluded) for page in pages if page.excluded),
    )


def _whole_texts(pages: Sequence[AnnotatedPage], texts: Mapping[str, Texts]) -> str:
    rows = []
    for name, own in texts.items():
        figures = _figures(pages, own)
        shown = (figures.lost, figures.f1, figures.precision, figures.recall, figures.exact)
        rows.append([name, *(f"{figure:.3f}" for figure in (*shown, figures.included, figures.excluded))])
    headings = [
        "",
        "paragraphs lost",
        "word F1",
        "precision",
        "recall",
        "exact body",
        "snippets in",
        "junk in",
    ]
    return markdown_table(headings, rows)


def _by_kind(pages: Sequence[AnnotatedPage], texts: Mapping[str, Texts]) -> str:
    kinds = sorted({page.kind for page in pages})
    members = {kind: [page for page in pages if page.kind == kind] for kind in kinds}
    rows = [
        [
            name,
            *(
                f"{mean(word_f1(own[page.name], page.main_content)[2] for page in members[kind]):.3f}"
                for kind in kinds
            ),
        ]
        for name, own in texts.items()
    ]
    return markdown_table(["word F1", *(f"{kind} ({len(members[kind])})" for kind in kinds)], rows)


def _segments(pages: Sequence[AnnotatedPage], texts: Mapping[str, Texts]) -> str:
    rows = []
    for name, own in texts.items():
        counts = [segment_counts(own[page.name], page.included, page.excluded) for page in pages]
        found, missed, leaked = (sum(column) for column in zip(*counts, strict=True))
        precision, recall = found / (found + leaked), found / (found + missed)
        f1 = 2 * precision * recall / (precision + recall)
        rows.append(
            [name, *(f"{figure:.3f}" for figure in (missed / (found + missed), f1, precision, recall))]
        )
    return markdown_table(["", "segments lost", "F", "precision", "recall"], rows)
