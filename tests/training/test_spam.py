"""The search for spam, cross-validated: what is learned from, what is measured on, where thresholds lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from filter.runs import Runs
from filter.spam import FEWEST_WORDS
from filter.training.cases import Sort
from filter.training.markup_cases import markup_cases
from filter.training.spam import genuine, strongest_harm
from filter.training.spam_tables import Judged, tabulate
from filter.training.text_cases import clean_case
from tests.test_spam import wording
from tests.training import test_markup_cases, test_text_cases


def test_thresholds_are_set_on_articles_as_they_are() -> None:
    documents, hosts = [test_markup_cases.document()], [test_markup_cases.host()]
    test = markup_cases(hosts, documents, np.random.default_rng(3), rounds=1, for_training=False)
    chosen = genuine(tabulate(test, wording()))
    assert chosen.any()
    assert all(
        case.sort is Sort.CLEAN and case.facts["page type"] == "article"
        for case, own in zip(test, chosen, strict=True)
        if own
    )


@pytest.mark.parametrize(("words", "strongest"), [(FEWEST_WORDS, 4.0), (FEWEST_WORDS - 1, 1.0)])
def test_a_run_too_short_to_be_labelled_harms_nobody(words: int, strongest: float) -> None:
    paragraphs = (" ".join(["harbour"] * words), *["The ferry board met again on Monday."] * 3)
    article = replace(test_text_cases.article(), paragraphs=paragraphs)
    table = tabulate([clean_case(article), clean_case(article)], wording())
    runs = Runs(pages=np.array([0, 0]), starts=np.array([0, 2]), stops=np.array([1, 3]))
    odds = np.zeros(len(table.spam), dtype=np.float32)
    judged = Judged(table, odds, odds, runs, np.zeros((2, 0), dtype=np.float32))
    harm = strongest_harm(judged, np.array([4.0, 1.0], dtype=np.float32))
    assert harm.tolist() == [strongest, -np.inf]
