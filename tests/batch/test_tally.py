"""What became of the pages, counted: which outcomes are failures, as ``docs/scaling.md`` has it."""

from __future__ import annotations

import re

import pytest

from filter.article import Outcome, Verdict
from filter.batch.tally import Tally
from tests.cli.program import ROOT

ROWS = re.findall(
    r"^\| `(\w+)` \|.*\| (yes|no) \|$", (ROOT / "docs" / "scaling.md").read_text("utf-8"), re.MULTILINE
)


def test_every_outcome_is_explained() -> None:
    assert [outcome for outcome, _ in ROWS] == list(map(str, Outcome))


@pytest.mark.parametrize(("outcome", "failed"), ROWS)
def test_an_outcome_counts_as_failed_where_that_is_said(outcome: str, failed: str) -> None:
    tally = Tally()
    tally.count(Verdict.DROP, Outcome(outcome), left_out=False)
    assert tally.failed == (failed == "yes")
