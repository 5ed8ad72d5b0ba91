"""Phrases: templates with names put in."""

from __future__ import annotations

import numpy as np

from filter.training.phrases import pick, with_names


def test_every_template_is_drawn_sooner_or_later() -> None:
    random = np.random.default_rng(0)
    assert {pick(("a", "b", "c"), random) for _ in range(60)} == {"a", "b", "c"}


def test_names_stand_where_they_are_wanted_and_two_may_differ() -> None:
    random = np.random.default_rng(0)
    lines = {with_names("{name} and {other}, {name}", ["Ada", "Bo"], random) for _ in range(60)}
    assert lines == {"Ada and Ada, Ada", "Ada and Bo, Ada", "Bo and Ada, Bo", "Bo and Bo, Bo"}


def test_a_line_without_places_stays_as_it_is() -> None:
    assert with_names("Photo: agency", ["Ada"], np.random.default_rng(0)) == "Photo: agency"
