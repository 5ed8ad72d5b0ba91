"""The judges of the search for spam: what each is fitted on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from filter.training.spam_judges import fit_second
from filter.training.spam_tables import FirstLook, Judged, tabulate
from tests.test_spam import wording
from tests.training.test_text_cases import maker


@pytest.fixture(scope="module")
def looks() -> list[FirstLook]:
    """Two tables of spliced articles, and first looks at them that say nothing."""
    tables = [tabulate(maker().spliced(30), wording()) for _ in range(2)]
    return [FirstLook(table, np.zeros(len(table.spam), dtype=np.float32)) for table in tables]


def test_the_second_look_learns_from_every_table(looks: list[FirstLook]) -> None:
    second = fit_second(looks, epochs=12)
    for look in looks:
        odds = second.network.decision(look.matrix(), look.table.case_of_block)
        assert ((odds > 0) == look.table.spam).mean() > 0.9


def test_a_case_is_judged_as_in_a_batch_of_its_own(looks: list[FirstLook]) -> None:
    second, look = fit_second(looks, epochs=1), looks[0]
    together = Judged.by(look, second).second
    matrix = look.matrix()
    alone = [
        second.revised(look.odds[start:stop], matrix[start:stop], np.zeros(stop - start, dtype=np.int64))
        for start, stop in pairwise(look.table.offsets)
    ]
    assert together.tolist() == np.concatenate(alone).tolist()
