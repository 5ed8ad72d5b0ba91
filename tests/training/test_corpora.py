"""Readers of spam and news, and splits that keep groups together."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.errors import CallerError
from filter.training.corpora import SpamBlock, assign_folds, read_news, read_spam


def write(path: Path, records: Sequence[Mapping[str, object]]) -> None:
    """Write records as the corpora hold them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)


def test_spam_documents_keep_their_blocks_in_order_without_empty_ones(tmp_path: Path) -> None:
    block = {"text": "Lucky reels pay daily.", "kind": "paragraph", "links": 1, "link_chars": 11}
    record = {"id": "a", "campaign": "reels", "niche": "casino", "style": "selling", "lang": "en"}
    empty = block | {"text": "  "}
    write(tmp_path / "spam/dev.jsonl.gz", [record | {"paragraphs": [block, empty]}])
    (document,) = read_spam(tmp_path)
    assert document.blocks == (SpamBlock("Lucky reels pay daily.", "paragraph", 1, 11),)
    assert (document.campaign, document.niche, document.composed) == ("reels", "casino", False)


def test_a_composed_document_is_a_campaign_of_its_own(tmp_path: Path) -> None:
    record = {"id": "a", "niche": "casino", "style": "filler", "lang": "en", "paragraphs": []}
    write(tmp_path / "written/spam.jsonl.gz", [record, record | {"id": "b"}])
    first, second = read_spam(tmp_path, composed=True)
    assert first.campaign != second.campaign
    assert first.composed


def test_articles_say_whether_their_paragraphs_are_their_own(tmp_path: Path) -> None:
    record: dict[str, object] = {
        "id": "a",
        "source": "Harbour Courier",
        "topic": "other",
        "lang": "en",
        "title": None,
    }
    records = [record | {"paragraphs": ["One.", ""], "para": para} for para in ("kept", "resegmented")]
    write(tmp_path / "news/dev.jsonl.gz", records)
    kept, regrouped = read_news(tmp_path)
    assert (kept.own_breaks, regrouped.own_breaks) == (True, False)
    assert (kept.title, kept.paragraphs) == ("", ("One.",))


def test_an_absent_corpus_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(CallerError, match="news"):
        read_news(tmp_path)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1), st.integers(2, 5))
def test_no_group_is_in_two_folds(groups: list[str], folds: int) -> None:
    fold_of = defaultdict(set)
    for group, fold in zip(groups, assign_folds(groups, folds), strict=True):
        fold_of[group].add(int(fold))
        assert 0 <= fold < folds
    assert all(len(own) == 1 for own in fold_of.values())


def test_each_stratum_is_spread_over_the_folds() -> None:
    groups = ["a", "b", "c", "d"]
    folds = assign_folds(groups, 2, strata=["casino", "casino", "loans", "loans"])
    assert folds[0] != folds[1]
    assert folds[2] != folds[3]


def test_folds_do_not_depend_on_the_order_of_items() -> None:
    groups = ["a", "b", "b", "c", "c", "c"]
    forwards = dict(zip(groups, assign_folds(groups, 2).tolist(), strict=True))
    backwards = dict(zip(groups[::-1], assign_folds(groups[::-1], 2).tolist(), strict=True))
    assert forwards == backwards
