"""No batch reads what it writes, or writes over what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from filter.batch import run
from filter.batch.outputs import find_output
from filter.batch.overlap import own_files
from filter.errors import CallerError
from tests.batch.helpers import options, pages, read_records, write_json_lines
from tests.cli.program import newsfilter

SPOOL = Path("spool")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a source, and all that leads to it; the working folder is the one above."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_json_lines(folder / "pages.jsonl", pages("precious"))
    (folder / "symbolic.jsonl").symlink_to("pages.jsonl")
    (tmp_path / "hard.jsonl").hardlink_to(folder / "pages.jsonl")
    (tmp_path / "link").symlink_to("in")
    monkeypatch.chdir(tmp_path)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "output",
    [
        "in/pages.jsonl",
        "./../{}/in/pages.jsonl",
        "in/symbolic.jsonl",
        "hard.jsonl",
        "link/pages.jsonl",
        "in/",
        ".",
    ],
)
@pytest.mark.parametrize("overwrite", [True, False])
def test_a_source_is_never_written_over(folder: Path, output: str, overwrite: bool) -> None:
    before = contents(folder.parent)
    with pytest.raises(CallerError, match="a source and part of the output"):
        run(["in/pages.jsonl"], output.format(folder.parent.name), options(overwrite=overwrite))
    assert contents(folder.parent) == before


def test_a_source_may_lie_beside_the_output(folder: Path) -> None:
    for output in ("in/pages.jsonl.gz", "in/pages/", "pages.jsonl"):
        assert run(["in/pages.jsonl"], output, options(overwrite=True)).tally.pages == 1


@pytest.mark.parametrize("source", ["in", "in/*.jsonl", "in/pages.jsonl"])
@pytest.mark.parametrize("output", ["in/pages.jsonl", "in/", "link/"])
def test_it_does_not_matter_how_the_source_was_named(folder: Path, source: str, output: str) -> None:
    before = contents(folder.parent)
    with pytest.raises(CallerError, match="a source and part of the output"):
        run([source], output, options(overwrite=True))
    assert contents(folder.parent) == before


def test_the_command_refuses_in_one_line(folder: Path) -> None:
    before = contents(folder)
    done = newsfilter("batch", folder / "pages.jsonl", "-o", folder / "pages.jsonl", "--overwrite")
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert contents(folder) == before


@pytest.mark.parametrize(
    "output", ["in/out.jsonl", "in/out.jsonl.gz", "in/out.parquet", "in/out/", "link/out.jsonl"]
)
@pytest.mark.parametrize("overwrite", [True, False])
def test_an_output_among_the_sources_is_not_read_when_it_is_written_again(
    folder: Path, output: str, overwrite: bool
) -> None:
    pytest.importorskip("pyarrow")
    (folder / "symbolic.jsonl").unlink()
    for again in (False, overwrite):
        assert run(["in"], output, options(overwrite=again)).tally.pages == 1


def test_a_pattern_that_takes_in_the_output_can_be_given_again(folder: Path) -> None:
    """Shells spell patterns out, so that the output is named; `in/*` takes in its journal, too."""
    run(["in/pages.jsonl"], "in/out.jsonl", options())
    for names in (
        ["in/out.jsonl", "in/pages.jsonl"],
        ["in/out.jsonl", "in/out.jsonl.journal", "in/pages.jsonl"],
    ):
        assert run(names, "in/out.jsonl", options()).resumed_pages == 1


def test_an_output_that_is_named_as_a_source_is_not_begun_anew(folder: Path) -> None:
    run(["in/pages.jsonl"], "out.jsonl", options())
    with pytest.raises(CallerError, match="a source and part of the output"):
        run(["out.jsonl", "in/pages.jsonl"], "out.jsonl", options(overwrite=True))
    assert len(read_records(Path("out.jsonl"))) == 1


def test_a_file_among_the_sources_that_no_batch_wrote_is_not_written_over(folder: Path) -> None:
    write_json_lines(folder / "more.jsonl", pages("more"))
    with pytest.raises(CallerError, match=r"pages\.jsonl is a source and part"):
        run(["in"], "in/pages.jsonl", options(overwrite=True))


def test_an_output_alone_is_nothing_to_clean(folder: Path) -> None:
    run(["in/pages.jsonl"], "out.jsonl", options())
    with pytest.raises(CallerError, match="a source and part of the output"):
        run(["out.jsonl"], "out.jsonl", options())


def test_a_journal_is_no_source_of_its_output(folder: Path) -> None:
    (folder / "out.jsonl.journal").write_text("precious")
    with pytest.raises(CallerError, match="a source and part of the output"):
        run(["in/out.jsonl.journal"], "in/out.jsonl", options(overwrite=True))
    assert (folder / "out.jsonl.journal").read_text() == "precious"


@pytest.mark.parametrize(
    ("location", "own"),
    [
        ("news", True),
        ("news/a.txt", True),
        ("news.journal", True),
        ("news.partial.jsonl.zst", True),
        ("news.unfinished", True),
        ("news.jsonl", False),
        ("newsreel/a.html", False),
        ("./news/a.txt", True),
        ("-", False),
    ],
)
def test_an_output_knows_its_own_files(location: str, own: bool) -> None:
    assert own_files(find_output("news", SPOOL))(location) is own


def test_a_remote_output_knows_its_own_files() -> None:
    pytest.importorskip("fsspec")
    output = find_output("memory://crawl/out.jsonl", SPOOL)
    is_own = own_files(output)
    assert is_own("memory:///crawl/out.jsonl")
    assert is_own(str(output.path))
    assert not is_own("memory://crawl/in.jsonl")


def test_a_stream_has_no_files() -> None:
    assert not own_files(find_output("-", SPOOL))("-")
