"""Heads: what stands between headline and story."""

from __future__ import annotations

import numpy as np

from filter.training.bylines import compose_head


def heads(count: int) -> list[str]:
    """Lines for a story that mentions one name."""
    random = np.random.default_rng(0)
    return [compose_head(["Ada Lindqvist"], random) for _ in range(count)]


def test_a_head_names_somebody_or_tells_a_date() -> None:
    for head in heads(200):
        assert "Ada Lindqvist" in head or any(character.isdigit() for character in head)


def test_no_template_is_left_unfilled() -> None:
    assert not any(mark in head for head in heads(500) for mark in ("{", "}", "%"))


def test_heads_are_many() -> None:
    assert len(set(heads(200))) > 150
