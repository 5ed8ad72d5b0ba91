"""Stopped anywhere, a batch goes on where it was, to the same bytes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from filter.article import Verdict
from filter.batch import Selection, run
from filter.batch.cleaning import CleanerSettings
from filter.batch.readers import Fields
from filter.batch.writers.folder import INDEX
from filter.errors import CallerError
from tests.batch.helpers import PATIENT, options, pages, read_records, write_json_lines
from tests.batch.standin import make

ROOT = Path(__file__).parents[2]
OUTPUTS = ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet")


def start(source: Path, output: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.batch.drive", str(source), str(output), *more]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def wait_for_progress(journal: Path) -> None:
    """Wait until the journal notes that a part of the output is complete."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if journal.exists() and journal.read_bytes().count(b"\n") >= 2:
            return
        time.sleep(0.02)
    raise AssertionError("the batch made no progress")


@pytest.mark.parametrize("name", OUTPUTS)
def test_killed_in_the_middle_it_continues_to_the_same_bytes(tmp_path: Path, name: str) -> None:
    pytest.importorskip("zstandard")
    pytest.importorskip("pyarrow")
    gate = tmp_path / "gate"
    texts = [f"page number {n}" for n in range(500)]
    texts[400] = f"WAIT {gate}"
    source = write_json_lines(tmp_path / "in.jsonl.gz", pages(*texts))
    output, reference = tmp_path / name, tmp_path / f"reference-{name}"

    process = start(source, output)
    wait_for_progress(Path(f"{output}.journal"))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    gate.touch()
    summary = run([str(source)], str(output), options())
    run([str(source)], str(reference), options())

    assert 0 < summary.resumed_pages < 500
    assert summary.tally.pages == 500
    assert output.read_bytes() == reference.read_bytes()


def test_what_follows_the_last_committed_byte_is_cut_off(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    source = write_json_lines(tmp_path / "in.jsonl", pages(*["page"] * 100, f"WAIT {gate}", *["page"] * 100))
    output = tmp_path / "out.jsonl"
    process = start(source, output)
    wait_for_progress(tmp_path / "out.jsonl.journal")
    process.kill()
    process.communicate()
    with output.open("ab") as file:
        file.write(b'{"half a rec')
    with (tmp_path / "out.jsonl.journal").open("ab") as file:
        file.write(b'{"source":0,"ent')
    gate.touch()
    run([str(source)], str(output), options())
    assert [record["id"] for record in read_records(output)] == list(range(201))


def test_a_finished_output_is_left_alone(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one", "RAISE"))
    first = run([str(source)], str(tmp_path / "out.jsonl"), options())
    before = (tmp_path / "out.jsonl").stat()
    again = run([str(source)], str(tmp_path / "out.jsonl"), options())
    assert again.tally == first.tally
    assert again.resumed_pages == 2
    assert (tmp_path / "out.jsonl").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("name", [*OUTPUTS, "out/"])
@pytest.mark.parametrize("change", ["gone", "cut", "appended to"])
def test_a_finished_output_that_has_changed_is_not_taken_for_done(
    tmp_path: Path, name: str, change: str
) -> None:
    pytest.importorskip("zstandard")
    pytest.importorskip("pyarrow")
    source, output = write_json_lines(tmp_path / "in.jsonl", pages("one")), f"{tmp_path}/{name}"
    run([str(source)], output, options())
    assert run([str(source)], output, options()).resumed_pages == 1
    file = Path(output, INDEX) if name == "out/" else Path(output)
    whole = file.read_bytes()
    file.unlink()
    if change != "gone":
        file.write_bytes(whole[:-1] if change == "cut" else whole + b"\n")
    with pytest.raises(CallerError, match=r"was complete but .*--overwrite"):
        run([str(source)], output, options())
    assert run([str(source)], output, options(overwrite=True)).resumed_pages == 0
    assert file.read_bytes() == whole


def test_another_job_does_not_continue_the_output(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    other = write_json_lines(tmp_path / "other.jsonl", pages("two"))
    output = str(tmp_path / "out.jsonl")
    run([str(source)], output, options())
    with pytest.raises(CallerError, match="not begun with the same sources:"):
        run([str(other)], output, options())
    run([str(other)], output, options(overwrite=True))
    assert [record["text"] for record in read_records(tmp_path / "out.jsonl")] == ["two"]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"selection": Selection(only=(Verdict.KEEP,))}, "--only"),
        ({"selection": Selection(min_words=1)}, "--min-words"),
        ({"selection": Selection(min_quality=0.1)}, "--min-quality"),
        ({"text_only": True}, "--text-only"),
        ({"fields": Fields(page=("body",))}, "--page-field"),
        ({"fields": Fields(url="link")}, "--url-field"),
        ({"limits": replace(PATIENT, seconds=1.0)}, "--timeout"),
        ({"limits": replace(PATIENT, bytes=1)}, "--max-bytes"),
        ({"limits": replace(PATIENT, megabytes=1_000)}, "--max-memory"),
        ({"make_cleaner": make}, "cleaner"),
        ({"text_only": True, "fields": Fields(url="link")}, "--text-only and --url-field"),
    ],
)
def test_what_the_output_was_not_begun_with_is_named(
    tmp_path: Path, change: dict[str, Any], name: str
) -> None:
    source, output = write_json_lines(tmp_path / "in.jsonl", pages("one")), str(tmp_path / "out.jsonl")
    run([str(source)], output, options())
    with pytest.raises(CallerError, match=f"not begun with the same {name}:"):
        run([str(source)], output, options(**change))
    again = options(workers=1, limits=replace(PATIENT, pages_a_worker=64))
    assert run([str(source)], output, again).resumed_pages == 1


