"""Pages are judged anew without what is spam for sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from filter.article import Label
from filter.context import LABELS
from filter.features.bodies import Bodies
from filter.features.columns import Columns
from filter.judge import SURE_SPAM, Decision, Judge
from filter.judges import Judges
from filter.markup import read_markup
from filter.model import load
from filter.page import Page
from filter.spam import Suspicion

STORY = [
    "The ferry to the outer islands stays in port until Thursday because of the storm, the company said.",
    "Some forty passengers spent the night in the waiting room, where the harbour master served soup.",
    "Whoever has booked a passage may travel on any other day of the week, or get the price back.",
]
UNSEEN = "Whoever wants to rank has to buy links, and we sell them at prices that beat all others."
PAGE = f"<h1>Ferry stays in port</h1><p>{'<p>'.join(STORY)}<div style='display:none'><p>{UNSEEN}</p></div>"


@dataclass(frozen=True)
class Suspects:
    """Stands in the place of the search for spam: the last block read is as likely spam as it is told."""

    chance: float
    labelled: bool

    def suspect(self, bodies: Bodies, favour: str) -> Suspicion:
        chances, spam = np.zeros(len(bodies), dtype=np.float32), np.zeros(len(bodies), dtype=bool)
        chances[-1], spam[-1] = self.chance, self.labelled
        columns: Any = _NoColumns()
        return Suspicion(chances, spam, np.zeros(1, dtype=np.float32), columns)


class _NoColumns(Columns):
    def __getitem__(self, name: str) -> Any:
        return np.float32(np.nan)


@pytest.mark.parametrize(
    ("chance", "labelled", "label", "judged_anew"),
    [
        (SURE_SPAM - 0.01, False, Label.FURNITURE, False),
        (SURE_SPAM + 0.01, False, Label.FURNITURE, True),
        (SURE_SPAM - 0.01, True, Label.SPAM, True),
    ],
)
def test_hidden_spam_is_set_aside_if_it_is_sure_or_labelled(
    monkeypatch: pytest.MonkeyPatch, chance: float, labelled: bool, label: Label, judged_anew: bool
) -> None:
    judge = Judges.of(load(), tried=True).markup
    seen: list[list[str]] = []

    def decide(self: Judge, pages: Sequence[Page], beta: float) -> Decision:
        seen.append([text for page in pages for text in page.texts])
        return original(self, pages, beta)

    original = Judge.decide
    monkeypatch.setattr(Judge, "decide", decide)
    spam: Any = Suspects(chance, labelled)
    [(page, _)] = judge.label([read_markup(PAGE)], 1.0, spam, "balanced")
    assert LABELS[page.labels[-1]] == label
    assert seen[1:] == [["Ferry stays in port", *STORY]] * judged_anew
