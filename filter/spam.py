"""The second pass: spam found in its context, block by block, run by run, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.features.bodies import Bodies
from filter.features.columns import Columns
from filter.features.pages import page_features
from filter.features.runs import run_features, second_look
from filter.features.spam import spam_features
from filter.features.tone import Tone
from filter.features.topic import Topic
from filter.runs import Runs, find_runs
from filter.trees import ObliviousTrees

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


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Finds the blocks that were put into a page for the sake of a link.

    Attributes
    ----------
    tone : Tone
    topic : Topic
    first, second : ObliviousTrees
        Log-odds of a block: from its features, and from these and its neighbours' evidence.
    runs : ObliviousTrees
        Log-odds of a run of blocks.
    pages : ObliviousTrees
        Log-odds that a page is spam from end to end.
    thresholds : Mapping of str to (float, float)
        What a run's log-odds must exceed to be labelled, by what is favoured: in text, in markup.
    scaling : float32 array, shape (2, 2)
        Slope and intercept of the calibration of blocks and of pages (Platt 1999).
    """

    tone: Tone
    topic: Topic
    first: ObliviousTrees
    second: ObliviousTrees
    runs: ObliviousTrees
    pages: ObliviousTrees
    thresholds: Mapping[str, tuple[float, float]]
    scaling: Floats

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
            features = run_features(runs, offsets, counts, looks.columns, looks.first, looks.second)
            odds = self.runs.decision(features.matrix())
            runs = runs[accepted(runs, odds, np.where(bodies.markup, *self.thresholds[favour][::-1]))]
        spam = runs.cover(len(bodies))
        pages = page_features(offsets, counts, looks.columns, looks.second, looks.second > 0)
        return Suspicion(
            probabilities=_scaled(looks.second, self.scaling[0]),
            spam=spam,
            pure=_scaled(self.pages.decision(pages.matrix()), self.scaling[1]),
            columns=looks.columns,
        )

    def look(self, bodies: Bodies) -> Looks:
        """Weigh the evidence for each block."""
        columns = features_of(bodies, self.tone, self.topic)
        matrix = columns.matrix()
        first = self.first.decision(matrix)
        around = second_look(first, bodies.offsets).matrix()
        return Looks(columns, first, self.second.decision(np.hstack((matrix, around))))

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "thresholds": np.array([self.thresholds[name] for name in _FAVOURS], dtype=np.float32),
            "scaling": self.scaling,
        }
        for part in _PARTS:
            arrays |= {f"{part}.{name}": array for name, array in getattr(self, part).to_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> SpamModel:
        """Put together what :meth:`to_arrays` took apart."""

        def part(name: str) -> dict[str, npt.NDArray[Any]]:
            prefix = f"{name}."
            return {key.removeprefix(prefix): arrays[key] for key in arrays if key.startswith(prefix)}

        return cls(
            tone=Tone.from_arrays(part("tone")),
            topic=Topic.from_arrays(part("topic")),
            first=ObliviousTrees.from_arrays(part("first")),
            second=ObliviousTrees.from_arrays(part("second")),
            runs=ObliviousTrees.from_arrays(part("runs")),
            pages=ObliviousTrees.from_arrays(part("pages")),
            thresholds={
                name: (text, markup)
                for name, (text, markup) in zip(_FAVOURS, arrays["thresholds"].tolist(), strict=True)
            },
            scaling=arrays["scaling"],
        )


BESIDE_A_SURE_RUN = 0.0
"""Log-odds above which a run is labelled on a page that has a surer one."""
_FAVOURS = ("precision", "balanced", "recall")
_PARTS = ("tone", "topic", "first", "second", "runs", "pages")


def features_of(bodies: Bodies, tone: Tone, topic: Topic) -> Columns:
    """Compute the features of every block of a batch."""
    return spam_features(
        bodies, tone.scores(bodies.words), topic.vectors(bodies.words), topic.vectors(bodies.titles)
    )


def accepted(runs: Runs, odds: Floats, thresholds: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.bool_]:
    """Tell which runs are labelled: those above their page's threshold, and likely ones beside such a run.

    Whoever gets into a page once often does so twice; the weaker run needs less evidence then.

    Parameters
    ----------
    runs : Runs
    odds : float32 array, shape (runs,)
        Log-odds of the runs.
    thresholds : float array, shape (pages,)
    """
    sure = odds > thresholds[runs.pages]
    found = np.isin(runs.pages, runs.pages[sure])
    return sure | found & (odds > BESIDE_A_SURE_RUN)


def _scaled(log_odds: Floats, scaling: Floats) -> Floats:
    """Turn log-odds into calibrated probabilities."""
    odds = np.clip(log_odds * scaling[0] + scaling[1], -30, 30)
    chances: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return chances
