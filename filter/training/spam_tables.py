"""Cases become tables: the features of their blocks, and what judges said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.columns import Columns
from filter.features.pages import page_features
from filter.features.runs import run_features, second_look_features
from filter.features.story import Story
from filter.features.wording import Wording
from filter.runs import Runs, find_runs
from filter.second_opinion import SecondOpinion
from filter.spam import accepted, features_of
from filter.training.cases import Case, Sort, batches, bodies_of, furniture_of, truth
from filter.trees import ObliviousTrees

Floats = npt.NDArray[np.float32]

FURNITURE_WEIGHT = 0.25
"""Of blocks outside the article: taking one for spam costs no genuine text."""
PAGE_TEXT_WEIGHT = 0.25
"""Of blocks of pages that are no news, as text: with 1, less spam in news is found, and no more pages are
spared; without any, one such article in three gets a false alarm."""


@dataclass(frozen=True, slots=True)
class Table:
    """Features of the blocks of some cases.

    Attributes
    ----------
    cases : list of Case
        Without markup.
    matrix : float32 array, shape (blocks, features)
    names : list of str
    offsets : int64 array, shape (cases + 1,)
    story : Story
    spam, furniture : bool arrays, shape (blocks,)
        Furniture is what is neither spam nor part of an article.
    """

    cases: list[Case]
    matrix: Floats
    names: list[str]
    offsets: npt.NDArray[np.int64]
    story: Story
    spam: npt.NDArray[np.bool_]
    furniture: npt.NDArray[np.bool_]

    @property
    def case_of_block(self) -> npt.NDArray[np.int64]:
        """The number of each block's case, shape (blocks,)."""
        return np.repeat(np.arange(len(self.cases)), np.diff(self.offsets))

    @property
    def weights(self) -> Floats:
        """How much each block counts in training, shape (blocks,)."""
        strange = self.page_texts[self.case_of_block]
        weights = np.where(self.furniture, FURNITURE_WEIGHT, 1) * np.where(strange, PAGE_TEXT_WEIGHT, 1)
        return weights.astype(np.float32)

    @property
    def page_texts(self) -> npt.NDArray[np.bool_]:
        """Tell which cases are the text of a page that is no news, shape (cases,)."""
        return np.array([case.is_page_text for case in self.cases], dtype=bool)

    def word_counts(self) -> npt.NDArray[np.int64]:
        """Return the words of each block."""
        return np.rint(np.expm1(self.matrix[:, self.names.index("words")])).astype(np.int64)

    def columns(self) -> Columns:
        """Return the features by name."""
        columns = Columns()
        for place, name in enumerate(self.names):
            columns.add(name, self.matrix[:, place])
        return columns

    def of_sort(self, sort: Sort) -> npt.NDArray[np.bool_]:
        """Tell which cases are of a sort, shape (cases,)."""
        return np.array([case.sort is sort for case in self.cases], dtype=bool)


def tabulate(cases: Sequence[Case], wording: Wording) -> Table:
    """Compute the features of cases as they are computed at run time."""
    parts, stories, names = [], [], []
    for some in batches(cases):
        bodies = bodies_of(some)
        story = Story.of(bodies, wording.topic)
        columns = features_of(bodies, wording, story)
        parts.append(columns.matrix())
        stories.append(story)
        names = columns.names
    offsets = np.concatenate(([0], np.cumsum([sum(case.read) for case in cases])))
    return Table(
        cases=[case.without_markup() for case in cases],
        matrix=np.concatenate(parts),
        names=names,
        offsets=offsets,
        story=Story.join(stories),
        spam=truth(cases),
        furniture=furniture_of(cases),
    )


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What a first look that never saw some cases says of them.

    Attributes
    ----------
    table : Table
    odds : float32 array, shape (blocks,)
        Log-odds of the blocks.
    """

    table: Table
    odds: Floats

    @classmethod
    def by(cls, table: Table, model: ObliviousTrees) -> FirstLook:
        """Take the first look at a table."""
        return cls(table, model.decision(table.matrix))

    def matrix(self) -> Floats:
        """Return what the second look reads: the table's features, and the evidence around each block."""
        around = second_look_features(self.odds, self.table.offsets, self.table.story)
        return np.hstack((self.table.matrix, around.matrix()))


@dataclass(frozen=True, slots=True)
class Judged:
    """What models that never saw some cases say of them.

    Attributes
    ----------
    table : Table
    first, second : float32 arrays, shape (blocks,)
        Log-odds of the blocks.
    runs : Runs
    run_matrix : float32 array, shape (runs, features)
    """

    table: Table
    first: Floats
    second: Floats
    runs: Runs
    run_matrix: Floats

    @classmethod
    def by(cls, look: FirstLook, model: SecondOpinion) -> Judged:
        """Take the second look at what was looked at once, and find the runs."""
        table, first = look.table, look.odds
        second = model.revised(first, look.matrix(), table.case_of_block)
        runs = find_runs(second, table.offsets)
        counts, columns = table.word_counts(), table.columns()
        matrix = run_features(runs, table.offsets, counts, columns, (first, second), table.story).matrix()
        return cls(table, first, second, runs, matrix)

    @property
    def look(self) -> FirstLook:
        """The first look, by itself."""
        return FirstLook(self.table, self.first)

    @property
    def run_spam(self) -> npt.NDArray[np.bool_]:
        """Whether most blocks of each run are spam, shape (runs,)."""
        return 2 * self.runs.sums(self.table.spam) > self.runs.stops - self.runs.starts

    @property
    def run_harms(self) -> npt.NDArray[np.bool_]:
        """Whether each run holds a block of an article, shape (runs,)."""
        return self.runs.sums(~self.table.spam & ~self.table.furniture) > 0

    @property
    def run_words(self) -> npt.NDArray[np.int64]:
        """How many words each run holds, shape (runs,)."""
        return self.runs.sums(self.table.word_counts())

    @property
    def run_weights(self) -> Floats:
        """How much each run counts in training, shape (runs,)."""
        matters = self.run_spam | self.run_harms
        return np.where(matters, 1, FURNITURE_WEIGHT).astype(np.float32)

    def labelled(self, odds: Floats, threshold: float) -> npt.NDArray[np.bool_]:
        """Tell which blocks are labelled, by the log-odds of the runs; shape (blocks,)."""
        return self.runs[accepted(self.runs, odds, self.run_words, threshold)].cover(len(self.second))

    def page_matrix(self) -> Floats:
        """Return the features of whole pages, shape (cases, features)."""
        table, likely = self.table, self.second > 0
        counts, columns = table.word_counts(), table.columns()
        return page_features(table.offsets, counts, columns, self.second, likely).matrix()
