"""Fitting: which pages a part of the data holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from joblib import delayed

pytest.importorskip("sklearn")
pytest.importorskip("catboost")
pytest.importorskip("selectolax")

from filter.errors import CallerError
from filter.markup import read_markup
from filter.training.fitting import TrainingData, page_rows, parts_kept, side_by_side
from filter.training.labels import label_blocks
from filter.training.pages import GoldPage
from filter.training.rows import Settings

PAGE = read_markup("<p>The ferry to the outer islands will not sail before Thursday.</p>")
FOUND = GoldPage("found", "lindenau.example", "article", PAGE, PAGE.texts[0])
COMPOSED = GoldPage(
    "composed", "lindenau.example", "article", PAGE, PAGE.texts[0], added=(0,), donors=("wexmoor.example",)
)


@pytest.mark.parametrize(
    ("chosen", "held"),
    [
        ({"lindenau.example"}, ["found"]),
        ({"wexmoor.example"}, []),
        ({"lindenau.example", "wexmoor.example"}, ["found", "composed"]),
    ],
)
def test_a_part_holds_no_page_with_a_piece_of_another_site(chosen: set[str], held: list[str]) -> None:
    part = TrainingData.of([FOUND, COMPOSED]).part(chosen.__contains__)
    assert [gold.name for gold in part.golds] == held
    assert len(part.labels) == len(held)


def test_composed_pages_are_in_the_fold_of_their_domain() -> None:
    found = [GoldPage(name, name, "article", PAGE, PAGE.texts[0]) for name in "abcd"]
    composed = [GoldPage("c, again", "c", "article", PAGE, PAGE.texts[0], added=(0,))] * 5
    golds = [*found, *composed]
    folds = page_rows(golds, [label_blocks(gold) for gold in golds], Settings(folds=2)).folds
    assert sorted(folds[:4]) == [0, 0, 1, 1]
    assert folds[4:].tolist() == [folds[2]] * 5


def test_tasks_done_side_by_side_come_back_in_order() -> None:
    assert side_by_side(delayed(abs)(number) for number in (-3, 1, -2)) == [3, 1, 2]


def test_a_process_that_the_system_ends_is_told_of_with_what_to_do() -> None:
    with pytest.raises(CallerError, match="--cache"):
        side_by_side(delayed(os._exit)(9) for _ in range(2))


def test_a_part_is_fitted_once_for_the_same_data_and_anew_for_other_data(tmp_path: Path) -> None:
    fitted: list[str] = []

    def fit(folder: str) -> int:
        fitted.append(folder)
        return len(fitted)

    states = ({"wcxb": "a1", "news": "b1"}, {"news": "b1", "wcxb": "a1"}, {"wcxb": "a1", "news": "b2"})
    assert [parts_kept(tmp_path, corpora).cache(fit)("corpora") for corpora in states] == [1, 1, 2]


def test_without_a_folder_nothing_is_kept() -> None:
    assert parts_kept(None, {}).store_backend is None


def test_what_a_kept_part_was_fitted_on_is_not_written_out_beside_it(tmp_path: Path) -> None:
    def count(data: TrainingData) -> int:
        return len(data.golds)

    parts_kept(tmp_path, {}).cache(count)(TrainingData.of([FOUND] * 100))
    (metadata,) = tmp_path.rglob("metadata.json")
    assert PAGE.texts[0] not in metadata.read_text()
