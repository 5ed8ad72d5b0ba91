"""Errors: what they carry, and that they reach other processes whole."""

from __future__ import annotations

import pickle

from filter.article import Outcome
from filter.errors import PageError


def test_a_page_error_keeps_message_and_outcome_on_its_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(PageError("too large: skip it", Outcome.TOO_LARGE)))
    assert (type(error), str(error), error.outcome) == (PageError, "too large: skip it", Outcome.TOO_LARGE)
