"""The model card is written from the figures in a model, and from nothing else."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib")

from filter.model import Model
from filter.training.card import write_card


def pages(f1: float, *, interval: tuple[float, float] = (0.0, 1.0)) -> dict[str, Any]:
    """Figures of some pages of a type."""
    rates = ("paragraphs lost", "oracle", "precision", "recall", "exact", "snippets in", "junk in")
    return {"pages": 40, "f1": f1, "interval": list(interval)} | dict.fromkeys(rates, 0.5)


def spliced(
    group: str, name: str, restored: float, *, pages: int = 40, interval: tuple[float, float] = (0.0, 1.0)
) -> dict[str, Any]:
    """Figures of some pages with spam in them."""
    figures = {"group": group, "name": name, "pages": pages, "restored": restored}
    return figures | {"restored interval": list(interval), "leaked": 0.25, "damaged": 0.125}


def alarms(subject: str, share: float, *, interval: tuple[float, float] = (0.0, 1.0)) -> dict[str, Any]:
    """Figures of some genuine pages."""
    return {"subject": subject, "pages": 40, "share": share, "interval": list(interval)}


def curve() -> dict[str, Any]:
    """A curve of precision and recall."""
    return {
        "average precision": 0.9,
        "points": [
            {"probability": 0.1, "precision": 0.7, "recall": 0.9},
            {"probability": 0.5, "precision": 0.8, "recall": 0.6},
        ],
    }


def spam_curve() -> dict[str, Any]:
    """What thresholds of the search for spam give."""
    point = {"alarms": 0.002, "recall": 0.75, "precision": 0.875}
    return {
        "spliced": 30,
        "genuine": 90,
        "points": [point | {"alarms": 0.0}, point],
        "favour": {"balanced": point},
        "calibration": [{"stated": 0.1, "true": 0.2, "blocks": 7}],
    }


@pytest.fixture
def figures() -> dict[str, Any]:
    """What a training run measures, made up."""
    return {
        "pages": {"article": pages(0.9, interval=(0.85, 0.95)), "": pages(0.8), "all": pages(0.875)},
        "favour": {"balanced": {"paragraphs lost": 0.03, "furniture kept": 0.04, "f1": 0.9}},
        "calibration": [{"stated": 0.1, "true": 0.2, "blocks": 7}],
        "precision and recall": {"article": curve(), "all": curve()},
        "learning curve": [{"share": 1.0, "pages": 64, "article": 0.9, "all": 0.8}],
        "spam": {
            "spliced": [
                spliced("text", "all", 0.75, interval=(0.7, 0.8)),
                spliced("text, form", "links", 0.8),
                spliced("text, form", "rare", 0.8, pages=14),
                spliced("text, form", "less rare", 0.8, pages=15),
            ],
            "alarms": [alarms("text, all", 0.001, interval=(0.0005, 0.002))],
            "pure": {"markup": 0.5, "text": 0.625},
            "curves": {"text": spam_curve()},
        },
    }


def card(figures: dict[str, Any], folder: Path) -> list[str]:
    """Write a card, and read its lines."""
    write_card(Model({}, training={"corpora": {"pages": "ab12"}}, figures=figures), folder)
    return (folder / "README.md").read_text(encoding="utf-8").splitlines()


def test_a_row_of_every_table_shows_its_figures(figures: dict[str, Any], tmp_path: Path) -> None:
    lines = card(figures, tmp_path)
    half = " 0.500 |" * 6
    assert f"| article | 40 | 0.5000 | 0.9000 | 0.850–0.950 |{half}" in lines
    assert f"| (none) | 40 | 0.5000 | 0.8000 | 0.000–1.000 |{half}" in lines
    assert "| balanced | 0.0300 | 0.0400 | 0.9000 |" in lines
    assert "| 64 | 0.9000 | 0.8000 |" in lines
    assert "| text | all | 40 | 0.750 | 0.700–0.800 | 0.250 | 0.125 |" in lines
    assert "| text | balanced | 0.0020 | 0.750 | 0.875 |" in lines
    assert "| text, all | 40 | 0.0010 | 0.0005–0.0020 |" in lines


def test_what_stands_out_is_among_the_known_failures(figures: dict[str, Any], tmp_path: Path) -> None:
    figures["pages"]["forum"] = pages(0.625, interval=(0.5, 0.75))
    lines = card(figures, tmp_path)
    failures = lines[lines.index("## Known failures") : lines.index("## Reproduce")]
    assert "| word F1 | by type | forum (0.625) | 0.875 |" in failures


def test_every_row_has_as_many_cells_as_its_header(figures: dict[str, Any], tmp_path: Path) -> None:
    lines = card(figures, tmp_path)
    rules = [place for place, line in enumerate(lines) if line.startswith("|---")]
    assert len(rules) >= 5
    for rule in rules:
        table = lines[rule - 1 : lines.index("", rule)]
        assert {row.count("|") for row in table} == {lines[rule].count("|")}


def test_groups_of_fewer_than_fifteen_pages_are_left_out(figures: dict[str, Any], tmp_path: Path) -> None:
    text = "\n".join(card(figures, tmp_path))
    assert "| less rare |" in text
    assert "| rare |" not in text


def test_no_two_lines_on_end_are_empty(figures: dict[str, Any], tmp_path: Path) -> None:
    lines = card(figures, tmp_path)
    assert ("", "") not in pairwise(lines)


def test_every_picture_in_the_card_is_there(figures: dict[str, Any], tmp_path: Path) -> None:
    shown = [line.partition("](")[2].rstrip(")") for line in card(figures, tmp_path) if line.startswith("![")]
    assert sorted(shown) == sorted(f"plots/{path.name}" for path in (tmp_path / "plots").iterdir())
