"""What ``newsfilter evaluate`` prints: one model, a cross-validation, or two models side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from filter.cleaner import Cleaner
from filter.judges import BETAS
from filter.training.blocks import cross_fit
from filter.training.evaluation import (
    interval,
    measure_pages,
    measure_segments,
    out_of_fold_texts,
    render_pages,
)
from filter.training.fitting import page_rows
from filter.training.labels import label_blocks
from filter.training.metrics import missing_paragraphs
from filter.training.pages import GoldPage
from filter.training.rows import Settings

Log = Callable[[str], None]

_SHOWN = 10
"""Lost paragraphs that a comparison quotes for each model."""
_QUOTED = 90
"""Characters of each that are shown."""


def cross_validated(golds: Sequence[GoldPage], settings: Settings, favour: str, log: Log) -> str:
    """Measure pages by models that never saw a page of their domain."""
    log(f"{sum(not gold.composed for gold in golds)} labelled pages read")
    rows = page_rows(golds, [label_blocks(gold) for gold in golds], settings)
    log("gold texts laid along the blocks")
    crossed = cross_fit(rows, settings)
    texts = out_of_fold_texts(rows, crossed, BETAS[favour])
    return f"{settings.folds} folds by domain\n{describe(golds, texts)}"


def clean_texts(golds: Sequence[GoldPage], cleaner: Cleaner) -> list[str]:
    """Return the text of each page by a model, blocks as they were read."""
    return cleaner.texts([gold.page for gold in golds])


def describe(golds: Sequence[GoldPage], texts: Sequence[str]) -> str:
    """Render the figures of texts held against the gold."""
    parts = []
    measured = measure_pages(golds, texts)
    if measured:
        parts.append(render_pages(measured))
    segments = measure_segments(golds, texts)
    if segments.found or segments.missed:
        precision = segments.found / max(segments.found + segments.leaked, 1)
        recall = segments.found / max(segments.found + segments.missed, 1)
        parts.append(
            f"segments: lost {1 - recall:.4f}, F {segments.f1:.4f}, "
            f"precision {precision:.4f}, recall {recall:.4f}"
        )
    return "\n".join(parts) or "no page has gold text or segments: nothing to measure"


def compare(golds: Sequence[GoldPage], first: Sequence[str], second: Sequence[str]) -> str:
    """Hold two models against each other on the same pages, and name what each loses.

    Pages without a whole gold text, known by segments alone, count in the second
    model's figures only.
    """
    lines = ["", "against the other model:", describe(golds, second)]
    whole = [place for place, gold in enumerate(golds) if gold.gold is not None]
    if whole:
        chosen = [golds[place] for place in whole]
        lines += _differences(chosen, *([texts[place] for place in whole] for texts in (first, second)))
    return "\n".join(lines)


def _differences(golds: Sequence[GoldPage], first: Sequence[str], second: Sequence[str]) -> Iterator[str]:
    """Say how two models differ on pages with a whole gold text.

    The interval is that of the paired difference, resampled by domain.
    """
    ours, theirs = (measure_pages(golds, texts) for texts in (first, second))
    differences = [one.f1 - other.f1 for one, other in zip(ours, theirs, strict=True)]
    low, high = interval(differences, [page.domain for page in ours])
    yield (
        f"difference in word F1, first less second: {np.mean(differences):+.4f} "
        f"(95 % {low:+.4f} to {high:+.4f})"
    )
    for name, texts, others in (("the first", first, second), ("the second", second, first)):
        lost = [
            (gold.name, paragraph)
            for gold, text, other in zip(golds, texts, others, strict=True)
            for paragraph in _lost_only(gold.gold or "", text, other)
        ]
        yield f"genuine paragraphs that only {name} model loses: {len(lost)}"
        yield from (f"  {page}: {paragraph[:_QUOTED]}" for page, paragraph in lost[:_SHOWN])


def _lost_only(gold: str, text: str, other: str) -> list[str]:
    kept = set(missing_paragraphs(other, gold))
    return [paragraph for paragraph in missing_paragraphs(text, gold) if paragraph not in kept]
