"""What a page declares, held against its blocks."""

from __future__ import annotations

import json

import numpy as np
import pytest

from filter.features.batch import LONGEST_TEXT, gather
from filter.features.columns import Columns
from filter.features.declared import LEAST_BODY, LONGEST_BODY, add_declared, headlines
from filter.markup import read_markup

BODY = "The ferry to the outer islands stays in port until Thursday because of the storm. " * 4


def columns(*pages: str) -> Columns:
    found = Columns()
    add_declared(found, gather([read_markup(page) for page in pages]))
    return found


def test_headlines_come_from_every_declaration() -> None:
    page = read_markup(
        "<title>A | Site</title><meta property=og:title content=B>"
        '<script type="application/ld+json">{"@graph":[{"headline":"C"}]}</script>'
    )
    assert headlines(page.declarations) == ["A | Site", "B", "C"]


@pytest.mark.parametrize(("before", "read"), [(-6, True), (0, False)])
def test_only_the_beginning_of_headline_and_description_is_read(before: int, read: bool) -> None:
    declared = "a" * (LONGEST_TEXT + before) + " ferry"
    shares = columns(f"<title>{declared}</title><meta name=description content='{declared}'><p>ferry</p>")
    for name in ("share in title", "share in description"):
        assert shares[name].tolist() == [float(read)]


@pytest.mark.parametrize(("before", "read"), [(-11, True), (-5, False)])
def test_only_the_beginning_of_the_declared_body_is_read(before: int, read: bool) -> None:
    body = json.dumps({"articleBody": "a" * (LONGEST_BODY + before) + " ferry port"})
    shares = columns(f'<script type="application/ld+json">{body}</script><p>ferry port</p>')
    assert shares["share in declared body"].tolist() == [float(read)]


def test_lone_surrogates_become_replacement_characters() -> None:
    page = read_markup('<script type="application/ld+json">{"headline":"A \\ud800 b"}</script>')
    assert headlines(page.declarations) == ["A \ufffd b"]


def test_words_of_the_headline_are_found_in_blocks() -> None:
    shares = columns("<title>Ferry stays in port</title><h1>Ferry stays in port</h1><p>Soup for all.</p>")
    assert shares["share in title"].tolist() == [1.0, 0.0]
    assert shares["share of title"].tolist() == [1.0, 0.0]


def test_the_declared_body_is_found_in_blocks_if_it_is_long_enough() -> None:
    def page(body: str) -> str:
        script = json.dumps({"articleBody": body})
        head = f'<script type="application/ld+json">{script}</script>'
        return f"{head}<p>{BODY}</p><p>Buy soup now, cheap soup.</p>"

    assert columns(page(BODY))["share in declared body"].tolist() == [1.0, 0.0]
    assert np.isnan(columns(page(BODY[: LEAST_BODY - 1]))["share in declared body"]).all()


def test_a_page_answers_for_itself_alone() -> None:
    own = "<title>Ferry stays in port</title><h1>Ferry stays in port</h1>"
    other = "<title>Soup for all</title><h1>Ferry stays in port</h1>"
    assert columns(own, other)["share in title"].tolist() == [1.0, 0.0]
