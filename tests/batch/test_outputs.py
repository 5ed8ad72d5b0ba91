"""Outputs of every form, and where they lie."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

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


def test_a_folder_that_begins_anew_keeps_no_text_of_before(tmp_path: Path) -> None:
    source, folder = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.html").write_text("one")
    (source / "b.html").write_text("two")
    run([str(source)], str(folder), options())
    outside, foreign = tmp_path / "outside.txt", folder / "foreign.txt"
    outside.touch()
    foreign.touch()
    with (folder / INDEX).open("a") as index:
        index.write(json.dumps({"file": "../outside.txt"}) + "\n{torn")
    run([str(source / "a.html")], str(folder), options(overwrite=True))
    assert {path.name for path in folder.rglob("*.txt")} == {"a.html.txt", "foreign.txt"}
    assert outside.exists()


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


def test_a_name_too_long_for_one_with_a_suffix_is_mirrored_shorter(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = [f"{'a' * 249}1.html", f"{'a' * 249}2.html", "ok.html"]
    for name in names:
        (tmp_path / "in" / name).write_text(f"text of {name}")
    run([str(tmp_path / "in")], str(tmp_path / "out"), options())
    index = {Path(record["source"]).name: record["file"] for record in read_records(tmp_path / "out" / INDEX)}
    assert list(index) == names
    for name, file in index.items():
        assert (tmp_path / "out" / file).read_text() == f"text of {name}"


def test_sources_that_are_called_as_the_index_are_mirrored_beside_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_json_lines(tmp_path / "in" / "records.jsonl", pages("one", "two"))
    run([str(tmp_path / "in")], str(tmp_path / "out"), options())
    files = [record["file"] for record in read_records(tmp_path / "out" / INDEX)]
    assert [(tmp_path / "out" / file).read_text() for file in files] == ["one", "two"]


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


def parquet_of(tmp_path: Path, *rows: dict[str, object]) -> Any:
    """Return the table that a batch of one-page rows ends in."""
    parquet = pytest.importorskip("pyarrow.parquet")
    source = write_json_lines(tmp_path / "in.jsonl", [{"html": "page", **row} for row in rows])
    run([str(source)], str(tmp_path / "out.parquet"), options())
    return parquet.read_table(tmp_path / "out.parquet")


@pytest.mark.parametrize(
    ("values", "kind", "kept"),
    [
        ([2**53 + 1, 1], "int64", [2**53 + 1, 1]),
        ([2**53, 1.5], "double", [2.0**53, 1.5]),
        ([1.5, -(2**53)], "double", [1.5, -(2.0**53)]),
        ([2**60, 1.5], "double", [2.0**60, 1.5]),
        ([2**53 + 1, 1.5], "string", ["9007199254740993", "1.5"]),
        ([1.5, -(2**53) - 1], "string", ["1.5", "-9007199254740993"]),
        ([1, 1.5, 2**53 + 1], "string", ["1", "1.5", "9007199254740993"]),
        ([2**53 + 1, 1, 1.5], "string", ["9007199254740993", "1", "1.5"]),
        ([2**63 - 1, None, 1.5], "string", ["9223372036854775807", None, "1.5"]),
        ([2**63 - 1, "x"], "string", ["9223372036854775807", '"x"']),
    ],
)
def test_parquet_keeps_every_number_as_it_is(
    tmp_path: Path, values: list[object], kind: str, kept: list[object]
) -> None:
    column = parquet_of(tmp_path, *({"id": value} for value in values)).column("id")
    assert str(column.type) == kind
    assert column.to_pylist() == kept


def test_a_column_name_with_surrogates_is_escaped_as_values_are(tmp_path: Path) -> None:
    (row,) = parquet_of(tmp_path, {"\ud800": "\udfff", "ä": 1}).to_pylist()
    assert (row["\\ud800"], row["ä"]) == ("\\udfff", 1)


def test_a_column_name_that_is_taken_once_it_is_escaped_is_another(tmp_path: Path) -> None:
    (row,) = parquet_of(tmp_path, {"\ud800": 1, "\\ud800": 2}).to_pylist()
    assert (row["input_\\ud800"], row["\\ud800"]) == (1, 2)


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
        for name, file in (("out.jsonl", "out.jsonl"), ("texts/", f"texts/{INDEX}")):
            output = f"memory://crawl/{name}"
            assert run(["memory://crawl/in.jsonl"], output, options(spool=tmp_path)).resumed_pages == 2
            system.rm(f"/crawl/{file}")
            with pytest.raises(CallerError, match="is gone"):
                run(["memory://crawl/in.jsonl"], output, options(spool=tmp_path))
    finally:
        system.rm("/crawl", recursive=True)


@pytest.mark.parametrize(("working_folder", "name"), [("out", "."), ("out", "./"), ("out/sub", "..")])
def test_the_journal_of_a_folder_lies_beside_it_however_it_is_called(
    tmp_path: Path, working_folder: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    (tmp_path / working_folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / working_folder)
    assert run([str(source)], name, options(overwrite=True)).resumed_pages == 0
    assert run([str(source)], name, options()).resumed_pages == 1
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out", "out.journal"}
    assert len(read_records(tmp_path / "out" / INDEX)) == 1


@pytest.mark.parametrize("name", ["/", "//", ""])
def test_an_output_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(CallerError, match="choose another output"):
        find_output(name, SPOOL)


@pytest.mark.parametrize("name", ["/dev/full", "/dev/full/", "device.jsonl", "pipe.jsonl", "pipe"])
def test_what_is_no_regular_file_is_no_output(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("device.jsonl").symlink_to("/dev/full")
    os.mkfifo("pipe.jsonl")
    os.mkfifo("pipe")
    with pytest.raises(CallerError, match="is no regular file: choose another output"):
        find_output(name, SPOOL)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "README").touch()
    with pytest.raises(CallerError, match="an output ends in"):
        find_output(f"{tmp_path}/README", SPOOL)


@pytest.mark.parametrize(("name", "form"), [("out.jsonl", Form.LINES), ("linked.jsonl", Form.LINES)])
def test_an_output_that_is_there_may_be_a_link(
    tmp_path: Path, name: str, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("out.jsonl").touch()
    Path("linked.jsonl").symlink_to("out.jsonl")
    assert find_output(name, SPOOL).form is form


@pytest.mark.parametrize("name", ["/dev/full/out.jsonl", "/proc/out.jsonl", f"{'x' * 256}.jsonl"])
def test_an_output_that_cannot_be_written_is_a_clear_error(tmp_path: Path, name: str) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    with pytest.raises(CallerError, match="can't be written"):
        run([str(source)], name, options())
