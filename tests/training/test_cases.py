"""Cases: pages as the second pass reads them, with the truth beside."""

from __future__ import annotations

from filter.training.cases import bodies_of, truth
from filter.training.text_cases import clean_case, pure_case
from tests.training.test_text_cases import article, document


def test_bodies_and_truth_lie_alike() -> None:
    cases = [clean_case(article()), pure_case(document())]
    assert len(bodies_of(cases)) == len(truth(cases)) == 9
    assert truth(cases).tolist() == [False] * 6 + [True] * 3
