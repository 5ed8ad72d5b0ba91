"""The search for spam, cross-validated: what is learned from, what is measured on, where thresholds lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from filter.runs import Runs
from filter.spam import FEWEST_WORDS
from filter.training import spam
from filter.training.cases import Case, PageForm, Sort
from filter.training.spam import draw_cases, genuine, strongest_harm
from filter.training.spam_corpus import SpamCorpus
from filter.training.spam_tables import Judged, tabulate
from filter.training.text_cases import clean_case
from tests.test_spam import wording
from tests.training import test_markup_cases, test_text_cases

COMPOSED_WORDS = "Lorna paints any fence in Wexmoor by Friday"


@pytest.fixture(autouse=True)
def few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw fewer cases than a real training does."""
    for name in ("SPLICED", "CLEAN", "TEST_SPLICED", "NEWS_PAGES", "TEST_NEWS_PAGES"):
        monkeypatch.setattr(spam, name, 30)


def corpus(*, composed: int = 0) -> SpamCorpus:
    """A fold of one page, one outlet and one seller that were found, and of sellers that were composed."""
    short = test_markup_cases.document()
    found = replace(short, language="en", blocks=2 * short.blocks)
    blocks = tuple(replace(block, text=f"{COMPOSED_WORDS}. {block.text}") for block in found.blocks)
    others = [
        replace(found, name=f"c{n}", campaign=f"c{n}", blocks=blocks, composed=True) for n in range(composed)
    ]
    hosts = [test_markup_cases.host(name=f"ferry {n}") for n in range(3)]
    documents, articles = [found, *others], [test_text_cases.article(str(n)) for n in range(5)]
    return SpamCorpus(
        documents,
        np.zeros(len(documents), dtype=np.int64),
        articles,
        np.zeros(len(articles), dtype=np.int64),
        hosts,
        np.zeros(len(hosts), dtype=np.int64),
    )


def drawn(form: PageForm, composed: int = 0) -> tuple[list[Case], list[Case]]:
    return draw_cases(corpus(composed=composed), form, np.random.default_rng(3))


def read(cases: list[Case]) -> list[tuple[list[str], tuple[bool, ...]]]:
    """What stands in the pages, and what of it is spam."""
    return [(case.page.texts, case.spam) for case in cases]


@pytest.mark.parametrize("form", PageForm)
def test_composed_passages_are_learned_from_and_never_measured_on(form: PageForm) -> None:
    training, test = drawn(form, composed=4)
    held = [any(COMPOSED_WORDS in text for text in case.page.texts) for case in (*training, *test)]
    assert any(held[: len(training)])
    assert not any(held[len(training) :])


@pytest.mark.parametrize("form", PageForm)
def test_what_is_measured_on_does_not_depend_on_what_is_learned_from(
    form: PageForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, test = drawn(form)
    monkeypatch.setattr(spam, "MARKUP_ROUNDS", 3)
    monkeypatch.setattr(spam, "CLEAN", 31)
    more_training, same_test = drawn(form, composed=4)
    assert read(more_training) != read(training)
    assert read(same_test) == read(test)


@pytest.mark.parametrize("form", PageForm)
def test_it_is_measured_on_genuine_spliced_and_pure_pages(form: PageForm) -> None:
    _, test = drawn(form)
    assert {case.sort for case in test} == {Sort.CLEAN, Sort.SPLICED, Sort.PURE}


def test_thresholds_are_set_on_articles_as_they_are() -> None:
    _, test = drawn(PageForm.MARKUP)
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
