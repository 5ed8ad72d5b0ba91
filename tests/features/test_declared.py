"""What a page declares, held against its blocks."""

from __future__ import annotations

import json

import numpy as np

from filter.features.batch import gather
from filter.features.columns import Columns
from filter.features.declared import LEAST_BODY, add_declared, headlines
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