def test_another_favour_is_not_taken_for_another_model(tmp_path: Path) -> None:
    source, output = write_json_lines(tmp_path / "in.jsonl", pages("one")), str(tmp_path / "out.jsonl")
    run([str(source)], output, options(make_cleaner=CleanerSettings()))
    with pytest.raises(CallerError, match="not begun with the same --favour:"):
        run([str(source)], output, options(make_cleaner=CleanerSettings(favour="recall")))


def test_a_cleaner_made_by_a_function_is_known_again(tmp_path: Path) -> None:
    """In another process, the function lies at another address."""
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    program = (
        "import sys; from filter.batch import run; from tests.batch.helpers import options; "
        "from tests.batch.standin import make; run(sys.argv[1:2], sys.argv[2], options(make_cleaner=make))"
    )
    for _ in range(2):
        command = [sys.executable, "-c", program, str(source), str(tmp_path / "out.jsonl")]
        subprocess.run(command, cwd=ROOT, check=True)


def test_an_output_without_a_journal_is_not_touched(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    (tmp_path / "out.jsonl").write_text("precious\n")
    with pytest.raises(CallerError, match="--overwrite"):
        run([str(source)], str(tmp_path / "out.jsonl"), options())
    assert (tmp_path / "out.jsonl").read_text() == "precious\n"


def test_a_disk_that_fills_up_is_a_clear_error_and_no_loss(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages(*(f"page number {n}" for n in range(500))))
    process = start(source, tmp_path / "out.jsonl", "100000")
    _, message = process.communicate()
    assert process.returncode == 1
    assert "can't be written" in message
    assert "Traceback" not in message
    run([str(source)], str(tmp_path / "out.jsonl"), options())
    assert [record["id"] for record in read_records(tmp_path / "out.jsonl")] == list(range(500))


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    source = write_json_lines(tmp_path / "in.jsonl", pages(*["page"] * 100, f"WAIT {gate}"))
    process = start(source, tmp_path / "out.jsonl")
    wait_for_progress(tmp_path / "out.jsonl.journal")
    for overwrite in (False, True):
        with pytest.raises(CallerError, match="another run"):
            run([str(source)], str(tmp_path / "out.jsonl"), options(overwrite=overwrite))
    gate.touch()
    process.communicate()
    assert process.returncode == 0
    assert len(read_records(tmp_path / "out.jsonl")) == 101
