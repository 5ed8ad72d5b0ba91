"""Pages as wholes: averages by words, and extremes of long blocks."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.columns import Columns
from filter.features.pages import AVERAGED, Averages, page_features

OFFSETS = np.array([0, 2, 3, 3])
COUNTS = np.array([30, 10, 9])


def of_pages(**given: list[float]) -> Columns:
    """Features of three pages, of two blocks, of one and of none; what isn't given is 0."""
    columns = Columns()
    for name in AVERAGED:
        columns.add(name, np.array(given.get(name.replace(" ", "_"), [0.0] * 3)))
    evidence = np.array([-20, 20, 1], dtype=np.float32)
    return page_features(OFFSETS, COUNTS, columns, evidence, np.array([False, True, False]))


def test_blocks_count_by_their_words() -> None:
    averages = Averages.of(OFFSETS, COUNTS)
    assert averages.mean(np.array([0.0, 4.0, 7.0])).tolist() == pytest.approx([1, 7, np.nan], nan_ok=True)


def test_what_is_unknown_weighs_nothing() -> None:
    averages = Averages.of(OFFSETS, COUNTS)
    found = averages.mean(np.array([np.nan, 4.0, np.nan])).tolist()
    assert found == pytest.approx([4, np.nan, np.nan], nan_ok=True)


def test_sure_evidence_beyond_its_limit_counts_no_more() -> None:
    averages = Averages.of(OFFSETS, COUNTS)
    assert averages.evidence(np.array([-20, 20, 8], dtype=np.float32))[:2].tolist() == [-4, 8]
    assert averages.evidence(np.array([0, 0, 7.5], dtype=np.float32))[1] == 7.5


def test_a_page_has_shares_averages_extremes_and_variances() -> None:
    features = of_pages(lexical=[1.0, 5.0, 2.0])
    assert features["share of spam"][:2].tolist() == [0.25, 0]
    assert features["lexical"][:2].tolist() == [2, 2]
    assert features["highest lexical"][:2].tolist() == [5, 2]
    assert features["lowest lexical"][0] == 1
    assert features["lexical, variance"][:2].tolist() == [3, 0]
    assert features["words"][2] == 0


@pytest.mark.parametrize(("words", "seen"), [(8, True), (7, False)])
def test_extremes_are_those_of_blocks_of_eight_words_or_more(words: int, seen: bool) -> None:
    columns = Columns()
    for name in AVERAGED:
        columns.add(name, np.array([3.0]))
    features = page_features(
        np.array([0, 1]), np.array([words]), columns, np.zeros(1, dtype=np.float32), np.array([False])
    )
    assert np.isfinite(features["highest lexical"][0]) == seen
