"""Pages as columns: what is left of one when some of its blocks are gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.features.batch import gather
from filter.markup import read_markup
from filter.page import Declarations, text_page
from tests import strategies

HOST = "<div><p>a</p>{}<section><p>b</p><hr><p>c</p></section>{}</div><ul><li>d</li>{}<li>e</li></ul>"
PUT_IN = [
    "<p>x</p>",
    "<div class=box><div></div><p>x</p><section><p>x</p></section></div>",
    "<li>x<ul><li>x</li></ul></li>",
    "<table><tr><td>x</td><td>x</td></tr></table>",
    "<p>x<br><br>x</p><hr><blockquote>x</blockquote>",
]


@given(st.tuples(*[st.sampled_from(["", *PUT_IN])] * 3))
def test_a_page_without_what_was_put_in_is_the_page_before(put_in: tuple[str, str, str]) -> None:
    page = read_markup(HOST.format(*put_in))
    strange = {place for place, text in enumerate(page.texts) if "x" in text}
    left, before = page.without(strange), read_markup(HOST.format("", "", ""))
    # A rule that was put in for itself holds no block: nothing tells that it came with them.
    if "<hr>" not in "".join(put_in):
        assert left == before
    assert (left.texts, left.links) == (before.texts, before.links)


@pytest.mark.parametrize(
    ("gone", "tags"),
    [
        ({1}, ["div", "p", "section", "p", "hr", "p"]),
        ({1, 2}, ["div", "p", "section", "hr", "p"]),
        ({1, 2, 3}, ["div", "p"]),
        ({0, 1, 2, 3}, []),
    ],
)
def test_elements_go_with_the_last_of_their_blocks(gone: set[int], tags: list[str]) -> None:
    html = "<div><p>a</p><aside><p>b</p></aside><section><p>c</p><hr><p>d</p></section></div>"
    assert [
        tag for tag in read_markup(html).without(gone).elements.tags if tag not in ("html", "body")
    ] == tags


def test_elements_that_never_held_a_block_stay() -> None:
    page = read_markup("<div><div></div><p>a</p><p>b</p></div>")
    assert page.without({1}).elements.tags.count("div") == 2


def test_plain_text_loses_paragraphs_alone() -> None:
    assert text_page(["a", "b", "c"]).without({1}) == text_page(["a", "c"])


def test_what_a_page_declares_stays() -> None:
    page = replace(text_page(["a", "b"]), declarations=Declarations(title="A"))
    assert page.without({0, 1}).declarations.title == "A"


tables = st.lists(st.sampled_from(["x", "<p>x</p>", "<p>x</p>x", "x<hr>x", "<tr>"]), max_size=4).map(
    lambda cells: f"<table><tr><td>{'<td>'.join(cells)}</table>"
)


@given(tables | strategies.documents | strategies.tag_soup(), st.sets(st.integers(0, 9)))
def test_a_page_without_any_of_its_blocks_is_a_page(html: str, gone: set[int]) -> None:
    page = read_markup(html)
    stay = [block for block in range(len(page)) if block not in gone]
    left = page.without(gone)
    elements = left.elements
    for place, block in enumerate(stay):
        around = iter(page.path(block).split("/"))
        assert all(tag in around for tag in left.path(place).split("/"))  # the same elements, or fewer
    assert all(parent < element for element, parent in enumerate(elements.parents))
    assert all(element < end <= len(elements.tags) for element, end in enumerate(elements.ends))
    for first, last in zip(elements.first_blocks, elements.last_blocks, strict=True):
        assert 0 <= first <= last <= len(left)
    if len(left):
        gather([left])


def test_a_block_that_outstays_its_element_goes_to_the_one_around_it() -> None:
    # A row's block is its first cell's, but ends with the row, when the cell has ended.
    page = read_markup("<table><tr><td><p>Spam</p>Tail</td></tr></table>")
    left = page.without({0})
    assert (left.texts, left.path(0)) == (["Tail"], "html/body/table/tbody/tr")
