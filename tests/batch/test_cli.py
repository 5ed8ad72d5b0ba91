"""``newsfilter batch`` as a user meets it, with the real cleaner."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time
from pathlib import Path
from typing import IO

import pytest

from tests.batch.helpers import pages, read_records, write_json_lines
from tests.cli.program import PROGRAM, ROOT, SAMPLES, newsfilter, redirected

STORY = (SAMPLES / "harbour-ferry.html").read_text(encoding="utf-8")


def start(*arguments: object, **streams: IO[bytes] | int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*PROGRAM, "batch", *map(str, arguments)], cwd=ROOT, **streams)  # type: ignore[call-overload,no-any-return]


def test_a_folder_becomes_records_in_order(tmp_path: Path) -> None:
    run = newsfilter("batch", SAMPLES, "-o", tmp_path / "out.jsonl", "--summary", tmp_path / "summary.json")
    records = read_records(tmp_path / "out.jsonl")
    names = [Path(record["source"]).name for record in records]
    assert run.code == 0
    assert run.out == ""
    assert names == sorted(names)
    texts = {name: record["text"] for name, record in zip(names, records, strict=True)}
    expected = (SAMPLES / "bridge-german.expected.txt").read_text(encoding="utf-8")
    assert texts["bridge-german.html"].strip() == expected.strip()
    figures = json.loads((tmp_path / "summary.json").read_text())
    assert figures["pages"] == len(records)
    assert "pages a second" in run.err


def test_a_summary_takes_the_place_of_an_older_one_and_of_nothing_else(tmp_path: Path) -> None:
    page, summary = tmp_path / "page.html", tmp_path / "summary.json"
    page.write_bytes((SAMPLES / "bridge-german.html").read_bytes())
    arguments = ("batch", page, "--overwrite", "-o", tmp_path / "out.jsonl", "--summary")
    assert [newsfilter(*arguments, summary).code for _ in range(2)] == [0, 0]
    assert json.loads(summary.read_text())["pages"] == 1
    before = page.read_bytes()
    run = newsfilter(*arguments, page)
    assert (run.code, run.err) == (
        2,
        f"newsfilter: {page} is there and no summary of a batch: choose another file\n",
    )
    assert page.read_bytes() == before


def test_a_summary_stays_as_it_was_until_there_is_another(tmp_path: Path) -> None:
    page, summary, output = SAMPLES / "bridge-german.html", tmp_path / "summary.json", tmp_path / "out.jsonl"
    newsfilter("batch", page, "-o", output, "--summary", summary)
    before = summary.read_bytes()
    run = newsfilter("batch", page, "-o", output, "--summary", summary, "--only", "keep")
    assert run.code == 2
    assert summary.read_bytes() == before


def test_a_summary_may_lie_in_a_new_folder_of_texts(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    summary = tmp_path / "texts" / "summary.json"
    run = newsfilter(
        "batch", SAMPLES / "bridge-german.html", "-o", f"{tmp_path}/texts/", "--summary", summary
    )
    assert run.code == 0
    assert json.loads(summary.read_text())["pages"] == 1


def test_standard_input_never_replaces_an_output_unasked(tmp_path: Path) -> None:
    output = tmp_path / "notes.jsonl"
    output.write_text("precious\n")
    row = b'{"html": "<p>A page.</p>"}\n'
    run = newsfilter("batch", "-", "-o", output, stdin=row)
    assert (run.code, run.err.count("\n")) == (2, 1)
    assert "exists already" in run.err
    assert output.read_text() == "precious\n"
    assert newsfilter("batch", "-", "-o", output, "--overwrite", stdin=row).code == 0
    assert len(read_records(output)) == 1
    assert list(tmp_path.iterdir()) == [output], "what can't be continued has no journal"


@pytest.mark.parametrize(
    ("streams", "arguments", "message"),
    [
        ("<&-", ("-", "-o", "-"), "standard input is closed"),
        (">&-", ("samples/bridge-german.html",), "standard output is closed"),
    ],
)
def test_a_closed_stream_that_is_needed_is_told(
    streams: str, arguments: tuple[str, ...], message: str
) -> None:
    run = redirected(streams, "batch", *arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert message in run.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file here is always full")
def test_a_stream_without_room_is_not_said_to_be_continued() -> None:
    run = redirected("> /dev/full", "batch", "samples/bridge-german.html")
    assert (run.code, run.err.count("\n")) == (2, 1)
    assert "make room or choose another output" in run.err
    assert "continues" not in run.err


def test_messages_that_nobody_wants_keep_no_page_back(tmp_path: Path) -> None:
    run = redirected("2>&-", "batch", SAMPLES / "bridge-german.html", "-o", tmp_path / "out.jsonl")
    assert (run.code, run.out) == (0, "")
    assert len(read_records(tmp_path / "out.jsonl")) == 1


def test_a_page_gets_the_same_record_as_from_clean(tmp_path: Path) -> None:
    newsfilter("batch", SAMPLES / "harbour-ferry.html", "-o", tmp_path / "out.jsonl")
    (record,) = read_records(tmp_path / "out.jsonl")
    alone = json.loads(newsfilter("clean", "--format", "json", SAMPLES / "harbour-ferry.html").out)
    assert record == alone


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + bytes(100), b""])
def test_so_does_a_page_without_text(content: bytes, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(content)
    newsfilter("batch", page, "-o", tmp_path / "out.jsonl")
    (record,) = read_records(tmp_path / "out.jsonl")
    assert record == json.loads(newsfilter("clean", "--format", "json", page).out)


def test_an_entry_that_is_no_page_has_a_record_like_a_page_that_failed(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("broken\n")
    newsfilter("batch", source, "-o", tmp_path / "out.jsonl")
    (record,) = read_records(tmp_path / "out.jsonl")
    assert (record["verdict"], record["drop_probability"]) == ("drop", 1.0)
    assert record["verdict_reasons"] == [record["message"]]


def test_failed_pages_are_told_by_the_exit_code(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"html": STORY}) + "\nbroken\n")
    run = newsfilter("batch", source, "-o", tmp_path / "out.jsonl")
    assert run.code == 1
    assert [record["outcome"] for record in read_records(tmp_path / "out.jsonl")] == ["ok", "undecodable"]
    assert "undecodable" in run.err


def test_an_empty_page_is_no_failure(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages(STORY, ""))
    run = newsfilter("batch", source, "-o", tmp_path / "out.jsonl")
    assert run.code == 0
    assert [record["outcome"] for record in read_records(tmp_path / "out.jsonl")] == ["ok", "empty"]


def test_pages_can_be_selected(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages(STORY, "<p>Too short.</p>"))
    run = newsfilter("batch", source, "-o", tmp_path / "out.jsonl", "--only", "keep,trim", "--text-only")
    (record,) = read_records(tmp_path / "out.jsonl")
    assert run.code == 0
    assert record["id"] == 0
    assert "blocks" not in record
    assert "left out as asked" in run.err
    longest = len(record["text"].split()) + 1
    for words, wanted in ((10, 1), (longest, 0)):
        output = tmp_path / f"{words}.jsonl"
        newsfilter("batch", source, "-o", output, "--only", "keep,trim", "--min-words", words)
        assert len(read_records(output)) == wanted


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.html", "-o", "out.jsonl"), "no such file"),
        (("samples", "-o", "out.csv"), "an output ends in"),
        (("samples", "-o", "/dev/full/out.jsonl"), "can't be written"),
        (("samples", "--only", "good"), "name verdicts out of keep,trim,drop"),
        (("samples", "--model", "samples/README.md"), "newsfilter"),
        (("samples", "--summary", "/dev/full/figures.json"), "can't be written"),
        (("samples", "-o", "new.jsonl", "--summary", "./new.jsonl"), "is part of the output new.jsonl"),
        (("samples", "-o", "new.jsonl", "--summary", "new.jsonl.journal"), "is part of the output new.jsonl"),
        (("samples", "--scheduler", "tcp://nowhere:1"), "--backend"),
        (("samples", "--backend", "loky", "-o", "out.jsonl"), "need a *"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments: tuple[str, ...], message: str) -> None:
    run = newsfilter("batch", *arguments)
    assert run.code == 2
    assert message in run.err
    assert len(run.err.splitlines()) == 1
    assert run.out == ""


def test_records_stream_while_pages_come_in() -> None:
    with start("-", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"html": STORY, "id": number}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number  # before the next page is sent
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_closed_pipe_ends_it_quietly() -> None:
    lines = json.dumps({"html": STORY}).encode() + b"\n"
    with start("-", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(lines)
        process.stdin.close()
        message = process.stderr.read()
    assert process.returncode == 128 + signal.SIGPIPE
    assert message == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_and_the_same_command_continues(tmp_path: Path, number: signal.Signals) -> None:
    """The last source is a pipe that nobody writes to, so the batch can't be over before the signal."""
    source, output = write_json_lines(tmp_path / "a.jsonl", pages(*[STORY] * 130)), tmp_path / "out.jsonl"
    os.mkfifo(tmp_path / "b.jsonl")
    process = start(source, tmp_path / "b.jsonl", "-o", output, stderr=subprocess.PIPE)
    journal = Path(f"{output}.journal")
    deadline = time.monotonic() + 60
    while not (journal.exists() and journal.read_bytes().count(b"\n") > 1):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    _, message = process.communicate()
    assert process.returncode == 128 + number
    assert message.decode().splitlines() == [
        f"newsfilter: stopped by {number.name}: give the same command again to continue"
    ]
    (tmp_path / "b.jsonl").unlink()
    (tmp_path / "b.jsonl").touch()
    run = newsfilter("batch", source, tmp_path / "b.jsonl", "-o", output)
    assert "done before" in run.err
    assert [record["id"] for record in read_records(output)] == list(range(130))


def test_progress_is_shown_on_a_terminal_alone(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages(*[STORY] * 100))
    terminal, theirs = pty.openpty()
    process = start(source, "-o", tmp_path / "out.jsonl", stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 10_000)
        except OSError:  # the other end is closed
            break
    assert process.wait() == 0
    assert b"100 pages" in shown
    assert b"keep 100" in shown
    again = newsfilter("batch", source, "-o", tmp_path / "again.jsonl")
    assert "/s" not in again.err
