"""A batch as a whole: one record a page, in order, whatever the pages do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filter.article import Verdict
from filter.batch import Options, Selection, run
from filter.errors import CallerError
from tests.batch.helpers import QUICK, options, pages, read_records, write_json_lines
from tests.batch.standin import broken


def test_every_page_gives_one_record_in_order(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages(*(f"page number {n}" for n in range(300))))
    summary = run([str(source)], str(tmp_path / "out.jsonl"), options())
    records = read_records(tmp_path / "out.jsonl")
    assert [record["text"] for record in records] == [f"page number {n}" for n in range(300)]
    assert [record["id"] for record in records] == list(range(300))
    assert [record["source"] for record in records] == [f"{source}:{n + 1}" for n in range(300)]
    assert summary.tally.pages == 300
    assert summary.tally.failed == 0


def test_a_page_that_breaks_its_worker_costs_that_page_alone(tmp_path: Path) -> None:
    texts = [f"page number {n}" for n in range(200)]
    hostile = {
        3: "HANG",
        67: "SPIN",
        70: "DIE",
        71: "EXIT",
        100: "GROW",
        130: "RAISE",
        131: "",
        199: "x" * 10_001,
    }
    for index, text in hostile.items():
        texts[index] = text
    source = write_json_lines(tmp_path / "in.jsonl", pages(*texts))
    summary = run([str(source)], str(tmp_path / "out.jsonl"), options(limits=QUICK))
    records = read_records(tmp_path / "out.jsonl")
    assert [record["id"] for record in records] == list(range(200))
    outcomes = {number: record["outcome"] for number, record in enumerate(records)}
    assert {number: outcomes[number] for number in hostile} == {
        3: "timeout",
        67: "timeout",
        70: "crashed",
        71: "crashed",
        100: "crashed",
        130: "crashed",
        131: "empty",
        199: "too_large",
    }
    assert {outcome for number, outcome in outcomes.items() if number not in hostile} == {"ok"}
    assert "--timeout" in records[3]["message"]
    assert "signal 9" in records[70]["message"]
    assert "--max-memory" in records[100]["message"]
    assert records[3]["verdict"] == "drop"
    assert summary.tally.failed == 7
    assert summary.tally.outcomes == {"ok": 192, "crashed": 4, "timeout": 2, "too_large": 1, "empty": 1}


def test_a_failed_chunk_gives_the_bytes_that_its_pages_give_elsewhere(tmp_path: Path) -> None:
    """Compressed output is made in the worker, or by the supervisor when a chunk had to be taken apart."""
    whole = write_json_lines(tmp_path / "whole.jsonl", pages("one", "two", "three"))
    run([str(whole)], str(tmp_path / "whole.jsonl.gz"), options())
    broken_up = write_json_lines(tmp_path / "broken.jsonl", pages("one", "two", "three", "RAISE"))
    run([str(broken_up)], str(tmp_path / "broken.jsonl.gz"), options())
    one, other = read_records(tmp_path / "whole.jsonl.gz"), read_records(tmp_path / "broken.jsonl.gz")
    assert [record | {"source": ""} for record in one] == [record | {"source": ""} for record in other[:3]]


def test_fields_of_the_input_are_carried_through_and_never_lost(tmp_path: Path) -> None:
    row = {"html": "text", "id": 7, "title": "theirs", "tags": ["a"], "text": "extracted", "none": None}
    source = write_json_lines(tmp_path / "in.jsonl", [row, {"html": "RAISE", "id": 8}])
    run([str(source)], str(tmp_path / "out.jsonl"), options())
    record, crashed = read_records(tmp_path / "out.jsonl")
    assert (record["id"], record["tags"], record["none"]) == (7, ["a"], None)
    assert (record["title"], record["input_title"]) == ("Title", "theirs")
    assert (record["text"], record["input_text"]) == ("text", "extracted")
    assert "html" not in record
    assert (crashed["id"], crashed["outcome"]) == (8, "crashed")


def test_lines_that_hold_no_page_have_their_records(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    lines = [
        b'{"html": "fine"}',
        b"{broken",
        b"[1, 2]",
        b'{"id": 3}',
        b'{"html": 5}',
        b"",
        b"  ",
        b'{"html": null}',
    ]
    source.write_bytes(b"\n".join(lines))
    run([str(source)], str(tmp_path / "out.jsonl"), options())
    records = read_records(tmp_path / "out.jsonl")
    assert [record["outcome"] for record in records] == ["ok", *["undecodable"] * 4, "empty"]
    assert [record["source"].rpartition(":")[2] for record in records] == ["1", "2", "3", "4", "5", "8"]


def test_only_chosen_pages_are_written_but_failures_always(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one two three", "one two", "SPAM", "RAISE"))
    selection = Selection(only=(Verdict.KEEP, Verdict.TRIM), min_words=3)
    summary = run([str(source)], str(tmp_path / "out.jsonl"), options(selection=selection))
    assert [record["id"] for record in read_records(tmp_path / "out.jsonl")] == [0, 3]
    assert summary.tally.pages == 4
    assert summary.tally.left_out == 2


def test_text_only_leaves_out_what_takes_long(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    run([str(source)], str(tmp_path / "with.jsonl"), options())
    run([str(source)], str(tmp_path / "without.jsonl"), options(text_only=True))
    (whole,), (short,) = read_records(tmp_path / "with.jsonl"), read_records(tmp_path / "without.jsonl")
    assert set(whole) - set(short) == {"blocks", "metadata", "quality"}
    assert short == {name: whole[name] for name in short}


def test_odd_values_pass_through_json(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"html": "lone \\ud800", "big": 123456789012345678901234567890, "nan": NaN}\n')
    run([str(source)], str(tmp_path / "out.jsonl"), options())
    (record,) = read_records(tmp_path / "out.jsonl")
    assert record["big"] == 123456789012345678901234567890
    assert record["text"] == "lone \ud800"


def test_a_cleaner_that_does_not_load_is_one_clear_error(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one"))
    with pytest.raises(CallerError, match="the model can't be loaded"):
        run([str(source)], str(tmp_path / "out.jsonl"), options(make_cleaner=broken))


def test_a_worker_is_replaced_after_its_share_of_pages(tmp_path: Path) -> None:
    from dataclasses import replace

    few = replace(Options().limits, pages_a_worker=64)
    source = write_json_lines(tmp_path / "in.jsonl", pages(*map(str, range(400))))
    run([str(source)], str(tmp_path / "out.jsonl"), options(limits=few))
    assert [record["text"] for record in read_records(tmp_path / "out.jsonl")] == [str(n) for n in range(400)]


def test_a_link_that_points_to_itself_costs_its_own_record_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ok.html").write_text("one")
    (tmp_path / "in" / "self.html").symlink_to("self.html")
    run([str(tmp_path / "in")], str(tmp_path / "out.jsonl"), options())
    records = read_records(tmp_path / "out.jsonl")
    assert [record["outcome"] for record in records] == ["ok", "undecodable"]


def test_the_summary_is_plain_json(tmp_path: Path) -> None:
    source = write_json_lines(tmp_path / "in.jsonl", pages("one", "RAISE"))
    figures = json.loads(json.dumps(run([str(source)], str(tmp_path / "out.jsonl"), options()).as_json()))
    assert figures["pages"] == 2
    assert figures["failed"] == 1
    assert figures["verdicts"] == {"drop": 1, "keep": 1}
    assert figures["outcomes"] == {"crashed": 1, "ok": 1}
