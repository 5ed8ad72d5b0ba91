"""Outputs of every form, and where they lie."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from filter.batch import run
from filter.batch.outputs import Form, find_output
from filter.batch.writers.folder import INDEX
from filter.errors import CallerError
from tests.batch.helpers import options, pages, read_records, write_json_lines

SPOOL = Path("spool")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("out.jsonl", Form.LINES),
        ("out.jsonl.gz", Form.LINES),
        ("out.ndjson.zst", Form.LINES),
        ("out.parquet", Form.PARQUET),
        ("out", Form.FOLDER),
        ("out.d/", Form.FOLDER),
        ("s3://bucket/out.parquet", Form.PARQUET),
        ("-", Form.STREAM),
    ],
)
def test_the_name_tells_the_form(name: str, form: Form) -> None:
    assert find_output(name, SPOOL).form is form


def test_a_name_that_tells_nothing_is_refused() -> None:
    with pytest.raises(CallerError, match="an output ends in"):
        find_output("out.csv", SPOOL)


@pytest.mark.parametrize(
    ("location", "held"),
    [
        ("news", True),
        ("news/a.txt", True),
        ("news.partial.jsonl.zst", True),
        ("news.jsonl", False),
        ("newsreel/a.html", False),
        ("./news/a.txt", True),
    ],
)
def test_an_output_knows_its_own_files(location: str, held: bool) -> None:
    assert find_output("news", SPOOL).holds(location) is held


def test_a_remote_output_knows_its_own_files() -> None:
    pytest.importorskip("fsspec")
    output = find_output("memory://crawl/out.jsonl", SPOOL)
    assert output.holds("memory:///crawl/out.jsonl")
    assert not output.holds("memory://crawl/in.jsonl")


def test_a_stream_holds_no_files() -> None:
    assert not find_output("-", SPOOL).holds("-")


def test_a_folder_mirrors_the_sources(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "sub").mkdir(parents=True)
    (source / "a.html").write_text("one")
    (source / "sub" / "b.txt").write_text("two")
    (source / "empty.html").write_text("")
    write_json_lines(source / "more.jsonl", pages("three"))
    run([str(source)], str(tmp_path / "out"), options())
    texts = {
        str(path.relative_to(tmp_path / "out")): path.read_text()
        for path in (tmp_path / "out").rglob("*.txt")
    }
    assert texts == {"a.html.txt": "one", "sub/b.txt.txt": "two", "more.jsonl/000001.txt": "three"}
    index = {Path(record["source"]).name: record for record in read_records(tmp_path / "out" / INDEX)}
    assert {name: record["file"] for name, record in index.items()} == {
        "a.html": "a.html.txt",
        "b.txt": "sub/b.txt.txt",
        "empty.html": None,
        "more.jsonl:1": "more.jsonl/000001.txt",
    }
    assert index["more.jsonl:1"]["id"] == 0
    assert "text" not in index["a.html"]


def test_a_name_that_is_not_utf_8_is_mirrored(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path) + b"/in/caf\xe9.html", "w") as file:
        file.write("text")
    run([str(tmp_path / "in")], str(tmp_path / "out"), options())
    with open(os.fsencode(tmp_path) + b"/out/caf\xe9.html.txt") as file:
        assert file.read() == "text"
    (record,) = read_records(tmp_path / "out" / INDEX)
    assert record["source"].endswith("in/caf\\xe9.html")
    assert record["file"] == "caf\\xe9.html.txt"


def test_parquet_keeps_types_where_all_rows_agree(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [
        {
            "html": "one",
            "whole": 1,
            "number": 1,
            "true": True,
            "name": "a",
            "mixed": "x",
            "huge": 1,
            "list": [1],
        },
        {"html": "two", "whole": 2, "number": 0.5, "true": None, "name": "\ud800", "mixed": 1, "huge": 2**70},
    ]
    source = write_json_lines(tmp_path / "in.jsonl", rows)
    run([str(source)], str(tmp_path / "out.parquet"), options())
    table = parquet.read_table(tmp_path / "out.parquet")
    assert [
        str(table.schema.field(name).type) for name in ("whole", "number", "true", "name", "mixed", "text")
    ] == [
        "int64",
        "double",
        "bool",
        "string",
        "string",
        "string",
    ]
    one, two = table.to_pylist()
    assert (one["whole"], one["number"], one["true"], one["name"], one["text"]) == (1, 1.0, True, "a", "one")
    assert (two["mixed"], two["huge"], two["name"], two["list"]) == ("1", str(2**70), "\\ud800", None)
    assert json.loads(one["list"]) == [1]
    assert json.loads(one["removed"])["characters"] == 0
    assert not list(tmp_path.glob("*partial*")), "what was collected is removed"


def test_other_storage_is_read_and_written(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.pipe_file("/crawl/in.jsonl", b'{"html": "one"}\n{"html": "two"}\n')
    try:
        for name in ("out.jsonl", "texts/"):
            run(["memory://crawl/in.jsonl"], f"memory://crawl/{name}", options(spool=tmp_path))
        records = [json.loads(line) for line in system.cat_file("/crawl/out.jsonl").splitlines()]
        assert [record["text"] for record in records] == ["one", "two"]
        assert records[0]["source"] == "memory:///crawl/in.jsonl:1"
        assert system.cat_file("/crawl/texts/in.jsonl/000002.txt") == b"two"
        assert not [path for path in tmp_path.rglob("*.jsonl") if path.is_file()], "nothing stays behind"
    finally:
        system.rm("/crawl", recursive=True)


@pytest.mark.parametrize("name", ["/dev/full/out.jsonl", "/proc/out.jsonl"])
def test_an_output_that_cannot_be_written_is_a_clear_error(tmp_path: Path, name: str) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    with pytest.raises(CallerError, match="can't be written"):
        run([str(source)], name, options())
