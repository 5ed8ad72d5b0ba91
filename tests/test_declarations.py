"""What a page declares: which elements count, and what of them is kept."""

from __future__ import annotations

import pytest

from filter.markup import read_markup
from filter.page import Declarations


def declared(head: str) -> Declarations:
    return read_markup(f"<head>{head}</head><body><p>x</p></body>").declarations


def test_the_first_title_with_text_is_the_title() -> None:
    assert declared("<title> The \n ferry </title><title>Late</title>").title == "The ferry"
    assert declared("<title></title><title>The ferry</title>").title == "The ferry"


def test_the_language_is_that_of_the_html_element() -> None:
    assert read_markup("<html lang=nb><body lang=de><p lang=fr>x</p>").declarations.language == "nb"
    assert read_markup("<html lang=''><p>x</p>").declarations.language == ""


@pytest.mark.parametrize("attribute", ["property", "name", "itemprop"])
def test_a_meta_element_is_named_by_any_of_three_attributes(attribute: str) -> None:
    assert declared(f"<meta {attribute}=Author content=Oduya>").metas == [("author", "Oduya")]


def test_of_several_names_the_property_counts_then_the_name() -> None:
    assert declared("<meta itemprop=a name=b property=c content=x>").metas == [("c", "x")]
    assert declared("<meta itemprop=a name=b content=x>").metas == [("b", "x")]


@pytest.mark.parametrize(
    "meta", ["<meta name=author>", "<meta content=Oduya>", "<meta name=author content=''>"]
)
def test_a_meta_element_without_name_or_content_says_nothing(meta: str) -> None:
    assert declared(meta).metas == []


@pytest.mark.parametrize("rel", ["canonical", "shortlink", "alternate", "CANONICAL"])
def test_links_to_the_page_itself_are_kept(rel: str) -> None:
    assert declared(f"<link rel={rel} href=/a>").links == [(rel.lower(), "/a")]


@pytest.mark.parametrize("link", ["<link rel=icon href=/a>", "<link rel=canonical>", "<link href=/a>"])
def test_other_links_are_not(link: str) -> None:
    assert declared(link).links == []


def test_scripts_are_kept_if_they_are_linked_data() -> None:
    scripts = "<script>1</script><script type=Application/LD+JSON>{}</script><script type=text/x>2</script>"
    assert declared(scripts).scripts == ["{}"]
