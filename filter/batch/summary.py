"""What a run did, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from filter.batch.tally import Tally


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run.

    Attributes
    ----------
    output : str
        Where the records are.
    tally : Tally
        What became of all pages, those of earlier, interrupted runs included.
    resumed_pages : int
        How many of them were done before this run.
    seconds : float
        How long this run took.
    """

    output: str
    tally: Tally
    resumed_pages: int = 0
    seconds: float = 0.0

    @property
    def pages_a_second(self) -> float:
        """Pages of this run, a second."""
        return (self.tally.pages - self.resumed_pages) / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, object]:
        """Return plain values, as ``--summary`` writes them."""
        return {
            "output": self.output,
            **self.tally.as_json(),
            "failed": self.tally.failed,
            "resumed_pages": self.resumed_pages,
            "seconds": round(self.seconds, 3),
            "pages_a_second": round(self.pages_a_second, 1),
        }
