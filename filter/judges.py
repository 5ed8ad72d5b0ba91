"""Everything that a model holds, put to work: pages in, labelled pages and verdicts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import join, part
from filter.assembly import LabelledPage, PageVerdict
from filter.errors import ModelError
from filter.features.batch import gather
from filter.features.matrix import first_features
from filter.features.surroundings import second_features
from filter.features.wording import Wording
from filter.judge import Judge
from filter.markup import read_markup
from filter.model import Model
from filter.page import Page, text_page
from filter.spam import SpamModel
from filter.verdict import VerdictModel

BETAS = {"precision": 0.5, "balanced": 1.0, "recall": 2.0}
"""How many times more a lost genuine word costs than a kept foreign one, by what is favoured."""

_TRIAL_TEXT = [
    "Market hall to be rebuilt",
    "The council voted on Monday to rebuild the old market hall, which has stood empty for four winters.",
    "Work is to begin in spring, the mayor said, and a third of the cost will be paid by the province.",
    "Traders were relieved, though some of them feared that rents would rise once the hall is open again.",
]
_TRIAL_MARKUP = "<article><h1>" + "</h1><p>".join(_TRIAL_TEXT) + '</p><p><a href="/">More</a></p></article>'
"""What a model from elsewhere is tried on when it is loaded."""


@dataclass(frozen=True, slots=True)
class Judges:
    """Labels pages, whatever their form.

    Attributes
    ----------
    markup, text : Judge
        For HTML, and for plain text.
    markup_spam, text_spam : SpamModel
        Likewise; both read words alike.
    verdict : VerdictModel
    """

    markup: Judge
    text: Judge
    markup_spam: SpamModel
    text_spam: SpamModel
    verdict: VerdictModel

    @classmethod
    def of(cls, model: Model, *, tried: bool = False) -> Judges:
        """Make the judges that a model holds.

        Parameters
        ----------
        model : Model
        tried : bool
            Whether its arrays are known to belong together: those of the model in the package are.

        Raises
        ------
        ModelError
            If the model is for other features than this version computes, or
            its arrays are not those of a whole model.
        """
        model.require(feature_names())
        try:
            wording = Wording.from_arrays(part(model.arrays, "wording"))
            judges = cls(
                Judge.from_arrays(part(model.arrays, "markup")),
                Judge.from_arrays(part(model.arrays, "text")),
                SpamModel.from_arrays(part(model.arrays, "markup_spam"), wording),
                SpamModel.from_arrays(part(model.arrays, "text_spam"), wording),
                VerdictModel.from_arrays(part(model.arrays, "verdict")),
            )
            if not tried:
                # Arrays that do not belong together show when they are put to work.
                judges.label([read_markup(_TRIAL_MARKUP), text_page(_TRIAL_TEXT)], "balanced")
        except (LookupError, TypeError, ValueError) as error:
            if isinstance(error, ModelError):
                raise
            raise ModelError(
                f"the model {model.source} has arrays that are missing or do not belong together ({error}): "
                "copy it again from where it came, or train a new one with `newsfilter train`"
            ) from error
        return judges

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        return join(
            {
                "markup": self.markup.to_arrays(),
                "text": self.text.to_arrays(),
                "markup_spam": self.markup_spam.to_arrays(),
                "text_spam": self.text_spam.to_arrays(),
                "wording": self.text_spam.wording.to_arrays(),
                "verdict": self.verdict.to_arrays(),
            }
        )

    def label(self, pages: Sequence[Page], favour: str) -> list[tuple[LabelledPage, PageVerdict]]:
        """Label the blocks of pages, and judge each page as a whole, in order."""
        results: dict[int, tuple[LabelledPage, PageVerdict]] = {}
        for judge, spam, is_markup in (
            (self.markup, self.markup_spam, True),
            (self.text, self.text_spam, False),
        ):
            places = [place for place, page in enumerate(pages) if page.is_markup == is_markup]
            if places:
                chosen = [pages[place] for place in places]
                labelled = judge.label(chosen, BETAS[favour], spam, favour)
                for place, (page, evidence) in zip(places, labelled, strict=True):
                    results[place] = page, self.verdict.judge(evidence)
        return [results[place] for place in range(len(pages))]


def feature_names() -> dict[str, tuple[str, ...]]:
    """Return the names of the features that this version computes, in order."""
    batch = gather([text_page(["A word."])])
    nothing, two = np.zeros(1, dtype=np.float32), np.zeros((1, 2), dtype=np.float32)
    first = first_features(batch, two, two)
    second, _ = second_features(batch, first.containers, first.matrix, nothing)
    return {"blocks": tuple(first.names + second)}
