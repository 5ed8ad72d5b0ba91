"""What is drawn from a fold: what is learned from, and what is measured on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from filter.training import folds
from filter.training.cases import Case, PageForm, Sort
from filter.training.folds import Fold, draw_fold
from filter.training.spam_corpus import SpamCorpus
from tests.training import test_markup_cases, test_text_cases

COMPOSED_WORDS = "Lorna paints any fence in Wexmoor by Friday"


@pytest.fixture(autouse=True)
def few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw fewer cases than a real training does."""
    counts = ("SPLICED", "CLEAN", "TEST_SPLICED", "NEWS_PAGES", "TEST_NEWS_PAGES")
    for name in (*counts, "FURTHER_SPLICED", "FURTHER_NEWS_PAGES"):
        monkeypatch.setattr(folds, name, 30)


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


def drawn(form: PageForm, composed: int = 0) -> Fold[list[Case]]:
    return draw_fold(corpus(composed=composed), form, np.random.default_rng(3))


def read(cases: list[Case]) -> list[tuple[list[str], tuple[bool, ...]]]:
    """What stands in the pages, and what of it is spam."""
    return [(case.page.texts, case.spam) for case in cases]


@pytest.mark.parametrize("form", PageForm)
def test_composed_passages_are_learned_from_and_never_measured_on(form: PageForm) -> None:
    def holds_composed(cases: list[Case]) -> bool:
        return any(COMPOSED_WORDS in text for case in cases for text in case.page.texts)

    assert drawn(form, composed=4).map(holds_composed) == Fold(training=True, further=True, test=False)


@pytest.mark.parametrize("form", PageForm)
def test_what_is_measured_on_does_not_depend_on_what_is_learned_from(
    form: PageForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn(form).map(read)
    for name, value in (
        ("MARKUP_ROUNDS", 3),
        ("CLEAN", 31),
        ("FURTHER_MARKUP_ROUNDS", 5),
        ("FURTHER_SPLICED", 60),
    ):
        monkeypatch.setattr(folds, name, value)
    after = drawn(form, composed=4).map(read)
    assert after.training != before.training
    assert after.further != before.further
    assert after.test == before.test


@pytest.mark.parametrize("form", PageForm)
def test_what_all_judges_learn_from_does_not_depend_on_what_one_learns_from_besides(
    form: PageForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn(form).map(read)
    for name, value in (("FURTHER_MARKUP_ROUNDS", 5), ("FURTHER_SPLICED", 60)):
        monkeypatch.setattr(folds, name, value)
    after = drawn(form).map(read)
    assert after.training == before.training
    assert after.further != before.further


def test_pages_with_markup_are_not_learned_from_again_as_they_are() -> None:
    sorts = drawn(PageForm.MARKUP).map(lambda cases: {case.sort for case in cases})
    assert sorts.training == {Sort.CLEAN, Sort.SPLICED}
    assert sorts.further == {Sort.SPLICED}


@pytest.mark.parametrize("form", PageForm)
def test_it_is_measured_on_genuine_spliced_and_pure_pages(form: PageForm) -> None:
    assert {case.sort for case in drawn(form).test} == {Sort.CLEAN, Sort.SPLICED, Sort.PURE}
