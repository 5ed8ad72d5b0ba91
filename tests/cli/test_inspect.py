"""``newsfilter inspect``: a report for one page, an index for several."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.cli.program import SAMPLES, newsfilter

TRIMMED = SAMPLES / "library-pbn-tail.html"
GERMAN = SAMPLES / "bridge-german.html"
BROKEN = Path("/proc/self/mem")


def test_one_page_makes_one_file(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.html"
    run = newsfilter("inspect", TRIMMED, "-o", target)
    assert (run.code, run.out, run.err) == (0, "", f"newsfilter: wrote {target}\n")
    report = BeautifulSoup(target.read_bytes(), "html.parser")
    assert {block["data-label"] for block in report.select(".block")} == {
        "title",
        "article",
        "furniture",
        "spam",
    }


def test_several_pages_get_an_index_that_leads_to_each(tmp_path: Path) -> None:
    assert newsfilter("inspect", TRIMMED, GERMAN, "-o", tmp_path / "report").code == 0
    index = BeautifulSoup((tmp_path / "report" / "index.html").read_bytes(), "html.parser")
    addresses = [str(link["href"]) for link in index.select("tbody a")]
    assert [address.rpartition("-")[2] for address in addresses] == ["tail.html", "german.html"]
    assert all((tmp_path / "report" / address).is_file() for address in addresses)


def test_an_index_can_be_named(tmp_path: Path) -> None:
    assert newsfilter("inspect", TRIMMED, GERMAN, "-o", tmp_path / "two.html").code == 0
    assert (tmp_path / "two.html").is_file()


def test_one_report_can_go_to_standard_output() -> None:
    run = newsfilter("inspect", TRIMMED, "-o", "-")
    assert (run.code, run.err) == (0, "")
    assert BeautifulSoup(run.out, "html.parser").select(".block")


def test_several_can_not() -> None:
    run = newsfilter("inspect", TRIMMED, GERMAN, "-o", "-")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert "need a folder" in run.err


def test_pages_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    newsfilter("inspect", TRIMMED, TRIMMED, "-o", tmp_path)
    assert len(list(tmp_path.glob("*-pages/*.html"))) == 2


def test_a_page_that_failed_is_in_the_report_and_exits_with_1(tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_bytes(b"%PDF-1.7" + bytes(50))
    run = newsfilter("inspect", broken, TRIMMED, "-o", tmp_path / "report")
    assert run.code == 1
    assert f"{broken}: this is no page but a PDF document" in run.err
    assert "PDF document" in (tmp_path / "report" / "index.html").read_text()


def test_a_page_that_fails_while_it_is_read_is_in_the_report_too(tmp_path: Path) -> None:
    if not BROKEN.exists():
        pytest.skip("no file here fails while it is read")
    run = newsfilter("inspect", BROKEN, TRIMMED, "-o", tmp_path / "report")
    assert run.code == 1
    assert f"{BROKEN}: the page can't be read" in run.err
    assert (
        "can't be read"
        in BeautifulSoup((tmp_path / "report" / "index.html").read_bytes(), "html.parser").text
    )


def test_a_report_never_overwrites_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(TRIMMED.read_bytes())
    run = newsfilter("inspect", page, "-o", page)
    assert run.code == 2
    assert page.read_bytes() == TRIMMED.read_bytes()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "report.html", tmp_path / f"{'a' * 300}.html"):
        run = newsfilter("inspect", TRIMMED, "-o", place)
        assert (run.code, run.err.count("\n")) == (2, 1)
