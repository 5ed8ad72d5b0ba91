"""What names on the command line stand for."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from filter.batch.sources import Format, find_sources, format_of
from filter.errors import CallerError


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def found(*names: str) -> list[str]:
    return [source.mirror for source in find_sources(names)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", Format.PAGE),
        ("a.HTML.gz", Format.PAGE),
        ("a.jsonl.zst", Format.JSON_LINES),
        ("a.ndjson", Format.JSON_LINES),
        ("a.warc.gz", Format.WARC),
        ("a.parquet", Format.PARQUET),
        ("a.png", None),
        ("html", None),
    ],
)
def test_the_suffix_tells_the_format(name: str, expected: Format | None) -> None:
    assert format_of(name) == expected


def test_a_folder_gives_its_pages_in_a_fixed_order(tmp_path: Path) -> None:
    touch(tmp_path, "b.html", "a.txt", "picture.png", "sub/c.html", "another/d.jsonl.gz")
    assert found(str(tmp_path)) == ["a.txt", "b.html", "another/d.jsonl.gz", "sub/c.html"]


def test_a_pattern_gives_what_it_matches(tmp_path: Path) -> None:
    touch(tmp_path, "2024/a.html", "2025/b.html", "2025/c.txt")
    assert found(f"{tmp_path}/**/*.html") == ["2024/a.html", "2025/b.html"]


def test_a_file_that_is_named_needs_no_suffix(tmp_path: Path) -> None:
    touch(tmp_path, "page")
    (source,) = find_sources([str(tmp_path / "page")])
    assert source.format is Format.PAGE


def test_a_name_with_brackets_is_a_file_if_there_is_one(tmp_path: Path) -> None:
    touch(tmp_path, "a[1].html")
    assert found(f"{tmp_path}/a[1].html") == ["a[1].html"]


@pytest.mark.parametrize("name", ["missing.html", "empty", "nothing-*.html"])
def test_a_name_that_stands_for_nothing_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CallerError):
        find_sources([str(tmp_path / name)])


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    touch(tmp_path, "sub/a.html")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert found(str(tmp_path)) == ["sub/a.html"]


def test_a_link_that_leads_nowhere_is_a_page_by_its_name_alone(tmp_path: Path) -> None:
    touch(tmp_path, "ok.html")
    targets = {"itself": "itself", "missing": "nowhere", "through": "ok.html/inside", "long": "x" * 256}
    for name, target in targets.items():
        (tmp_path / f"{name}.html").symlink_to(f"{target}.html")
        (tmp_path / name).symlink_to(target)
    assert found(str(tmp_path)) == ["itself.html", "long.html", "missing.html", "ok.html", "through.html"]


def test_links_that_lead_to_each_other_end(tmp_path: Path) -> None:
    touch(tmp_path, "sub/a.html")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert found(str(tmp_path)) == ["sub/a.html"]


@pytest.mark.parametrize("pattern", ["", "/**/*.html"])
def test_a_folder_that_cannot_be_listed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    touch(tmp_path, "sub/a.html")

    def forbid(folder: str) -> None:
        raise PermissionError(13, "Permission denied", folder)  # as it is for all but the superuser

    monkeypatch.setattr(os, "scandir", forbid)
    with pytest.raises(CallerError, match="can't be listed"):
        find_sources([f"{tmp_path}{pattern}"])


def test_a_linked_folder_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "elsewhere/a.html")
    (tmp_path / "in").mkdir()
    for name in ("one", "two"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "elsewhere")
    assert found(str(tmp_path / "in")) == ["one/a.html"]


def test_a_name_that_is_not_utf_8_is_printed_as_escapes(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.html"
    with open(path, "w") as file:
        file.write("x")
    (source,) = find_sources([str(tmp_path)])
    assert source.name == f"{tmp_path}/caf\\xe9.html"
    with open(source.location) as file:
        assert file.read() == "x"


@pytest.mark.parametrize("pattern", ["../outside/*.html", "./../outside/a.html", "/outside/a.html"])
def test_nothing_mirrors_outside_of_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    touch(tmp_path, "outside/a.html", "inside/b.html")
    monkeypatch.chdir(tmp_path / "inside")
    name = f"{tmp_path}{pattern}" if pattern.startswith("/") else pattern
    for mirror in found(name) + found(name, "b.html"):
        assert ".." not in mirror.split("/")
        assert not mirror.startswith("/")


@pytest.mark.parametrize("name", ["a" * 251, "ä" * 125, "a" * 246 + ".html"], ids=["ASCII", "UTF-8", "page"])
def test_a_name_that_leaves_room_for_a_suffix_is_mirrored_as_it_is(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    assert found(str(tmp_path / name)) == [name]


@pytest.mark.parametrize("name", ["a" * 252, "ä" * 126, "a" * 255, "ä" * 127 + "a"])
def test_a_longer_name_is_cut_and_ends_in_a_digest(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    (mirror,) = found(str(tmp_path / name))
    beginning, _, digest = mirror.rpartition("-")
    assert name.startswith(beginning)
    assert len(digest) == 32
    assert 250 <= len(mirror.encode()) <= 251


def test_a_long_name_is_cut_in_the_same_way_at_any_time(tmp_path: Path) -> None:
    touch(tmp_path, "a" * 252)
    (mirror,) = found(str(tmp_path / ("a" * 252)))
    assert mirror == "a" * 218 + "-94caa3413dd69800ba9b54a834aa98e5"


def test_long_names_that_differ_only_at_the_end_stay_apart(tmp_path: Path) -> None:
    for end in "12":
        touch(tmp_path, f"{'a' * 249}{end}.html", f"{'b' * 254}{end}/c.html")
    mirrors = found(str(tmp_path))
    assert len(set(mirrors)) == 4
    assert all(len(part) <= 251 for mirror in mirrors for part in mirror.split("/"))


def test_long_names_of_other_storage_are_cut() -> None:
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    system.pipe_file(f"/crawl/{'k' * 900}.html", b"x")
    try:
        (mirror,) = found("memory://crawl")
        assert len(mirror) == 251
    finally:
        system.rm("/crawl", recursive=True)


@pytest.mark.parametrize("name", ["records.jsonl", "Records.JSONL", "records.jsonl/a.html"])
def test_nothing_mirrors_where_the_index_of_an_output_is(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    (mirror,) = found(str(tmp_path))
    first = mirror.partition("/")[0]
    assert re.fullmatch(r"records\.jsonl-[0-9a-f]{32}", first, re.IGNORECASE)


def test_a_name_gives_way_to_the_index_in_the_same_way_at_any_time(tmp_path: Path) -> None:
    touch(tmp_path, "records.jsonl")
    other = "records.jsonl-02292219842a3be79be13af85b7e25ab"
    assert found(str(tmp_path)) == [other]
    assert found(f"{tmp_path}/records.jsonl", f"{tmp_path}/*.jsonl")[0] == f"{other}/records.jsonl"


@pytest.mark.parametrize("name", ["records.jsonl.gz", "sub/records.jsonl", "records.jsonl.html"])
def test_other_names_than_that_of_the_index_stay(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    assert found(str(tmp_path)) == [name]


def test_several_roots_do_not_mix_in_the_output(tmp_path: Path) -> None:
    touch(tmp_path, "one/pages/a.html", "two/pages/a.html")
    assert found(f"{tmp_path}/one/pages", f"{tmp_path}/two/pages") == ["pages/a.html", "pages-2/a.html"]


def test_a_number_that_is_a_name_already_is_passed_over(tmp_path: Path) -> None:
    names = ("a", "a-2", "a", "a", "a-2", "a")
    for parent, name in enumerate(names):
        touch(tmp_path, f"{parent}/{name}/p.txt")
    mirrors = found(*(f"{tmp_path}/{parent}/{name}" for parent, name in enumerate(names)))
    roots = ("a", "a-2", "a-3", "a-4", "a-2-2", "a-5")
    assert mirrors == [f"{root}/p.txt" for root in roots]


def test_a_multitude_of_sources_may_have_one_name(tmp_path: Path) -> None:
    """Were each compared with all others, this test would not end within the hour."""
    touch(tmp_path, "index.html")
    mirrors = found(*[f"{tmp_path}/index.html"] * 20_000)
    assert len(set(mirrors)) == 20_000
    assert mirrors[-1] == "index.html-20000/index.html"


def test_urls_of_other_storage() -> None:
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    for name in ("/crawl/b.jsonl", "/crawl/a.html", "/crawl/logo.png", "/crawl/sub/c.html"):
        system.pipe_file(name, b"x")
    try:
        assert found("memory://crawl") == ["a.html", "b.jsonl", "sub/c.html"]
        assert found("memory://crawl/*.html") == ["a.html"]
        with pytest.raises(CallerError):
            find_sources(["memory://nowhere"])
    finally:
        system.rm("/crawl", recursive=True)


def test_a_kind_of_url_that_nothing_knows_is_an_error() -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(CallerError, match="can't be reached"):
        find_sources(["gopher://nowhere/a.html"])
