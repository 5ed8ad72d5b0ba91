"""Labels become the verdict: keep the page, trim it, or drop it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays
from filter.article import Verdict
from filter.assembly import PageVerdict
from filter.features.batch import Batch

LEAST_WORDS = 20
"""A page whose main content has fewer words is too thin to be an article, whatever else holds."""
PURE = 0.5
"""A page likelier than this to be spam from end to end is dropped."""


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What a page's verdict rests on.

    Attributes
    ----------
    words : int
        Of main content.
    spam_words : int
    page_words : int
        Of all blocks.
    likelihood : float
        Mean probability of the blocks taken for main content, by words; 0 without any.
    highest : float
        Highest probability of a block of at least ten words.
    expected : float
        Words of main content expected by all blocks' probabilities.
    linked : float
        Share of the page's characters that stand inside links.
    pure : float
        Probability that the page is spam from end to end.
    is_markup : bool
    """

    words: int
    spam_words: int
    page_words: int
    likelihood: float
    highest: float
    expected: float
    linked: float
    pure: float
    is_markup: bool

    @classmethod
    def of(
        cls,
        batch: Batch,
        start: int,
        stop: int,
        probabilities: npt.NDArray[np.float32],
        main: npt.NDArray[np.bool_],
        spam: npt.NDArray[np.bool_],
        pure: float,
    ) -> PageEvidence:
        """Gather the evidence of the page whose blocks are ``start`` to ``stop - 1``."""
        own = slice(start, stop)
        words, chances = batch.words.counts[own], probabilities[own]
        chosen = main[own]
        kept = int(words[chosen].sum())
        characters = float(batch.characters[own].sum())
        return cls(
            words=kept,
            spam_words=int(words[spam[own]].sum()),
            page_words=int(words.sum()),
            likelihood=float((words * chances)[chosen].sum()) / kept if kept else 0.0,
            highest=float(chances[words >= _SOME_WORDS].max(initial=0)),
            expected=float((words * chances).sum()),
            linked=float(batch.link_characters[own].sum()) / characters if characters else 0.0,
            pure=pure,
            is_markup=bool(batch.pages[int(batch.page_of_block[start])].is_markup) if stop > start else True,
        )

    def features(self) -> npt.NDArray[np.float64]:
        """Return the evidence as the verdict's model reads it, shape (8,)."""
        return np.array(
            [
                math.log1p(self.words),
                math.log1p(self.expected),
                math.log1p(self.page_words),
                self.words / max(self.page_words, 1),
                self.likelihood,
                self.highest,
                self.linked,
                float(self.is_markup),
            ]
        )


_SOME_WORDS = 10


@dataclass(frozen=True, slots=True)
class VerdictModel:
    """A logistic regression: how likely a page holds no article.

    Attributes
    ----------
    weights : float64 array, shape (8,)
        Of :meth:`PageEvidence.features`.
    bias : float
    threshold : float
        A page at least this likely to hold no article is dropped.
    """

    weights: npt.NDArray[np.float64]
    bias: float
    threshold: float

    def judge(self, page: PageEvidence) -> PageVerdict:
        """Give a page's verdict and its reasons, strongest first."""
        odds = float(self.weights @ page.features()) + self.bias
        empty = 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))
        drop = max(empty, page.pure) if page.page_words else 1.0
        reasons = _reasons(page, empty, self.threshold)
        if reasons:
            return PageVerdict(Verdict.DROP, reasons, drop)
        if page.spam_words:
            return PageVerdict(
                Verdict.TRIM,
                (f"{page.spam_words} words of spam removed, a genuine article of {page.words} words left",),
                drop,
            )
        return PageVerdict(Verdict.KEEP, (f"a genuine article of {page.words} words",), drop)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        return {"weights": self.weights, "settings": np.array([self.bias, self.threshold])}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> VerdictModel:
        """Make the model that :meth:`to_arrays` took apart."""
        bias, threshold = arrays["settings"].tolist()
        return cls(arrays["weights"], bias, threshold)


def _reasons(page: PageEvidence, empty: float, threshold: float) -> tuple[str, ...]:
    """Say why a page is dropped; nothing if it is not."""
    if not page.page_words:
        return ("the page holds no text",)
    found = []
    if page.pure >= PURE:
        found.append((page.pure, "spam from end to end"))
    if not page.words:
        found.append((1.0, "no main content found"))
    elif page.words < LEAST_WORDS:
        found.append((0.9, f"too thin: {page.words} words of main content"))
    # Whoever passes plain text has found an article already: doubt alone is no reason to drop it.
    elif empty >= threshold and (page.is_markup or page.expected < LEAST_WORDS):
        what = (
            "mostly links" if page.linked > _LINKED else "its text reads like furniture, not like an article"
        )
        found.append((empty, f"no article found: {what}"))
    return tuple(reason for _, reason in sorted(found, reverse=True))


_LINKED = 0.5
