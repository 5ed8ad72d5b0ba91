"""The bake-off: parsers show the same tree alike, and pages are broken the same way every time."""

from __future__ import annotations

import pytest

from benchmarks.bakeoff import outline
from benchmarks.mutations import LONGEST, mutated
from benchmarks.pages import AVERAGE_CHARACTERS, article_text, written_pages
from benchmarks.parsers import installed, reference_events, text_of

PAGE = "<head><title>Quay</title></head><body><p>The <b>quay</b> closes.<p>It <i>will</i>."


@pytest.mark.parametrize("name", list(installed()))
def test_every_parser_shows_a_tame_page_alike(name: str) -> None:
    pytest.importorskip("html5lib")

    assert outline(installed()[name].events(PAGE)) == outline(reference_events(PAGE))


@pytest.mark.parametrize("name", list(installed()))
def test_a_visit_reads_every_character(name: str) -> None:
    parser = installed()[name]

    assert parser.visit(PAGE) == len(text_of(parser.events(PAGE)))


def test_an_outline_folds_white_space_and_leaves_templates_empty() -> None:
    events = [
        ("start", "p"),
        ("text", "a "),
        ("text", "\n b"),
        ("start", "template"),
        ("text", "x"),
        ("end", ""),
        ("end", ""),
    ]

    assert outline(iter(events)) == ["start p", "text a b", "start template", "end ", "end "]


def test_a_mutated_page_is_the_same_every_time_and_another_for_every_number() -> None:
    pages = list(written_pages(2))

    assert mutated(pages, 7) == mutated(pages, 7)
    assert len({mutated(pages, number) for number in range(20)}) == 20
    assert all(len(mutated(pages, number)) < 3 * LONGEST for number in range(20))


def test_written_pages_have_the_average_length() -> None:
    (page,) = written_pages(1)

    assert len(page) == pytest.approx(AVERAGE_CHARACTERS, rel=0.01)
    assert len(article_text(5_000)) == 5_000
