"""The judges of the search for spam: what each is fitted on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from filter.spam import NETWORK_SHARE
from filter.training.spam_judges import fit_second
from filter.training.spam_tables import Judged, Table, tabulate
from tests.test_spam import wording
from tests.training.test_text_cases import maker


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    """Two tables of spliced articles."""
    return [tabulate(maker().spliced(30), wording()) for _ in range(2)]


def nothing_known(tables: list[Table]) -> list[np.ndarray]:
    return [np.zeros(len(table.spam), dtype=np.float32) for table in tables]


def test_a_second_look_has_a_network_if_it_is_to_learn(tables: list[Table]) -> None:
    assert fit_second(tables, nothing_known(tables), epochs=0).network is None
    assert fit_second(tables, nothing_known(tables), epochs=1).network is not None


def test_trees_are_the_same_with_and_without_a_network(tables: list[Table]) -> None:
    alone, beside = (fit_second(tables, nothing_known(tables), epochs).trees for epochs in (0, 1))
    assert [array.tolist() for array in alone.to_arrays().values()] == [
        array.tolist() for array in beside.to_arrays().values()
    ]


def test_the_second_look_learns_from_every_table(tables: list[Table]) -> None:
    look = fit_second(tables, nothing_known(tables), epochs=12)
    for table, nothing in zip(tables, nothing_known(tables), strict=True):
        assert look.network is not None
        odds = look.network.decision(table.with_second_look(nothing), table.case_of_block)
        assert ((odds > 0) == table.spam).mean() > 0.9


def test_a_case_is_judged_as_in_a_batch_of_its_own(tables: list[Table]) -> None:
    look = fit_second(tables, nothing_known(tables), epochs=1)
    table, nothing = tables[0], nothing_known(tables)[0]
    together = Judged.by(table, nothing, look).second
    matrix = table.with_second_look(nothing)
    alone = [
        look.decision(matrix[start:stop], np.zeros(stop - start, dtype=np.int64), NETWORK_SHARE)
        for start, stop in pairwise(table.offsets)
    ]
    assert together.tolist() == np.concatenate(alone).tolist()
