"""The journal says how far an output is complete, and no more than is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from filter.article import Outcome, Verdict
from filter.batch.journal import Journal, Position, Progress
from filter.batch.tally import Tally
from filter.errors import CallerError

JOB = {"sources": "a", "options": "b"}


def progress(entry: int) -> Progress:
    tally = Tally()
    for _ in range(entry):
        tally.count(Verdict.KEEP, Outcome.OK, left_out=False)
    return Progress(Position(0, entry), entry * 100, tally)


def written(path: Path, *entries: int) -> Path:
    with Journal(path, JOB) as journal:
        for entry in entries:
            journal.advance(progress(entry))
    return path


def test_a_new_journal_begins_at_the_beginning(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", JOB) as journal:
        assert journal.progress == Progress()


def test_the_last_word_counts(tmp_path: Path) -> None:
    with Journal(written(tmp_path / "journal", 64, 128), JOB) as journal:
        assert journal.progress == progress(128)


@pytest.mark.parametrize("torn", range(1, 40, 3))
def test_a_line_cut_off_anywhere_does_not_count(tmp_path: Path, torn: int) -> None:
    path = written(tmp_path / "journal", 64, 128)
    path.write_bytes(path.read_bytes()[:-torn])
    with Journal(path, JOB) as journal:
        assert journal.progress == progress(64)
        journal.advance(progress(100))
    with Journal(path, JOB) as journal:
        assert journal.progress == progress(100)


def test_a_journal_cut_off_in_its_first_line_begins_anew(tmp_path: Path) -> None:
    path = written(tmp_path / "journal")
    path.write_bytes(path.read_bytes()[:10])
    with Journal(path, JOB) as journal:
        assert journal.progress == Progress()


@pytest.mark.parametrize("content", [b"something else\n", b"{}\n", b'{"journal": 99, "job": {}}\n', b"[]\n"])
def test_a_file_that_is_no_journal_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal"
    path.write_bytes(content)
    with pytest.raises(CallerError, match="not a journal"):
        Journal(path, JOB)
    assert path.read_bytes() == content


def test_another_job_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "journal", 64)
    with pytest.raises(CallerError, match="not begun with the same options:"):
        Journal(path, {**JOB, "options": "changed"})


def test_a_journal_has_one_owner(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", JOB), pytest.raises(CallerError, match="another run"):
        Journal(tmp_path / "journal", JOB)
