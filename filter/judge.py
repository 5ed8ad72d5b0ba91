"""What a model makes of pages: probabilities, then labels, then articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.article import Verdict
from filter.assembly import LabelledPage, PageVerdict
from filter.classifier import BlockClassifier, Judgement, logistic, part
from filter.context import ARTICLE, choose_main_content, choose_titles, drop_repeats, label
from filter.features.batch import gather
from filter.features.matrix import first_features
from filter.features.surroundings import second_features
from filter.model import Model
from filter.page import Page, text_page
from filter.reasons import EVIDENCE, Evidence
from filter.trees import ObliviousTrees

Floats = npt.NDArray[np.float32]

BETAS = {"precision": 0.5, "balanced": 1.0, "recall": 2.0}
"""How many times more a lost genuine word costs than a kept foreign one, by what is favoured."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Labels the blocks of pages of one form, HTML or plain text.

    Attributes
    ----------
    classifier : BlockClassifier
    titles : ObliviousTrees
        Log-odds that a block is the headline, from the classifier's matrix.
    """

    classifier: BlockClassifier
    titles: ObliviousTrees

    def label(self, pages: Sequence[Page], beta: float) -> list[LabelledPage]:
        """Label every block of some pages.

        Parameters
        ----------
        pages : sequence of Page
            At least one.
        beta : float
            See :func:`filter.context.choose_main_content`.
        """
        batch = gather(pages)
        judged = self.classifier.judge(batch)
        title_chances = logistic(self.titles.decision(judged.matrix))
        main = choose_main_content(batch, judged.probabilities, beta)
        titles = choose_titles(batch, title_chances)
        main = drop_repeats(batch, main, titles)
        spam = np.zeros(batch.blocks, dtype=bool)
        spam_chances = np.zeros(batch.blocks, dtype=np.float32)
        labelled = label(main, titles, spam, (judged.probabilities, title_chances, spam_chances))
        evidence = _evidence(judged, title_chances)
        bounds = batch.offsets.tolist()
        return [
            LabelledPage(
                page,
                labelled.labels[start:stop],
                labelled.probabilities[start:stop],
                Evidence(EVIDENCE, evidence[start:stop]),
            )
            for page, start, stop in zip(pages, bounds, bounds[1:], strict=False)
        ]

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        titles = {f"titles.{name}": array for name, array in self.titles.to_arrays().items()}
        return self.classifier.to_arrays() | titles

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Judge:
        """Make the judge that :meth:`to_arrays` took apart."""
        return cls(BlockClassifier.from_arrays(arrays), ObliviousTrees.from_arrays(part(arrays, "titles")))


@dataclass(frozen=True, slots=True)
class Judges:
    """Everything that labels pages, whatever their form.

    Attributes
    ----------
    markup, text : Judge
        For HTML, and for plain text.
    """

    markup: Judge
    text: Judge

    @classmethod
    def of(cls, model: Model) -> Judges:
        """Make the judges that a model holds.

        Raises
        ------
        ModelError
            If the model is for other features than this version computes.
        """
        model.require(feature_names())
        return cls(
            Judge.from_arrays(part(model.arrays, "markup")), Judge.from_arrays(part(model.arrays, "text"))
        )

    def label(self, pages: Sequence[Page], beta: float) -> list[tuple[LabelledPage, PageVerdict]]:
        """Label the blocks of pages, and judge each page as a whole."""
        results: dict[int, LabelledPage] = {}
        for judge, is_markup in ((self.markup, True), (self.text, False)):
            places = [place for place, page in enumerate(pages) if page.is_markup == is_markup]
            if places:
                results |= zip(places, judge.label([pages[place] for place in places], beta), strict=True)
        return [(results[place], _verdict(results[place])) for place in range(len(pages))]


def feature_names() -> dict[str, tuple[str, ...]]:
    """Return the names of the features that this version computes, in order."""
    batch = gather([text_page(["A word."])])
    nothing = np.zeros(1, dtype=np.float32)
    first = first_features(batch, nothing, np.zeros((1, 2), dtype=np.float32))
    second, _ = second_features(batch, first.containers, first.matrix, nothing)
    return {"blocks": tuple(first.names + second)}


def _verdict(labelled: LabelledPage) -> PageVerdict:
    words = sum(
        len(text.split())
        for text, label in zip(labelled.page.texts, labelled.labels.tolist(), strict=True)
        if label == ARTICLE
    )
    return PageVerdict(Verdict.KEEP if words > 50 else Verdict.DROP, (f"{words} words",), 0.0)


def _evidence(judged: Judgement, title_chances: Floats) -> Floats:
    """Pick the columns that reasons are made of, shape (blocks, len(EVIDENCE)); NaN where there is none."""
    places = {name: place for place, name in enumerate(judged.names)}
    evidence = np.full((len(title_chances), len(EVIDENCE)), np.nan, dtype=np.float32)
    for column, name in enumerate(EVIDENCE):
        if name in places:
            evidence[:, column] = judged.matrix[:, places[name]]
    evidence[:, EVIDENCE.index("title chance")] = title_chances
    return evidence
