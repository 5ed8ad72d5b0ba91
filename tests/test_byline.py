"""Bylines: several names in one line, and lines that name nobody."""

from __future__ import annotations

import pytest

from filter.byline import AFTER, LONGEST_BYLINE, MAXIMUM_NAME, split_names, visible_byline
from filter.markup import read_markup
from filter.page import Page


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Marta Oduya", ("Marta Oduya",)),
        ("By Marta Oduya", ("Marta Oduya",)),
        ("Von Marta Oduya und Jon Wexel", ("Marta Oduya", "Jon Wexel")),
        ("Marta Oduya, Jon Wexel & Ana Ruiz", ("Marta Oduya", "Jon Wexel", "Ana Ruiz")),
        ("Marta Oduya, PhD", ("Marta Oduya, PhD",)),
        ("Byron Andersen", ("Byron Andersen",)),
        ("Bobby Brown", ("Bobby Brown",)),
        ("Ursula von der Weide", ("Ursula von der Weide",)),
        ("José Ortiz y Galán", ("José Ortiz y Galán",)),
        ("José Ortiz y Ana Galán", ("José Ortiz", "Ana Galán")),
        ("Marta Oduya i Jon Wexel", ("Marta Oduya", "Jon Wexel")),
        ("marta@courier.example", ()),
        ("https://courier.example/marta", ()),
        ("admin", ()),
        ("-", ()),
        ("x" * MAXIMUM_NAME, ("x" * MAXIMUM_NAME,)),
        ("x" * (MAXIMUM_NAME + 1), ()),
        (f"{'x' * (MAXIMUM_NAME - 5)}, PhD", (f"{'x' * (MAXIMUM_NAME - 5)}, PhD",)),
        (f"{'x' * (MAXIMUM_NAME - 4)}, PhD, Jon Wexel", ("Jon Wexel",)),
        ("Marta Oduya, " + "PhD, " * 1_000_000 + "Jon Wexel", ("Jon Wexel",)),
    ],
)
def test_a_byline_is_cut_into_names(byline: str, names: tuple[str, ...]) -> None:
    assert split_names([byline]) == names


def test_a_name_given_twice_is_given_once() -> None:
    assert split_names(["Marta Oduya", "By Marta Oduya"]) == ("Marta Oduya",)


def page_of(around: str) -> Page:
    return read_markup(f"<body><h1>Quay closes for repairs</h1>{around}")


@pytest.mark.parametrize(
    "around",
    [
        "<p>By Marta Oduya</p>",
        "<p>By Marta Oduya | 5 March</p>",
        "<p>Por Marta Oduya (Lindhaven)</p>",
        '<p class="article-byline">Marta Oduya</p>',
        '<div class="author-box"><p>Marta Oduya</p></div>',
        '<p>5 March <a href="/author/oduya">Marta Oduya</a></p>',
        "<pre>By\n  Marta   Oduya\n\n | 5 March</pre>",
        f"<pre>By{' ' * 1_000_000}Marta Oduya</pre>",
        f"<p>By Marta Oduya | {'the board met ' * 100_000}</p>",
    ],
)
def test_a_byline_that_readers_see_is_found(around: str) -> None:
    assert visible_byline(page_of(around), 0) == "Marta Oduya"


@pytest.mark.parametrize(
    "around",
    [
        "<p>Bystanders saw it all.</p>",
        "<p>By 2030 the quay will be gone.</p>",
        '<p class="byline">Do you like our paper?</p>',
        '<p><a href="/harbour">Marta Oduya</a></p>',
        f"<pre>by{' ' * 1_000_000}!</pre>",
        f"<pre class=byline>Marta{' ' * 1_000_000}Oduya!</pre>",
    ],
)
def test_a_line_that_names_nobody_is_none(around: str) -> None:
    assert visible_byline(page_of(around), 0) is None


def test_a_line_of_any_length_names_whom_its_beginning_names() -> None:
    prefix, longest = "Ein Beitrag von: ", "x" * MAXIMUM_NAME
    assert len(prefix) + len(longest) < LONGEST_BYLINE

    assert visible_byline(page_of(f"<p>{prefix}{longest} | {'y' * LONGEST_BYLINE}</p>"), 0) == longest
    assert visible_byline(page_of(f"<p>{prefix}{longest}x | {'y' * LONGEST_BYLINE}</p>"), 0) is None
    assert visible_byline(page_of(f"<p>{prefix}{'y' * LONGEST_BYLINE} | {longest}</p>"), 0) is None


def test_only_blocks_near_the_headline_are_asked() -> None:
    filler = "<p>The board met.</p>"

    assert visible_byline(page_of(filler * (AFTER - 2) + "<p>By Marta Oduya</p>"), 0) == "Marta Oduya"
    assert visible_byline(page_of(filler * (AFTER - 1) + "<p>By Marta Oduya</p>"), 0) is None
