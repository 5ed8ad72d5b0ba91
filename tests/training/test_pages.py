"""Labelled pages as they lie in folders: each layout, and what is wrong with a folder."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from filter.errors import CallerError
from filter.training.pages import (
    SEGMENTS_FOLDER,
    WCXB_FOLDER,
    GoldPage,
    page_of,
    read_gold_pages,
    registered_domain,
    segment_pages,
    wcxb_folders,
    with_markup,
)

PAGE = "<html><body><h1>Ferry stays in port</h1><p>The ferry will not sail.</p></body></html>"
TEXTS = ["Ferry stays in port", "The ferry will not sail."]


def wcxb(folder: Path, name: str = "0001", **record: Any) -> Path:
    """A corpus in WCXB's layout, of one page."""
    for inner in ("html", "ground-truth"):
        (folder / inner).mkdir(parents=True, exist_ok=True)
    (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    whole = {"url": "https://www.skarvik.example/a", "ground_truth": {"main_content": TEXTS[1]}} | record
    (folder / "ground-truth" / f"{name}.json").write_text(json.dumps(whole), encoding="utf-8")
    return folder


def segments(folder: Path, **record: Any) -> Path:
    """A corpus in the layout of trafilatura's evaluation pages, of one page."""
    (folder / "html").mkdir(parents=True)
    (folder / "html" / "a.gz").write_bytes(gzip.compress(PAGE.encode()))
    whole = {"url": "https://lund.example/a", "with": ["not sail"], "without": ["port"]} | record
    (folder / "segments.json").write_text(json.dumps({"a": whole, "lost": whole}), encoding="utf-8")
    return folder


def corrections(path: Path, *records: Any) -> Path:
    """A file of corrected labels, one page a line, blank lines between."""
    path.write_text("\n\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def only(folder: Path) -> GoldPage:
    (gold,) = read_gold_pages(folder)
    return gold


class TestWhole:
    """Pages whose whole main content is known: WCXB."""

    def test_a_record_becomes_a_page(self, tmp_path: Path) -> None:
        truth = {"main_content": "m", "title": "t", "with": ["w"], "without": ["x", "y"]}
        kind = {"page_type": {"primary": "forum"}}
        gold = only(wcxb(tmp_path, ground_truth=truth, _internal=kind))
        assert (gold.name, gold.domain, gold.page_type) == ("wcxb/0001", "skarvik.example", "forum")
        assert (gold.gold, gold.title, gold.present, gold.absent) == ("m", "t", ("w",), ("x", "y"))
        assert gold.page.texts == TEXTS
        assert not gold.composed

    def test_what_a_record_does_not_say_is_empty(self, tmp_path: Path) -> None:
        gold = only(wcxb(tmp_path, ground_truth={"main_content": None, "title": None, "with": None}))
        assert (gold.gold, gold.title, gold.present, gold.absent, gold.page_type) == ("", "", (), (), "")

    def test_without_an_address_a_page_is_a_domain_of_its_own(self, tmp_path: Path) -> None:
        assert only(wcxb(tmp_path, url=None)).domain == "0001"

    def test_pages_come_in_order_of_their_names(self, tmp_path: Path) -> None:
        for name in ("0003", "0001", "0002"):
            wcxb(tmp_path, name)
        assert [gold.name[-1] for gold in read_gold_pages(tmp_path)] == ["1", "2", "3"]


class TestSegments:
    """Pages of which only segments are known: trafilatura's."""

    def test_a_record_becomes_a_page_without_whole_gold(self, tmp_path: Path) -> None:
        gold = only(segments(tmp_path, title="t"))
        assert (gold.name, gold.domain, gold.page_type) == ("trafilatura/a", "lund.example", "")
        assert (gold.gold, gold.title, gold.present, gold.absent) == (None, "t", ("not sail",), ("port",))
        assert gold.page.texts == TEXTS

    def test_a_title_may_be_missing(self, tmp_path: Path) -> None:
        assert only(segments(tmp_path)).title == ""

    def test_records_without_a_page_are_left_out(self, tmp_path: Path) -> None:
        assert [found.name for found in segment_pages(segments(tmp_path))] == ["a"]


class TestPairs:
    """Pages beside their texts."""

    def test_a_page_goes_with_the_text_of_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "inner").mkdir()
        for name in ("b.html", "inner/a.htm"):
            (tmp_path / name).write_text(PAGE, encoding="utf-8")
        (tmp_path / "b.txt").write_text("Fährt nicht.", encoding="utf-8")
        (tmp_path / "inner" / "a.txt").write_text("", encoding="utf-8")
        found = [(gold.name, gold.domain, gold.page_type, gold.gold) for gold in read_gold_pages(tmp_path)]
        assert found == [("b.html", "b", "article", "Fährt nicht."), ("inner/a.htm", "a", "article", "")]

    def test_a_page_without_a_text_is_left_out(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / "b.txt").write_text("x", encoding="utf-8")
        with pytest.raises(CallerError, match="holds no labelled pages"):
            read_gold_pages(tmp_path)


class TestCorrections:
    """Labels that users corrected."""

    BLOCKS = (
        {"text": TEXTS[0], "label": "article", "corrected": "title"},
        {"text": TEXTS[1], "label": "article"},
    )

    def test_a_correction_outranks_the_label_that_was_found(self, tmp_path: Path) -> None:
        gold = only(
            corrections(tmp_path / "c.jsonl", {"blocks": self.BLOCKS, "source": "https://a.lund.example/"})
        )
        assert gold.labels == ("title", "article")
        assert (gold.name, gold.domain, gold.page_type) == (
            "https://a.lund.example/",
            "lund.example",
            "article",
        )
        assert gold.page.texts == TEXTS
        assert not gold.page.is_markup

    def test_the_page_is_read_anew_where_its_blocks_are_still_the_same(self, tmp_path: Path) -> None:
        gold = only(corrections(tmp_path / "c.jsonl", {"blocks": self.BLOCKS, "page": PAGE}))
        assert gold.page.is_markup
        changed = PAGE.replace("not sail", "sail")
        gold = only(corrections(tmp_path / "d.jsonl", {"blocks": self.BLOCKS, "page": changed}))
        assert (gold.page.is_markup, gold.page.texts) == (False, TEXTS)

    def test_pages_without_a_source_are_named_by_their_lines(self, tmp_path: Path) -> None:
        path = corrections(tmp_path / "mine.jsonl", {"blocks": self.BLOCKS}, {"blocks": self.BLOCKS})
        assert [gold.name for gold in read_gold_pages(path)] == ["mine-1", "mine-3"]

    @pytest.mark.parametrize("line", ["{", "[]", "{}", '{"blocks": [{"text": "x"}]}', '{"blocks": 3}'])
    def test_a_line_that_is_something_else_is_named(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "c.jsonl"
        path.write_text(f"\n{line}\n", encoding="utf-8")
        with pytest.raises(CallerError, match=r"c\.jsonl, line 2, is no page of .*: export it"):
            read_gold_pages(path)


class TestFolders:
    """What a folder may be."""

    def test_a_folder_of_corpora_and_pairs_is_read_whole(self, tmp_path: Path) -> None:
        wcxb(tmp_path / WCXB_FOLDER)
        segments(tmp_path / SEGMENTS_FOLDER)
        (tmp_path / "own.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / "own.txt").write_text("x", encoding="utf-8")
        assert [gold.name for gold in read_gold_pages(tmp_path)] == ["wcxb/0001", "trafilatura/a", "own.html"]

    def test_pages_of_wcxb_are_found_in_a_source_or_as_one(self, tmp_path: Path) -> None:
        inside, itself = wcxb(tmp_path / "all" / WCXB_FOLDER), wcxb(tmp_path / "itself")
        other = segments(tmp_path / "other")
        assert list(wcxb_folders([other, tmp_path / "all", itself])) == [inside, itself]

    def test_pages_of_wcxb_with_main_content_come_with_their_markup(self, tmp_path: Path) -> None:
        sources = [wcxb(tmp_path / "one"), segments(tmp_path / "two")]
        golds = [gold for source in sources for gold in read_gold_pages(source)]
        assert list(with_markup(golds, sources)) == [(golds[0], PAGE)]
        assert list(with_markup([replace(golds[0], gold="")], sources)) == []

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CallerError, match="absent does not exist: pass the folder"):
            read_gold_pages(tmp_path / "absent")


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://a.b.skarvik.example/x?y", "skarvik.example"),
        ("https://news.skarvik.com.au/", "skarvik.com.au"),  # three letters: no registrant's
        ("https://news.times.au/", "times.au"),  # five letters: one's own
        ("https://www.abcd.au/", "abcd.au"),
        ("https://news.abc.info/", "abc.info"),  # no country's
        ("https://co.uk/", "co.uk"),
        ("https://SKARVIK.example:8080/", "skarvik.example"),
        ("localhost", "localhost"),
        ("uk", "uk"),
        ("news.Skarvik.Example", "skarvik.example"),  # no address but a name
    ],
)
def test_a_domain_is_as_long_as_its_shape_tells(url: str, domain: str) -> None:
    assert registered_domain(url) == domain


def test_a_page_that_cannot_be_read_has_no_blocks() -> None:
    assert page_of(PAGE).texts == TEXTS
    assert len(page_of(bytes(range(256)) * 40)) == 0
