"""Pages made to hurt: deep, wide, endless, contradictory, or full of what no text holds.

None of them may crash, hang or lose what a reader would see. That time and
memory grow in step with the page is measured by ``python -m benchmarks.growth``.
"""

from __future__ import annotations

import codecs
from functools import cache

import pytest
from bs4 import BeautifulSoup, Tag

from filter import Cleaner, Outcome, PageError
from filter.article import Article
from filter.render import to_json

STORY = "The council of Lindenau voted on Monday to rebuild the old market hall. " * 4


@cache
def cleaner() -> Cleaner:
    """Return one cleaner for all pages."""
    return Cleaner()


def blocks_of(page: str | bytes | Tag) -> list[str]:
    """Clean a page and return the texts of its blocks."""
    return [block.text for block in cleaner().clean(page).blocks]


def assert_survives(page: str | bytes | Tag) -> Article:
    """Clean a page and render what comes out."""
    article = cleaner().clean(page)
    to_json(article).encode()
    return article


def assert_too_large(page: str | Tag) -> None:
    """Check that a page is refused for its size."""
    with pytest.raises(PageError, match="more than") as refusal:
        cleaner().clean(page)
    assert refusal.value.outcome is Outcome.TOO_LARGE


class TestShapes:
    """Trees that no author wrote."""

    @pytest.mark.parametrize(
        "tag", ["div", "b", "span", "ul><li", "table><tr><td", "blockquote", "a href=x", "font"]
    )
    def test_a_hundred_thousand_nested_elements(self, tag: str) -> None:
        assert STORY.strip() in "".join(blocks_of(f"<{tag}>" * 100_000 + STORY))

    def test_a_hundred_thousand_nested_elements_in_a_tree(self) -> None:
        soup = BeautifulSoup("", "html.parser")
        innermost: Tag = soup
        for _ in range(100_000):
            child = Tag(name="div")
            innermost.contents.append(child)
            innermost = child
        innermost.append(STORY)
        assert blocks_of(soup) == [STORY.strip()]

    def test_elements_closed_a_hundred_thousand_times(self) -> None:
        assert blocks_of("<p>" + STORY + "</div>" * 100_000 + "</p>" * 1_000) == [STORY.strip()]

    def test_a_hundred_thousand_siblings_are_judged_and_a_million_are_refused(self) -> None:
        assert len(blocks_of("<p>a</p>" * 100_000)) == 100_000
        assert_too_large("<p>a</p>" * 1_000_000)
        assert_too_large(BeautifulSoup("<p>a</p>" * 200_001, "html.parser"))

    def test_a_million_siblings_without_text_are_nothing(self) -> None:
        assert blocks_of("<p></p>" * 1_000_000 + STORY) == [STORY.strip()]

    def test_a_million_line_breaks(self) -> None:
        assert "".join(blocks_of(STORY + "<br>" * 1_000_000 + STORY)).count("Lindenau") == 8

    def test_a_paragraph_of_twenty_megabytes(self) -> None:
        text = STORY * (20_000_000 // len(STORY))
        assert blocks_of(f"<p>{text}</p>") == [text.strip()]

    def test_a_word_of_twenty_megabytes(self) -> None:
        assert len(blocks_of("<p>" + "a" * 20_000_000)[0]) == 20_000_000

    def test_an_attribute_of_two_hundred_megabytes_is_too_large_and_of_forty_is_not(self) -> None:
        assert_too_large(f'<p class="{"a" * 200_000_000}">{STORY}</p>')
        assert blocks_of(f'<p class="{"a " * 20_000_000}">{STORY}</p>') == [STORY.strip()]

    def test_a_hundred_thousand_attributes(self) -> None:
        attributes = " ".join(f"data-a{number}={number}" for number in range(100_000))
        assert blocks_of(f"<p {attributes}>{STORY}") == [STORY.strip()]

    @pytest.mark.parametrize("span", ["9" * 16, "-1", "1e999", "65534", "\u0663", "0x7fffffff"])
    def test_huge_spans_of_table_cells(self, span: str) -> None:
        page = f"<table><tr><td colspan={span} rowspan={span}>{STORY}<td>b</table>"
        assert STORY.strip() in "".join(blocks_of(page))

    def test_lists_that_start_and_indent_beyond_measure(self) -> None:
        assert_survives(f"<ol start={'9' * 30}><li value={'9' * 30}>{STORY}" + "<ul><li>x" * 10_000)

    def test_a_namespace_bomb(self) -> None:
        names = " ".join(f'xmlns:n{number}="http://n{number}.example/"' for number in range(10_000))
        assert STORY.strip() in blocks_of(f"<html {names}><svg {names}><math {names}></math></svg><p>{STORY}")

    def test_an_entity_bomb_is_not_expanded(self) -> None:
        entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{entities}]><p>&l11;</p><p>{STORY}</p>'
        assert sum(map(len, blocks_of(page))) < len(page)

    def test_a_million_entities(self) -> None:
        assert squeezed("<p>" + "&amp;&#x41;" * 500_000) == "&A" * 500_000

    @pytest.mark.parametrize(
        "opening",
        [
            "<script>",
            "<style>",
            "<!--",
            "<textarea>",
            "<plaintext>",
            "<svg><style>",
            "<template>",
            "<select>",
            "<noscript>",
            "<iframe>",
            "<xmp>",
            "<title>",
            "<![CDATA[",
            '<a href="',
            "<frameset>",
        ],
    )
    def test_openings_that_are_never_closed(self, opening: str) -> None:
        assert_survives(f"<p>{STORY}</p>{opening}" + STORY * 2_000)
        assert_survives(opening * 50_000 + STORY)

    def test_formatting_that_is_opened_again_in_every_paragraph(self) -> None:
        page = "".join(f"<b><i><u><font color={number}><p>{number}" for number in range(2_000))
        assert "".join(blocks_of(page)).endswith("1999")

    def test_style_sheets_that_hide_a_hundred_thousand_classes(self) -> None:
        rules = "".join(f".c{number}{{display:none}}" for number in range(100_000))
        assert STORY.strip() in blocks_of(f"<style>{rules}</style><p class=c7>x</p><p>{STORY}</p>")

    def test_declarations_nested_beyond_measure(self) -> None:
        nested = "[" * 100_000 + "{" * 1_000
        page = f'<script type="application/ld+json">{nested}</script><title>{STORY}</title><p>{STORY}</p>'
        article = assert_survives(page)
        assert article.metadata.authors == ()


