"""Counts of what became of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from filter.article import FAILURES, Outcome, Verdict


@dataclass(slots=True)
class Tally:
    """How many pages came in, and what became of them.

    Attributes
    ----------
    pages : int
        Pages read; each has one record, unless it was left out.
    left_out : int
        Pages that the caller's selection (``--only``, ``--min-words``, …)
        keeps out of the output.
    verdicts, outcomes : Counter of str
        Pages by verdict, and by outcome.
    """

    pages: int = 0
    left_out: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    def count(self, verdict: Verdict, outcome: Outcome, *, left_out: bool) -> None:
        """Count one page."""
        self.pages += 1
        self.left_out += left_out
        self.verdicts[str(verdict)] += 1
        self.outcomes[str(outcome)] += 1

    def add(self, other: Tally) -> None:
        """Count all of another tally's pages."""
        self.pages += other.pages
        self.left_out += other.left_out
        self.verdicts.update(other.verdicts)
        self.outcomes.update(other.outcomes)

    @property
    def failed(self) -> int:
        """Pages that could not be judged: too large, undecodable, overrun, crashed."""
        return sum(number for outcome, number in self.outcomes.items() if outcome in FAILURES)

    def as_json(self) -> dict[str, object]:
        """Return plain values; :meth:`from_json` turns them back."""
        return {
            "pages": self.pages,
            "left_out": self.left_out,
            "verdicts": dict(sorted(self.verdicts.items())),
            "outcomes": dict(sorted(self.outcomes.items())),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Tally:
        """Return the tally that :meth:`as_json` wrote."""
        return cls(
            int(values["pages"]),
            int(values["left_out"]),
            Counter(values["verdicts"]),
            Counter(values["outcomes"]),
        )
