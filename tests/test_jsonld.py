"""JSON-LD: broken scripts are forgiven or passed over, and nothing nested is missed."""

from __future__ import annotations

import pytest

from filter.jsonld import Thing, author_names, is_article, texts, things


@pytest.mark.parametrize(
    "script",
    [
        '{"name": "Quay"}',
        '{"name": "Quay"};',
        '<!-- {"name": "Quay"} -->',
        '//<![CDATA[\n{"name": "Quay"}\n//]]>',
        '[{"name": "Quay"}]]',
    ],
)
def test_wrapping_and_trailing_text_are_forgiven(script: str) -> None:
    assert list(things([script])) == [{"name": "Quay"}]


def test_a_raw_line_break_in_a_string_is_forgiven() -> None:
    assert texts(things(['{"headline": "Quay\n closes"}']), "headline") == ["Quay closes"]


@pytest.mark.parametrize("script", ["", "no JSON", '{"name": "Quay",}', '{"name": ', "[" * 100_000])
def test_what_cannot_be_read_is_passed_over(script: str) -> None:
    assert list(things([script, '{"name": "Quay"}'])) == [{"name": "Quay"}]


def test_things_are_walked_outermost_first_however_deep() -> None:
    nested = '{"name": "0", "about": [{"name": "1", "about": {"name": "2"}}, {"name": "3"}]}'

    assert texts(things([nested]), "name") == ["0", "1", "2", "3"]


@pytest.mark.parametrize("kind", ["NewsArticle", "https://schema.org/Article", ["Thing", "BlogPosting"]])
def test_an_article_is_known_by_any_of_its_types(kind: object) -> None:
    assert is_article({"@type": kind})


@pytest.mark.parametrize("kind", ["Product", "Articles", None, 7, {"name": "Article"}])
def test_other_types_are_no_article(kind: object) -> None:
    assert not is_article({"@type": kind})


def test_entities_in_texts_are_decoded() -> None:
    assert texts([{"headline": "Fish &amp; chips"}], "headline") == ["Fish & chips"]


def test_authors_are_those_of_the_first_article_that_names_any() -> None:
    articles: list[Thing] = [
        {"author": {"@type": "Person"}},
        {"author": [7, "Marta", None, {"name": "Jon"}]},
        {"author": "Late"},
    ]

    assert author_names(articles, articles) == ["Marta", "Jon"]
