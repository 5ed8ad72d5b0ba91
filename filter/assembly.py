"""Labels become the article: its text, its figures, and, when asked for, its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from filter.article import Article, Block, Encoding, Metadata, Outcome, Removed, Verdict
from filter.context import ARTICLE, LABELS, SPAM, TITLE
from filter.features.declared import headlines
from filter.headline import without_site_name
from filter.page import Page
from filter.reasons import Evidence, block_reasons


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with what was decided of its blocks.

    Attributes
    ----------
    page : Page
    labels : int8 array, shape (blocks,)
        As indices of ``filter.context.LABELS``.
    probabilities : float32 array, shape (blocks, 4)
    evidence : Evidence
        What the reasons are made of.
    """

    page: Page
    labels: npt.NDArray[np.int8]
    probabilities: npt.NDArray[np.float32]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """What was decided of a page as a whole."""

    verdict: Verdict
    reasons: tuple[str, ...]
    drop_probability: float


def assemble(labelled: LabelledPage, judged: PageVerdict, encoding: Encoding | None, source: str) -> Article:
    """Make the article of a labelled page.

    Parameters
    ----------
    labelled : LabelledPage
    judged : PageVerdict
    encoding : Encoding or None
    source : str
        What the caller calls the page.
    """
    texts = labelled.page.texts
    labels = labelled.labels.tolist()
    kept = [text for text, label in zip(texts, labels, strict=True) if label == ARTICLE]
    return Article(
        title=_title(labelled.page, labels),
        text="\n\n".join(kept),
        verdict=judged.verdict,
        verdict_reasons=judged.reasons,
        drop_probability=judged.drop_probability,
        outcome=Outcome.OK if texts else Outcome.EMPTY,
        removed=_removed(texts, labels, kept),
        encoding=encoding,
        source=source,
        message="" if texts else "the page holds no text: fetch it again, or look at how it was extracted",
        _make_blocks=partial(make_blocks, labelled),
        _make_metadata=partial(_metadata, labelled.page),
    )


def make_blocks(labelled: LabelledPage) -> tuple[Block, ...]:
    """Make the blocks of a labelled page, with their reasons."""
    page = labelled.page
    names = [str(label) for label in LABELS]
    return tuple(
        Block(
            text=page.texts[place],
            label=LABELS[label],
            probabilities=dict(zip(names, probabilities, strict=True)),
            kind=page.kind(place),
            path=page.path(place),
            reasons=block_reasons(labelled.evidence, place, LABELS[label], probabilities[SPAM]),
            level=page.level(place),
            links=page.links[place],
            hidden=page.is_hidden(place),
        )
        for place, (label, probabilities) in enumerate(
            zip(labelled.labels.tolist(), labelled.probabilities.tolist(), strict=True)
        )
    )


def _title(page: Page, labels: list[int]) -> str | None:
    """Return the headline on the page, else the one it declares."""
    if TITLE in labels:
        return page.texts[labels.index(TITLE)]
    declared = [without_site_name(" ".join(title.split())) for title in headlines(page.declarations)]
    return min(declared, key=len) if declared else None


def _removed(texts: list[str], labels: list[int], kept: list[str]) -> Removed:
    total = sum(map(len, texts))
    spam = sum(len(text) for text, label in zip(texts, labels, strict=True) if label == SPAM)
    title = sum(len(text) for text, label in zip(texts, labels, strict=True) if label == TITLE)
    removed = total - title - sum(map(len, kept))
    return Removed(characters=removed, ratio=removed / total if total else 0.0, spam_characters=spam)


def _metadata(page: Page) -> Metadata:
    # Few callers ask for it, and reading dates takes a library of its own.
    from filter.metadata import read_metadata

    return read_metadata(page)
