"""``newsfilter train``: what can be told before an hour of fitting is told then."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("catboost")
pytest.importorskip("torch")

from tests.cli.program import newsfilter


class TestTrain:
    def test_a_folder_that_can_not_be_made_is_told_before_anything_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        run = newsfilter("train", tmp_path, "-o", tmp_path / "file" / "mine.joblib")
        assert run.code == 2
        assert "can't make the folder" in run.err
        assert "choose another" in run.err

    def test_a_missing_folder_is_made(self, tmp_path: Path) -> None:
        run = newsfilter("train", tmp_path, "-o", tmp_path / "model" / "mine.joblib")
        assert run.code == 2  # there are no corpora
        assert (tmp_path / "model").is_dir()
