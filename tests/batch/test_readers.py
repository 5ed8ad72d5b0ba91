"""Sources of every form give their pages, and broken ones say where they break."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.article import Outcome
from filter.batch.entry import Entry, Page, Refused
from filter.batch.readers import Fields, Pause, Reading, read_entries
from filter.batch.sources import find_sources
from filter.errors import CallerError, PageError
from tests.batch.helpers import write_json_lines

LIMIT = 10_000


def read(path: Path, fields: Fields | None = None) -> list[Entry]:
    (source,) = find_sources([str(path)])
    entries = read_entries(source, Reading(fields or Fields(), LIMIT))
    return [entry for entry in entries if isinstance(entry, Entry)]


def opened(path: Path, fields: Fields | None = None) -> list[Page | Outcome]:
    return [open_entry(entry) for entry in read(path, fields)]


def open_entry(entry: Entry) -> Page | Outcome:
    try:
        return entry.open(LIMIT)
    except PageError as error:
        return error.outcome


def contents(path: Path) -> list[str | bytes | Outcome]:
    return [page.content if isinstance(page, Page) else page for page in opened(path)]


def warc(*responses: tuple[str, bytes, str], compressed: bool = False) -> bytes:
    """Write responses (address, body, HTTP header), each after the record of its request."""
    pytest.importorskip("fastwarc")
    records = [warc_record("warcinfo", "", "application/warc-fields", b"software: test\r\n")]
    for url, body, header in responses:
        records.append(warc_record("request", url, "application/http; msgtype=request", REQUEST))
        response = f"HTTP/1.1 200 OK\r\n{header}\r\n\r\n".encode() + body
        records.append(warc_record("response", url, "application/http; msgtype=response", response))
    return b"".join(map(gzip.compress, records) if compressed else records)


def warc_record(kind: str, url: str, content_type: str, content: bytes) -> bytes:
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{len(url)}>",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-01-01T00:00:00Z",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(content)}",
    )
    header = "\r\n".join((*lines, "", ""))
    return header.encode() + content + b"\r\n\r\n"


HTML = "Content-Type: text/html"
REQUEST = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_json_lines_plain_and_compressed(tmp_path: Path, suffix: str) -> None:
    lines = b'{"html": "one", "url": "https://a.example/"}\n\n{"text": "two"}'
    if suffix == ".gz":
        lines = gzip.compress(lines[:20]) + gzip.compress(lines[20:])
    elif suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        lines = b"".join(zstandard.compress(part) for part in (lines[:20], lines[20:]))
    path = tmp_path / f"in.jsonl{suffix}"
    path.write_bytes(lines)
    one, two = opened(path)
    assert one == Page("one", "text/html", "https://a.example/", {"url": "https://a.example/"})
    assert two == Page("two")
    assert [entry.source for entry in read(path)] == [f"{path}:1", f"{path}:3"]


@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([b'{"html": "page"}', b'{"html": 1}', b"[" * 5_000]))
)
def test_every_line_that_is_not_blank_is_one_entry(
    tmp_path_factory: pytest.TempPathFactory, found: list[bytes]
) -> None:
    lines = [line.replace(b"\n", b" ") for line in found]
    path = tmp_path_factory.mktemp("lines") / "in.jsonl"
    path.write_bytes(b"\n".join(lines))
    entries = read(path)
    numbers = [number for number, line in enumerate(lines, 1) if line.strip()]
    assert [entry.source for entry in entries] == [f"{path}:{number}" for number in numbers]
    for entry in entries:
        assert (
            open_entry(entry) is Outcome.UNDECODABLE
            or b"html" in lines[int(entry.source.rpartition(":")[2]) - 1]
        )


def test_the_fields_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"body": "one", "html": "other", "link": "https://a.example/"}\n')
    (page,) = opened(path, Fields(("missing", "body"), "link"))
    assert isinstance(page, Page)
    assert (page.content, page.url) == ("one", "https://a.example/")
    assert page.carried == {"html": "other", "link": "https://a.example/"}


@pytest.mark.parametrize(("length", "expected"), [(LIMIT, "x" * LIMIT), (LIMIT + 1, Outcome.TOO_LARGE)])
def test_a_page_has_a_largest_size(tmp_path: Path, length: int, expected: object) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"html": "x" * length}) + "\n" + '{"html": "next"}\n')
    assert contents(path) == [expected, "next"]


def test_a_line_too_long_to_be_held_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(b'{"html": "first"}\n{"html": "' + b" " * 5_000_000 + b'"}\n{"html": "last"}\n')
    assert contents(path) == ["first", Outcome.TOO_LARGE, "last"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_decompression_bomb_ends_its_file_alone(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "max_skip", 20_000_000)
    bomb = b'{"html": "first"}\n' + b" " * 60_000_000 + b"\n"
    path = tmp_path / f"in.jsonl{suffix}"
    compress = gzip.compress if suffix == ".gz" else pytest.importorskip("zstandard").compress
    path.write_bytes(compress(bomb))
    assert contents(path) == ["first", Outcome.UNDECODABLE]
    assert "bomb" in failure(read(path)[1])


def failure(entry: Entry) -> str:
    with pytest.raises(PageError) as caught:
        entry.open(LIMIT)
    return str(caught.value)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_truncated_archive_gives_its_pages_and_one_record_of_the_break(tmp_path: Path, suffix: str) -> None:
    compress = gzip.compress if suffix == ".gz" else pytest.importorskip("zstandard").compress
    whole = b"".join(compress(b'{"html": "page %d"}\n' % number) for number in range(3))
    path = tmp_path / f"in.jsonl{suffix}"
    path.write_bytes(whole[:-7])
    found = contents(path)
    assert found[:2] == ["page 0", "page 1"]
    assert found[-1] is Outcome.UNDECODABLE
    assert "mend or fetch it again" in failure(read(path)[-1])


@pytest.mark.parametrize(
    "name",
    ["in.jsonl.gz", "in.jsonl.zst", "in.JSONL.GZ", "in.JSONL.ZST", "in.warc.gz", "in.warc", "in.parquet"],
)
def test_a_file_that_is_no_archive_is_one_record(tmp_path: Path, name: str) -> None:
    for library in ("zstandard", "fastwarc", "pyarrow"):
        pytest.importorskip(library)
    path = tmp_path / name
    path.write_bytes(b"this is no archive\n" * 10)
    assert contents(path) == [Outcome.UNDECODABLE]


@pytest.mark.parametrize("compressed", [False, True])
def test_responses_of_a_warc_are_pages_with_their_charset(tmp_path: Path, compressed: bool) -> None:
    latin = "text/html; charset=iso-8859-1"
    path = tmp_path / ("in.warc.gz" if compressed else "in.warc")
    path.write_bytes(
        warc(
            ("https://a.example/1", "Käse".encode("latin-1"), f"Content-Type: {latin}"),
            ("https://a.example/logo", b"PNG", "Content-Type: image/png"),
            ("https://a.example/2", b"plain", "Content-Type: text/plain"),
            ("https://a.example/3", b"untyped", "Server: none"),
            compressed=compressed,
        )
    )
    one, two = opened(path)
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert (one.content, one.content_type, one.url) == (
        "Käse".encode("latin-1"),
        latin,
        "https://a.example/1",
    )
    assert one.carried == {
        "url": "https://a.example/1",
        "warc_record_id": "<urn:uuid:19>",
        "warc_date": "2026-01-01T00:00:00Z",
        "http_status": 200,
    }
    assert two.content == b"plain"


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ("Content-Encoding: gzip", gzip.compress(b"content"), b"content"),
        ("Transfer-Encoding: chunked", b"3\r\ncon\r\n4\r\ntent\r\n0\r\n\r\n", b"content"),
        ("Content-Encoding: gzip", b"decompressed before", b"decompressed before"),
        ("Transfer-Encoding: chunked", b"put together before", b"put together before"),
        ("Content-Encoding: gzip", gzip.compress(b" " * 5_000_000), Outcome.TOO_LARGE),
    ],
    ids=["compressed", "in chunks", "not compressed any more", "not in chunks any more", "a bomb"],
)
def test_the_encodings_of_a_response_are_undone(
    tmp_path: Path, encoding: str, body: bytes, expected: object
) -> None:
    path = tmp_path / "in.warc"
    path.write_bytes(
        warc(("https://a.example/1", body, f"{HTML}\r\n{encoding}"), ("https://a.example/2", b"2", HTML))
    )
    assert contents(path) == [expected, b"2"]


def test_a_bomb_inside_a_warc_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "in.warc.gz"
    bomb = ("https://a.example/1", b" " * 5_000_000, HTML)
    path.write_bytes(warc(bomb, ("https://a.example/2", b"fine", HTML), compressed=True))
    assert contents(path) == [Outcome.TOO_LARGE, b"fine"]


@pytest.mark.parametrize("compressed", [False, True])
def test_a_warc_cut_off_says_so(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / ("in.warc.gz" if compressed else "in.warc")
    noise = os.urandom(3_000)  # which doesn't compress, so that the cut is in the page
    whole = warc(
        ("https://a.example/1", b"one", HTML), ("https://a.example/2", noise, HTML), compressed=compressed
    )
    path.write_bytes(whole[:-1_000])
    assert contents(path) == [b"one", Outcome.UNDECODABLE]


def test_a_garbled_warc_says_so(tmp_path: Path) -> None:
    path = tmp_path / "in.warc.gz"
    whole = warc(*((f"https://a.example/{n}", os.urandom(3_000), HTML) for n in range(9)), compressed=True)
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + b"\0" * 50 + whole[middle + 50 :])
    assert contents(path)[-1] is Outcome.UNDECODABLE


@pytest.mark.parametrize("compressed", [False, True])
def test_a_warc_that_is_cut_off_anywhere_says_so(tmp_path: Path, compressed: bool) -> None:
    """But between two records: nobody can know that more were to come."""
    two = [(f"https://a.example/{number}", b"<p>one" * 9, HTML) for number in (1, 2)]
    whole, first = warc(*two, compressed=compressed), warc(two[0], compressed=compressed)
    request = warc_record("request", two[1][0], "application/http; msgtype=request", REQUEST)
    borders = {len(first), len(first) + len(gzip.compress(request) if compressed else request), len(whole)}
    if not compressed:  # a record is complete without the blank lines behind it
        borders |= {border - missing for border in borders for missing in range(1, 5)}
    path = tmp_path / ("in.warc.gz" if compressed else "in.warc")
    for length in range(len(first), len(whole) + 1):
        path.write_bytes(whole[:length])
        assert isinstance(read(path)[-1], Refused) == (length not in borders), length


def test_cells_of_a_parquet_table_that_python_has_no_value_for_stand_as_text(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {
        "html": arrow.array([b"one \xff", b"two"], arrow.binary()).view(arrow.string()),
        "seen": arrow.array([1, 2**62], arrow.timestamp("us")),
    }
    parquet.write_table(arrow.table(columns), tmp_path / "in.parquet")
    assert contents(tmp_path / "in.parquet") == ["one \ufffd", "two"]
    first, second = (entry.carried()["seen"] for entry in read(tmp_path / "in.parquet"))
    assert first == datetime(1970, 1, 1, microsecond=1)
    assert isinstance(second, str)


@pytest.mark.parametrize(
    ("row", "content"),
    [
        ({"html": None, "text": "two"}, "two"),
        ({"html": "", "text": "two"}, ""),
        ({"html": None, "text": None}, ""),
        ({"html": None}, ""),
    ],
)
def test_the_first_field_that_is_not_null_holds_the_page(
    tmp_path: Path, row: dict[str, str | None], content: str
) -> None:
    assert contents(write_json_lines(tmp_path / "in.jsonl", [row])) == [content]


def test_rows_of_a_parquet_table(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"html": b"one", "id": 1}, {"html": b"x" * (LIMIT + 1), "id": 2}, {"html": None, "id": 3}]
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "in.parquet")
    assert contents(tmp_path / "in.parquet") == [b"one", Outcome.TOO_LARGE, ""]
    assert read(tmp_path / "in.parquet")[0].carried() == {"id": 1}


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.html", "text/html"),
        ("a.HTM", "text/html"),
        ("a.txt", "text/plain"),
        ("page", None),
        ("a.html.gz", "text/html"),
    ],
)
def test_a_file_is_a_page(tmp_path: Path, name: str, content_type: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"content") if name.endswith(".gz") else b"content")
    assert opened(path) == [Page(b"content", content_type)]


@pytest.mark.parametrize("name", ["page.html", "page.txt.gz", "in.warc", "in.warc.gz"])
@pytest.mark.parametrize("excess", [0, 1, 5_000])
def test_a_page_that_was_not_read_to_its_end_is_not_measured(tmp_path: Path, name: str, excess: int) -> None:
    content = b"x" * (LIMIT + excess)
    path = tmp_path / name
    if "warc" in name:
        path.write_bytes(warc(("https://a.example/", content, HTML), compressed=name.endswith(".gz")))
    else:
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    if excess:
        assert failure(read(path)[0]).startswith("the page has more than 10,000 bytes:")
    else:
        assert contents(path) == [content]


def test_a_response_that_was_not_decompressed_to_its_end_is_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "in.warc"
    body = gzip.compress(b" " * (LIMIT + 5_000))
    path.write_bytes(warc(("https://a.example/", body, f"{HTML}\r\nContent-Encoding: gzip")))
    assert failure(read(path)[0]).startswith("the page has more than 10,000 bytes:")


def test_a_page_file_that_cannot_be_read_is_one_record(tmp_path: Path) -> None:
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    assert contents(loop) == [Outcome.UNDECODABLE]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("damage", ["no archive", "cut off", "garbled", "cut in the header"])
def test_a_compressed_page_that_is_damaged_is_one_record(tmp_path: Path, suffix: str, damage: str) -> None:
    content = b" ".join(b"%d" % number for number in range(2_000))
    if suffix == ".gz":
        whole = gzip.compress(content)
    else:
        whole = pytest.importorskip("zstandard").ZstdCompressor(write_checksum=True).compress(content)
    path = tmp_path / f"page.html{suffix}"
    path.write_bytes(
        {
            "no archive": b"this is no archive",
            "cut off": whole[:-7],
            "garbled": whole[:100] + b"\xff" * 100 + whole[200:],
            "cut in the header": whole[:3],
        }[damage]
    )
    assert contents(path) == [Outcome.UNDECODABLE]
    assert "check it, or fetch it again" in failure(read(path)[0])


@pytest.mark.parametrize("name", ["page.html.zst", "page.HTML.ZST", "in.jsonl.zst"])
def test_a_library_that_is_missing_is_named(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)  # so importing it fails
    path = tmp_path / name
    path.write_bytes(b"whatever it holds")
    with pytest.raises(CallerError, match=r"needs zstandard: install it with .*newsfilter\[batch\]"):
        read(path)


@pytest.mark.parametrize("name", ["page.html", "page.html.gz"])
def test_a_library_that_is_not_needed_may_be_missing(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"content") if name.endswith(".gz") else b"content")
    assert contents(path) == [b"content"]


class Typed:
    """Standard input on which blocks arrive one after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *blocks: bytes) -> None:
        waiting = iter((*blocks, b""))
        monkeypatch.setattr(os, "read", lambda descriptor, size: next(waiting))
        monkeypatch.setattr("sys.stdin", self)

    def fileno(self) -> int:
        return 0


def typed(monkeypatch: pytest.MonkeyPatch, *blocks: bytes) -> Iterator[Any]:
    Typed(monkeypatch, *blocks)
    (source,) = find_sources(["-"])
    for item in read_entries(source, Reading(Fields(), LIMIT)):
        yield "pause" if isinstance(item, Pause) else getattr(open_entry(item), "content", Outcome.TOO_LARGE)


def test_standard_input_pauses_where_no_more_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = b'{"html": "1"}\n{"html": "2"}\n{"ht', b'ml": "3"}', b"\n", b'{"html": "4"}'
    assert list(typed(monkeypatch, *blocks)) == ["1", "2", "pause", "3", "pause", "4"]


def test_standard_input_passes_over_a_line_too_long_to_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = (b'{"html": "', b"x" * 700_000, b"x" * 700_000, b'"}\n{"html": "2"}\n', b"x" * 2_000_000)
    found = list(typed(monkeypatch, *blocks))
    assert found == [Outcome.TOO_LARGE, "2", "pause", Outcome.TOO_LARGE]
