"""The second pass: spam found in its context, block by block, run by run, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, join, part, require_shape
from filter.features.bodies import Bodies
from filter.features.columns import Columns
from filter.features.pages import Averages, page_features
from filter.features.runs import run_features, second_look_features
from filter.features.spam import spam_features
from filter.features.story import Story
from filter.features.wording import Wording
from filter.linear import LinearOdds
from filter.runs import Runs, find_runs
from filter.second_opinion import SecondOpinion
from filter.trees import ObliviousTrees

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What the second pass says of a batch of pages.

    Attributes
    ----------
    probabilities : float32 array, shape (blocks,)
        Calibrated probability that each block is spam.
    spam : bool array, shape (blocks,)
        The blocks that stand in a run judged to be spam.
    pure : float32 array, shape (pages,)
        Calibrated probability that a page is spam from end to end.
    columns : Columns
        The features of the blocks, for the reasons.
    """

    probabilities: Floats
    spam: npt.NDArray[np.bool_]
    pure: Floats
    columns: Columns


@dataclass(frozen=True, slots=True)
class Looks:
    """The evidence before runs are judged, shape (blocks,) each."""

    columns: Columns
    first: Floats
    second: Floats
    story: Story


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Finds the blocks that were put into a page of one form, HTML or plain text, for the sake of a link.

    Attributes
    ----------
    wording : Wording
        Shared by the models of both forms.
    first : ObliviousTrees
        Log-odds of a block, from its features.
    second : SecondOpinion
        Log-odds of a block that the first look suspects, from these and its neighbours' evidence.
    runs : LinearOdds
        Of a run of blocks.
    pages : ObliviousTrees
        Log-odds that a page is spam from end to end.
    thresholds : Mapping of str to float
        What a run's log-odds must exceed to be labelled, by what is favoured.
    scaling : float32 array, shape (2, 2)
        Slope and intercept of the calibration of blocks and of pages (Platt 1999).

    Raises
    ------
    ModelError
        If the scaling has another shape.
    """

    wording: Wording
    first: ObliviousTrees
    second: SecondOpinion
    runs: LinearOdds
    pages: ObliviousTrees
    thresholds: Mapping[str, float]
    scaling: Floats

    def __post_init__(self) -> None:
        require_shape("scaling", self.scaling, (2, 2))

    def suspect(self, bodies: Bodies, favour: str = "balanced") -> Suspicion:
        """Judge every block of a batch.

        Parameters
        ----------
        bodies : Bodies
        favour : str
            ``"precision"``, ``"balanced"`` or ``"recall"`` of genuine text.
        """
        looks = self.look(bodies)
        offsets, counts = bodies.offsets, bodies.words.counts
        runs = find_runs(looks.second, offsets)
        if len(runs):
            features = run_features(
                runs, offsets, counts, looks.columns, (looks.first, looks.second), looks.story
            )
            odds = self.runs.decision(features.matrix())
            runs = runs[accepted(runs, odds, runs.sums(counts), self.thresholds[favour])]
        return Suspicion(
            probabilities=_scaled(looks.second, self.scaling[0]),
            spam=runs.cover(len(bodies)),
            pure=self._pure(looks, bodies),
            columns=looks.columns,
        )

    def look(self, bodies: Bodies) -> Looks:
        """Weigh the evidence for each block."""
        story = Story.of(bodies, self.wording.topic)
        columns = features_of(bodies, self.wording, story)
        matrix = columns.matrix()
        first = self.first.decision(matrix)
        around = second_look_features(first, bodies.offsets, story).matrix()
        second = self.second.revised(first, np.hstack((matrix, around)), bodies.pages)
        return Looks(columns, first, second, story)

    def _pure(self, looks: Looks, bodies: Bodies) -> Floats:
        """Return the probability that each page is spam from end to end: 0 where there is no doubt."""
        offsets, counts = bodies.offsets, bodies.words.counts
        averages = Averages.of(offsets, counts)
        doubtful = averages.evidence(looks.second) >= LEAST_EVIDENCE
        doubtful |= averages.mean(looks.columns["lexical"]) >= LEAST_TONE
        pure = np.zeros(len(doubtful), dtype=np.float32)
        if doubtful.any():
            matrix = page_features(offsets, counts, looks.columns, looks.second, looks.second > 0).matrix()
            pure[doubtful] = _scaled(self.pages.decision(matrix[doubtful]), self.scaling[1])
        return pure

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned but the wording as plain arrays, for the model file."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "thresholds": np.array([self.thresholds[name] for name in _FAVOURS], dtype=np.float32),
            "scaling": self.scaling,
        }
        return arrays | join({name: getattr(self, name).to_arrays() for name in _PARTS})

    @classmethod
    def from_arrays(cls, arrays: Arrays, wording: Wording) -> SpamModel:
        """Put together what :meth:`to_arrays` took apart."""
        return cls(
            wording=wording,
            first=ObliviousTrees.from_arrays(part(arrays, "first")),
            second=SecondOpinion.from_arrays(part(arrays, "second")),
            runs=LinearOdds.from_arrays(part(arrays, "runs")),
            pages=ObliviousTrees.from_arrays(part(arrays, "pages")),
            thresholds=dict(zip(_FAVOURS, map(float, arrays["thresholds"]), strict=True)),
            scaling=arrays["scaling"],
        )


LEAST_EVIDENCE, LEAST_TONE = -3.0, 1.0
"""Means, by words, of the log-odds of a page's blocks and of their lexical score. A page below both is no
pure spam, whatever it reads like as a whole: news about spam uses the words of spam, but not all the time.
Out of fold, 1.3 % of news articles are not below both."""
BESIDE_A_SURE_RUN = 1.0
"""Log-odds above which a run is labelled on a page that has a surer one. At 0 as many pages are restored,
and a sixth more of the spliced ones lose genuine text."""
FEWEST_WORDS = 3
"""A run of fewer words is labelled beside a surer one only. Two of the three surest runs in genuine articles
are links of two words, such as "Visit website"; without them, the threshold can be lower for all others."""
_FAVOURS = ("precision", "balanced", "recall")
_PARTS = ("first", "second", "runs", "pages")


def features_of(bodies: Bodies, wording: Wording, story: Story) -> Columns:
    """Compute the features of every block of a batch."""
    return spam_features(bodies, wording.tones(bodies.words), story.vectors, story.titles)


def accepted(
    runs: Runs, odds: Floats, words: npt.NDArray[np.int64], threshold: float
) -> npt.NDArray[np.bool_]:
    """Tell which runs are labelled: those above the threshold, and likely ones beside such a run.

    Whoever gets into a page once often does so twice; the weaker run needs
    less evidence then. Two words alone, such as those of a button, say too little.

    Parameters
    ----------
    runs : Runs
    odds : float32 array, shape (runs,)
        Log-odds of the runs.
    words : int64 array, shape (runs,)
        How many each run holds.
    threshold : float
        Log-odds.
    """
    sure = (odds > threshold) & (words >= FEWEST_WORDS)
    found = np.isin(runs.pages, runs.pages[sure])
    return sure | found & (odds > BESIDE_A_SURE_RUN)


def _scaled(log_odds: Floats, scaling: Floats) -> Floats:
    """Turn log-odds into calibrated probabilities."""
    odds = np.clip(log_odds * scaling[0] + scaling[1], -30, 30)
    chances: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return chances
