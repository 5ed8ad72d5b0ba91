"""How well pages are cleaned that the model never saw: figures, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.context import decide_main_content
from filter.features.batch import gather
from filter.training.alignment import coverage
from filter.training.blocks import CrossFit
from filter.training.labels import COVERED
from filter.training.linear import BATCH
from filter.training.metrics import exact_match, lost_paragraphs, segment_counts, snippet_share, word_f1
from filter.training.pages import GoldPage
from filter.training.rows import Rows

Doubles = npt.NDArray[np.float64]

RESAMPLES = 1000
"""Bootstrap samples behind an interval."""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """How a page was cleaned, held against its gold text.

    Attributes
    ----------
    name, domain, page_type : str
    f1, precision, recall : float
        Of words, as WCXB counts them.
    oracle : float
        The word F1 that gold labels of the same blocks give: what the cutting into blocks costs.
    exact : bool
        Whether the text is the gold text, word by word.
    lost, paragraphs : int
        Paragraphs of the gold text that are missing, and that it has.
    present, absent : float
        Shares of WCXB's snippets that the text holds and must, and must not; NaN without snippets.
    """

    name: str
    domain: str
    page_type: str
    f1: float
    precision: float
    recall: float
    oracle: float
    exact: bool
    lost: int
    paragraphs: int
    present: float
    absent: float


@dataclass(frozen=True, slots=True)
class SegmentFigures:
    """Counts of trafilatura's segments over all pages that have them."""

    found: int
    missed: int
    leaked: int

    @property
    def f1(self) -> float:
        """F1 of segments, as trafilatura's evaluation counts: found, missed, wrongly there."""
        return 2 * self.found / max(2 * self.found + self.missed + self.leaked, 1)


def out_of_fold_texts(rows: Rows, crossed: CrossFit, beta: float = 1.0) -> list[str]:
    """Return the text of each page as judged by models that never saw its domain."""
    texts: list[str] = []
    start = 0
    for first in range(0, len(rows.pages), BATCH):
        batch = gather(rows.pages[first : first + BATCH])
        chances = crossed.chances[start : start + batch.blocks]
        start += batch.blocks
        texts += batch.texts_of_pages(decide_main_content(batch, chances, beta))
    return texts


def measure_pages(
    golds: Sequence[GoldPage], texts: Sequence[str], *, oracle: bool = True
) -> list[PageFigures]:
    """Hold texts against the gold texts of their pages, where there are any.

    Working out the oracle takes longer than all the rest: it may be left out, and is then NaN.
    """
    return [
        _figures(gold, text, oracle)
        for gold, text in zip(golds, texts, strict=True)
        if gold.gold is not None and not gold.composed
    ]


def measure_segments(golds: Sequence[GoldPage], texts: Sequence[str]) -> SegmentFigures:
    """Count segments in the texts of pages that are known by segments alone."""
    counts = [
        segment_counts(text, gold.present, gold.absent)
        for gold, text in zip(golds, texts, strict=True)
        if gold.gold is None and (gold.present or gold.absent)
    ]
    found, missed, leaked = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return SegmentFigures(found, missed, leaked)


def interval(values: Sequence[float], groups: Sequence[str]) -> tuple[float, float]:
    """Return a 95 % bootstrap interval of a mean, whole groups resampled together.

    Parameters
    ----------
    values : sequence of float
    groups : sequence of str
        Pages of one domain are alike: they are drawn together.
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    numbers = np.array([names[group] for group in groups])
    sums = np.bincount(numbers, weights=np.asarray(values, dtype=np.float64))
    sizes = np.bincount(numbers).astype(np.float64)
    drawn = np.random.default_rng(0).integers(len(sums), size=(RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _figures(gold: GoldPage, text: str, with_oracle: bool) -> PageFigures:
    wanted = gold.gold or ""
    precision, recall, f1 = word_f1(text, wanted)
    lost, paragraphs = lost_paragraphs(text, wanted)
    return PageFigures(
        name=gold.name,
        domain=gold.domain,
        page_type=gold.page_type,
        f1=f1,
        precision=precision,
        recall=recall,
        oracle=_oracle(gold, wanted) if with_oracle else float("nan"),
        exact=exact_match(text, wanted),
        lost=lost,
        paragraphs=paragraphs,
        present=snippet_share(text, gold.present) if gold.present else float("nan"),
        absent=snippet_share(text, gold.absent) if gold.absent else float("nan"),
    )


def _oracle(gold: GoldPage, wanted: str) -> float:
    """Return the word F1 of the blocks that the gold text holds."""
    shares = coverage(gold.page.texts, wanted)
    held = [block for block, share in zip(gold.page.texts, shares, strict=True) if share >= COVERED]
    return word_f1("\n".join(held), wanted)[2]


def render_pages(figures: Sequence[PageFigures]) -> str:
    """Render a table by page type, false removals first."""
    lines = [
        f"{'pages':<16}{'n':>6}{'paragraphs lost':>17}{'word F1':>9}{'95 % interval':>16}{'oracle':>8}"
        f"{'precision':>11}{'recall':>8}{'exact':>7}{'snippets in':>13}{'junk in':>9}"
    ]
    types = sorted({page.page_type for page in figures})
    for name in [*types, "all"]:
        chosen = [page for page in figures if name in ("all", page.page_type)]
        low, high = interval([page.f1 for page in chosen], [page.domain for page in chosen])

        def mean(pick: Callable[[PageFigures], float], pages: list[PageFigures] = chosen) -> float:
            return float(np.nanmean([pick(page) for page in pages]))

        lost = sum(page.lost for page in chosen) / max(sum(page.paragraphs for page in chosen), 1)
        lines.append(
            f"{name or '(none)':<16}{len(chosen):>6}{lost:>17.4f}{mean(lambda p: p.f1):>9.4f}"
            f"{f'{low:.4f}–{high:.4f}':>16}{mean(lambda p: p.oracle):>8.4f}"
            f"{mean(lambda p: p.precision):>11.4f}{mean(lambda p: p.recall):>8.4f}"
            f"{mean(lambda p: p.exact):>7.3f}{mean(lambda p: p.present):>13.3f}"
            f"{mean(lambda p: p.absent):>9.3f}"
        )
    return "\n".join(lines)