class TestCharacters:
    """Characters that no text should hold."""

    def test_null_bytes_between_all_letters_of_a_paragraph(self) -> None:
        page = f"<p>{STORY}</p><p>" + "\0".join("stray") + "</p>"
        assert STORY.strip() in blocks_of(page)
        assert STORY.strip() in blocks_of(page.encode())

    def test_lone_surrogates_everywhere(self) -> None:
        page = f"\ud800<p class='\udfff'>{STORY}\udcff</p><a href='\ud83d'>\ude00</a><title>\ud800</title>"
        article = assert_survives(page)
        assert "Lindenau" in "".join(block.text for block in article.blocks)
        assert_survives(BeautifulSoup(page, "html.parser"))
        assert_survives("\udcff" * 1_000)

    @pytest.mark.parametrize(
        "code", [0, 0x1B, 0x1E, 0x1F, 0x7F, 0x80, 0xAD, 0x200B, 0x202E, 0xFEFF, 0xFFFE, 0x10FFFF]
    )
    def test_control_characters_in_text_and_as_references(self, code: int) -> None:
        mark = chr(code)
        page = f"<p>{mark}{STORY}{mark}<br>x{mark}y</p><td>{mark}</td>&#{code};&#x{code:x};"
        article = assert_survives(f"{page}<a href='{mark}'>{mark}</a>")
        assert "Lindenau" in "".join(block.text for block in article.blocks)

    def test_marks_that_join_without_end(self) -> None:
        assert_survives("<p>" + "e" + "\u0301" * 100_000 + "</p>" + "\u202e" * 1_000 + STORY)

    def test_references_beyond_unicode(self) -> None:
        assert_survives(f"<p>{STORY}&#x110000;&#xD800;&#{'9' * 5_000};&#x{'f' * 5_000};&{'a' * 100_000};</p>")

    def test_blocks_of_nothing_to_see_are_no_blocks(self) -> None:
        assert blocks_of("<p>&nbsp;</p><p>\u3000\t</p><p> <b> </b><br></p>") == []


class TestEncodings:
    """Bytes that contradict what is said of them."""

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark(self, codec: str) -> None:
        assert blocks_of(f"<meta charset=utf-8><p>{STORY}</p>".encode(codec)) == [STORY.strip()]

    def test_mark_header_and_page_that_contradict_each_other(self) -> None:
        page = codecs.BOM_UTF8 + f"<meta charset=utf-16><meta charset=gbk><p>é {STORY}</p>".encode()
        article = cleaner().clean(page, content_type="text/html; charset=koi8-r; charset=big5")
        assert article.blocks[0].text.startswith("é The council")

    def test_half_a_page_in_another_encoding(self) -> None:
        page = f"<p>{STORY}</p><p>é".encode() + "é".encode("cp1252") * 3 + STORY.encode("utf-16-le")
        assert_survives(page)

    def test_utf7_is_never_decoded(self) -> None:
        article = cleaner().clean(b"<meta charset=utf-7><p>+ADw-script+AD4-</p>")
        assert article.blocks[0].text == "+ADw-script+AD4-"

    @pytest.mark.parametrize(
        "label", ["\0", "utf-8" * 1_000, "../../etc/passwd", "idna", "rot13", "zlib", "punycode"]
    )
    def test_labels_that_are_no_encoding_of_the_web(self, label: str) -> None:
        page = f'<meta charset="{label}"><p>{STORY}</p>'.encode()
        assert (
            cleaner().clean(page, content_type=f"text/html; charset={label}").blocks[0].text == STORY.strip()
        )


class TestPlainText:
    """Text that is no markup, and hurts all the same."""

    def test_twenty_megabytes_in_one_line(self) -> None:
        text = STORY * (20_000_000 // len(STORY))
        assert blocks_of(text) == [text.strip()]

    def test_two_hundred_thousand_lines_are_judged_and_one_more_is_refused(self) -> None:
        assert len(blocks_of("a\n" * 200_000)) == 200_000
        assert_too_large("a\n" * 200_001)
        assert blocks_of("\n" * 1_000_000 + "a") == ["a"]

    @pytest.mark.parametrize(
        "piece", ["<", "<a", "<a-", "<!", "</", "<p ", "&", "> ", "<br", "<a-a-", "- ", "\r", "\0"]
    )
    def test_pieces_that_could_begin_markup(self, piece: str) -> None:
        assert_survives(piece * 300_000)
        assert_survives("x" + piece * 300_000)


def squeezed(page: str) -> str:
    """Return the text of all blocks of a page without white space."""
    return "".join("".join(blocks_of(page)).split())
