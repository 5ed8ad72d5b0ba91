"""``newsfilter model``: what the loaded model is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def test_the_default_model_is_summed_up_on_one_screen() -> None:
    lines = newsfilter("model").out.splitlines()
    assert len(lines) <= 40
    assert max(len(line) for line in lines if "default.joblib" not in line) <= 80
    assert lines[-1] == "--format json has all figures"
    told = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert told[:3] == ["file", "digest", "format"]
    assert {"versions", "corpora", "classes", "features", "figures"} <= set(told)


def test_the_headlines_are_those_of_the_figures() -> None:
    figures = json.loads(newsfilter("model", "--format", "json").out)["figures"]
    out = newsfilter("model").out
    articles, everything, segments = (figures["pages"][name] for name in ("article", "all", "segments"))
    for own in (articles, everything):
        assert f"word F1 {own['f1']:.3f}, paragraphs lost {own['paragraphs lost']:.1%}" in out
    assert f"F {segments['f1']:.3f}" in out
    for form, name, genuine in (("markup", "HTML", "articles"), ("text", "text", "news")):
        spliced = next(
            own for own in figures["spam"]["spliced"] if (own["group"], own["name"]) == (form, "all")
        )
        alarms = figures["spam"]["curves"][form]["favour"]["balanced"]["alarms"]
        assert (
            f"spam in {name}  restored {spliced['restored']:.1%}, leaked {spliced['leaked']:.1%}, "
            f"false alarms on {alarms:.2%} of {genuine}" in out
        )


@pytest.mark.parametrize(
    ("figures", "headlines"),
    [
        ({}, []),
        ({"pages": {}, "spam": {"spliced": [], "curves": {}}}, []),
        ({"pages": [1, 2], "spam": {"spliced": [3, {"name": "all"}]}, "calibration": [{"stated": 0.1}]}, []),
        ({"pages": {"article": {"f1": 0.9}, "all": {"f1": "?"}}}, ["figures", "  articles  word F1 0.900"]),
    ],
)
def test_figures_that_a_model_lacks_are_left_out(
    figures: dict[str, Any], headlines: list[str], tmp_path: Path
) -> None:
    made = save(Model(arrays={"weights": np.zeros(12)}, figures=figures), tmp_path / "own.joblib")
    run = newsfilter("model", "--model", made.source, "--trust-model")
    assert run.code == 0
    assert run.out.splitlines()[-len(headlines) - 2 :] == [
        "parameters  12",
        *headlines,
        "--format json has all figures",
    ]


def test_features_are_named_on_request(own: Model) -> None:
    run = newsfilter("model", "--features", "--model", own.source, "--trust-model")
    assert "blocks  text_length, link_density" in run.out


def test_a_foreign_model_needs_a_word_of_trust(own: Model) -> None:
    run = newsfilter("model", "--model", own.source)
    assert (run.code, run.out) == (2, "")
    assert "--trust-model" in run.err
