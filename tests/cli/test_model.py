"""``newsfilter model``: what the loaded model is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from filter.model import Model, default_digest, save
from tests.cli.program import newsfilter


@pytest.fixture
def own(tmp_path: Path) -> Model:
    made = Model(
        arrays={"weights": np.zeros(12)},
        features={"blocks": ("text_length", "link_density")},
        training={"corpora": {"own pages": "ab12"}},
        figures={"word_f1": 0.97125},
    )
    return save(made, tmp_path / "own.joblib")


def test_the_default_model_is_described() -> None:
    run = newsfilter("model", "--format", "json")
    described = json.loads(run.out)
    assert described["classes"] == ["title", "article", "furniture", "spam"]
    assert described["digest"] == default_digest()
    assert described["features"]
    assert described["training"]


def test_a_model_of_ones_own_is_described(own: Model) -> None:
    run = newsfilter("model", "--model", own.source, "--model-digest", own.digest)
    lines = {line.split()[0]: line.split()[1:] for line in run.out.splitlines()}
    assert lines["digest"] == [own.digest]
    assert lines["parameters"] == ["12"]
    assert lines["blocks"] == ["2"]
    assert lines["own"] == ["pages", "ab12"]
    assert lines["word_f1"] == ["0.9712"]


def test_features_are_named_on_request(own: Model) -> None:
    run = newsfilter("model", "--features", "--model", own.source, "--trust-model")
    assert "blocks  text_length, link_density" in run.out


def test_a_foreign_model_needs_a_word_of_trust(own: Model) -> None:
    run = newsfilter("model", "--model", own.source)
    assert (run.code, run.out) == (2, "")
    assert "--trust-model" in run.err
