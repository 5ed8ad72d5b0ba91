"""Rows: labelled pages laid end to end."""

from __future__ import annotations

import numpy as np

from filter.markup import read_markup
from filter.training.labels import label_blocks
from filter.training.pages import GoldPage
from filter.training.rows import MARGIN, fold_domains, make_rows

STORY = ["The ferry Alba Queen will not sail before Thursday.", "Passengers will get their money back."]


def test_every_block_has_the_fold_of_its_page() -> None:
    pages = [read_markup("<p>One</p><p>Two</p>"), read_markup("<p>Three</p>")]
    labels = [
        label_blocks(GoldPage(name, name, "article", page, "One"))
        for name, page in zip("ab", pages, strict=True)
    ]
    rows = make_rows(pages, labels, np.array([3, 1]), [False, False])
    assert rows.fold_of_block.tolist() == [3, 3, 1]
    assert rows.main.tolist() == [1, 0, 0]


def test_blocks_near_main_content_count_as_amid_it() -> None:
    texts = ["Menu"] * (MARGIN + 1) + STORY + ["More"] * (MARGIN + 1)
    page = read_markup("".join(f"<p>{text}</p>" for text in texts))
    gold = GoldPage("n", "d", "article", page, "\n\n".join(STORY))
    bare = GoldPage("m", "e", "article", read_markup("<p>Menu</p>"), "")
    rows = make_rows(
        [page, bare.page], [label_blocks(gold), label_blocks(bare)], np.array([0, 1]), [False] * 2
    )
    inside = len(STORY) + 2 * MARGIN
    assert rows.amid.tolist() == [False] + [True] * inside + [False, False]


def test_composed_pages_change_no_domains_fold() -> None:
    page = read_markup("<p>One</p>")
    found = [GoldPage(name, name, "article", page, "One") for name in "abcd"]
    composed = [GoldPage("c, again", "c", "article", page, "One", added=(0,))] * 5
    folds = fold_domains([*found, *composed], 2)
    assert folds == fold_domains(found, 2)
    assert sorted(folds.values()) == [0, 0, 1, 1]
