"""Rendering: genuine text only, structure kept, nothing that the page wrote becomes markup."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from filter import Article, Kind, Label
from filter.render import to_json, to_markdown, to_record, to_text, without_control_characters
from tests.articles import article, block, ferry, unreadable

MARKDOWN = MarkdownIt("commonmark").enable("table")
BREAKS = ("hardbreak", "softbreak")


def shown(markdown: str) -> str:
    """Return the text that a reader of the Markdown sees."""
    parts = []
    for token in MARKDOWN.parse(markdown):
        parts += ["\n" if child.type in BREAKS else child.content for child in token.children or ()]
        if token.type == "fence":
            parts.append(token.content.rstrip("\n"))
    return "".join(parts)


def token_types(markdown: str) -> list[str]:
    """Return the names of the Markdown's constructs, block level and inline, in order."""
    names = []
    for token in MARKDOWN.parse(markdown):
        names.append(token.type)
        names += [child.type for child in token.children or ()]
    return names


class TestText:
    def test_is_the_text_of_the_article(self) -> None:
        assert to_text(ferry()) == ferry().text

    def test_begins_with_the_headline_on_request(self) -> None:
        assert to_text(ferry(), title=True) == f"Night ferry returns\n\n{ferry().text}"

    def test_a_missing_headline_leaves_no_gap(self) -> None:
        assert to_text(article(block("One.")), title=True) == "One."

    def test_holds_no_control_sequence(self) -> None:
        assert to_text(article(block("red \x1b[31malert\x9b2J\x07 over"))) == "red [31malert2J over"


def test_control_characters_go_but_tab_and_newline_stay() -> None:
    assert without_control_characters("a\tb\nc\rd\x00e\x7ff\x85g") == "a\tb\ncdefg"


class TestMarkdown:
    def test_keeps_the_structure(self) -> None:
        assert to_markdown(ferry()) == "\n\n".join(
            (
                "The [boat](https://boats.example/) leaves at nine.",
                "## Two boats",
                "- Little Gannet\n- Herring Queen",
                "> We are not asking for a luxury.",
                "| Adult | £6.50 |\n| --- | --- |\n| Child | £3 |",
                "```\ndep 21:00\n  arr 21:50\n```",
            )
        )

    def test_begins_with_the_headline_on_request(self) -> None:
        assert to_markdown(ferry(), title=True).startswith("# Night ferry returns\n\nThe ")

    @pytest.mark.parametrize(("level", "hashes"), [(0, 2), (1, 2), (2, 2), (3, 3), (6, 6), (7, 6)])
    def test_headings_stand_below_the_headline(self, level: int, hashes: int) -> None:
        heading = block("Tides", kind=Kind.HEADING, level=level)
        assert to_markdown(article(heading)) == "#" * hashes + " Tides"

    def test_lists_are_nested_one_level_at_a_time(self) -> None:
        items = [block(str(level), kind=Kind.LIST_ITEM, level=level) for level in (1, 2, 4, 1)]
        assert to_markdown(article(*items)) == "- 1\n  - 2\n    - 4\n- 1"

    def test_a_list_that_begins_deep_is_a_list_and_no_code(self) -> None:
        markdown = to_markdown(article(block("deep", kind=Kind.LIST_ITEM, level=5)))
        assert "bullet_list_open" in token_types(markdown)

    def test_the_items_of_an_ordered_list_are_numbered(self) -> None:
        path = "html/body/ol/li"
        items = [block(text, kind=Kind.LIST_ITEM, level=1, path=path) for text in ("Knead", "Bake\nlong")]
        assert to_markdown(article(*items)) == "1. Knead\n2. Bake\\\n   long"

    def test_what_an_item_holds_stands_below_its_text(self) -> None:
        ordered, mixed = "html/body/ol/li", "html/body/ol/li/ul/li"
        levels = [(1, ordered)] * 10 + [(2, mixed), (2, mixed), (1, ordered)]
        items = [block("x", kind=Kind.LIST_ITEM, level=level, path=path) for level, path in levels]
        markdown = to_markdown(article(*items))
        assert markdown.splitlines()[9:] == ["10. x", "    - x", "    - x", "11. x"]
        assert token_types(markdown).count("ordered_list_open") == 1

    @pytest.mark.parametrize("path", ["html/body/ul/li", "html/body/ol/li/menu/li", "body/li", ""])
    def test_others_have_no_numbers(self, path: str) -> None:
        assert to_markdown(article(block("x", kind=Kind.LIST_ITEM, level=1, path=path))) == "- x"

    def test_numbers_begin_anew_behind_another_list(self) -> None:
        paths = ("ol/li", "ul/li", "ol/li")
        items = [block("x", kind=Kind.LIST_ITEM, level=1, path=path) for path in paths]
        assert to_markdown(article(*items)) == "1. x\n- x\n1. x"

    def test_the_first_row_of_a_table_is_filled_up_to_the_widest(self) -> None:
        rows = [block(text, kind=Kind.TABLE_ROW) for text in ("c", "a\tb")]
        assert to_markdown(article(*rows)) == "| c |  |\n| --- | --- |\n| a | b |"

    def test_other_rows_are_not_so_that_one_wide_row_can_not_blow_up_all(self) -> None:
        rows = [block(text, kind=Kind.TABLE_ROW) for text in ("a\tb", "c")]
        assert to_markdown(article(*rows)) == "| a | b |\n| --- | --- |\n| c |"

    def test_a_line_break_stays_a_line_break(self) -> None:
        assert to_markdown(article(block("12 Quay Street\nCastle Quay"))) == "12 Quay Street\\\nCastle Quay"

    def test_a_fence_is_longer_than_any_inside(self) -> None:
        markdown = to_markdown(article(block("````\n<b>", kind=Kind.PREFORMATTED)))
        assert token_types(markdown) == ["fence"]
        assert shown(markdown) == "````\n<b>"

    def test_links_are_set_in_order(self) -> None:
        paragraph = block("tea and tea", links=[("tea", "/first"), ("tea", "/second")])
        assert to_markdown(article(paragraph)) == "[tea](/first) and [tea](/second)"

    def test_a_link_after_an_exclamation_mark_is_no_image(self) -> None:
        markdown = to_markdown(article(block("Look!here", links=[("here", "/a")])))
        assert "image" not in token_types(markdown)
        assert shown(markdown) == "Look!here"

    def test_a_link_whose_text_is_not_there_is_left_out(self) -> None:
        assert to_markdown(article(block("tea", links=[("coffee", "/a")]))) == "tea"

    @pytest.mark.parametrize("unsafe", ["javascript:alert(1)", ""])
    def test_a_link_that_is_left_out_keeps_its_words_from_the_next_one(self, unsafe: str) -> None:
        twice = block("Share and Share", links=[("Share", unsafe), ("Share", "/share")])
        assert to_markdown(article(twice)) == "Share and [Share](/share)"

    def test_a_link_without_words_takes_none_from_the_next_one(self) -> None:
        assert (
            to_markdown(article(block("Share", links=[("", "/image"), ("Share", "/share")])))
            == "[Share](/share)"
        )

    def test_a_hundred_thousand_links_are_left_out_behind_a_long_text(self) -> None:
        text = "The quay is closed. " * 10_000 + "here " * 100_000 + "there"
        links = [("here", "javascript:alert(1)")] * 100_000 + [("there", "/a")]
        assert to_markdown(article(block(text, links=links))) == text.removesuffix("there") + "[there](/a)"

    @pytest.mark.parametrize(
        "href",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " \x01javascript:alert(1)",
            "java\nscript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>alert(1)</script>",
            "file:///etc/passwd",
        ],
    )
    def test_a_link_that_could_run_something_is_plain_text(self, href: str) -> None:
        assert to_markdown(article(block("Click here", links=[("here", href)]))) == "Click here"

    @pytest.mark.parametrize(
        "href",
        [
            "javascript&colon;alert(1)",
            "javascript&#58;alert(1)",
            "/a b",
            "/a)b(c",
            "/<b>",
            '/"',
            "/a?b=1&copy;=2",
        ],
    )
    def test_a_link_leads_where_it_led_on_the_page(self, href: str) -> None:
        links = [
            child.attrs["href"]
            for token in MARKDOWN.parse(to_markdown(article(block("here", links=[("here", href)]))))
            for child in token.children or ()
            if child.type == "link_open"
        ]
        assert [unquote(str(link)) for link in links] == [href]

    @pytest.mark.parametrize(
        ("href", "target"),
        [
            ("\x00 \x1f/a\x20\n", "/a"),
            ("/a\t\r\nb", "/ab"),
            ("/a \n b", "/a%20%20b"),
            ("/a\x0bb", "/a%0Bb"),
            ("\xa0/a", "\xa0/a"),
            ("/a" + " " * 1_000_000 + "b", "/a" + "%20" * 1_000_000 + "b"),
        ],
        ids=["around", "breaks", "spaces", "controls", "others", "many"],
    )
    def test_a_link_loses_what_browsers_ignore_and_nothing_else(self, href: str, target: str) -> None:
        assert to_markdown(article(block("here", links=[("here", href)]))) == f"[here]({target})"

    @pytest.mark.parametrize(
        "text",
        [
            "# no heading",
            "> no quote",
            "- no list",
            "+ no list",
            "12. no list",
            "12) no list",
            "---",
            "===",
            "***bold***",
            "__bold__ and _slanted_",
            "`code`",
            "~~~",
            "[text](javascript:alert(1))",
            "![image](https://tracker.example/)",
            "<script>alert(1)</script>",
            "<https://auto.example/>",
            "&lt;b&gt; &#60;",
            "[reference]: https://spam.example/",
            "a | b",
            "back\\slash\\",
        ],
    )
    def test_page_text_is_never_markup(self, text: str) -> None:
        markdown = to_markdown(article(block(text)))
        assert set(token_types(markdown)) <= {
            "paragraph_open",
            "inline",
            "text",
            "text_special",
            "paragraph_close",
        }
        assert shown(markdown) == text

    @pytest.mark.parametrize("text", ["trailing #", "trailing ##", "#", "C#"])
    def test_a_heading_keeps_its_hashes(self, text: str) -> None:
        assert shown(to_markdown(article(block(text, kind=Kind.HEADING, level=2)))) == text

    @given(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"])
            | st.sampled_from("#>-+*_[]()!`<&;\\|~= 1.")
        ),
        st.sampled_from(
            [Kind.PARAGRAPH, Kind.CAPTION, Kind.HEADING, Kind.LIST_ITEM, Kind.QUOTE, Kind.TABLE_ROW]
        ),
    )
    @example("a\\|b", Kind.TABLE_ROW)
    def test_every_text_is_read_as_it_was_written(self, text: str, kind: Kind) -> None:
        text = " ".join(text.split())
        markdown = to_markdown(article(block(text, kind=kind, level=1)))
        assert shown(markdown) == text


class TestRecord:
    def test_has_the_fields_of_the_schema(self) -> None:
        record = to_record(ferry())
        contract = {
            "schema",
            "source",
            "verdict",
            "title",
            "text",
            "blocks",
            "removed",
            "encoding",
            "outcome",
        }
        assert contract <= set(record)
        assert record["schema"] == 1
        assert {"text", "label", "kind", "path", "probabilities", "reasons"} <= set(record["blocks"][0])
        assert set(record["removed"]) == {"characters", "ratio", "spam_characters"}

    def test_says_what_the_article_says(self) -> None:
        record = to_record(ferry())
        assert record["source"] == "page.html"
        assert record["verdict"] == "trim"
        assert record["outcome"] == "ok"
        assert record["title"] == "Night ferry returns"
        assert record["text"] == ferry().text
        assert record["encoding"] == {"name": "utf-8", "decided_by": "bom", "replaced": 0}
        assert record["metadata"]["authors"] == ["Ines Calloway"]
        assert record["quality"]["word_count"] == ferry().quality.word_count
        assert record["quality"]["score"] == pytest.approx(ferry().quality.score, abs=1e-4)
        assert record["quality"]["failed"] == list(ferry().quality.failed)
        assert record["removed"]["spam_characters"] == len("Win big at our casino")

    def test_holds_every_block_in_order(self) -> None:
        assert [item["text"] for item in to_record(ferry())["blocks"]] == [
            item.text for item in ferry().blocks
        ]

    def test_a_block_carries_its_evidence(self) -> None:
        spam = to_record(ferry())["blocks"][-1]
        assert spam["label"] == "spam"
        assert spam["probabilities"]["spam"] == 0.9
        assert spam["reasons"][0] == "off the article's topic"
        assert spam["links"] == [{"text": "casino", "href": "https://casino.example/"}]

    def test_without_what_takes_long_it_says_the_rest(self) -> None:
        record = to_record(ferry())
        short = to_record(ferry(), text_only=True)
        assert record.keys() - short.keys() == {"blocks", "metadata", "quality"}
        assert short == {name: record[name] for name in short}

    def test_a_page_that_failed_has_one_too(self) -> None:
        record = to_record(unreadable())
        assert (record["outcome"], record["verdict"], record["blocks"]) == ("undecodable", "drop", [])
        assert record["message"] == "this is no page but a PNG image"
        assert record["encoding"] is None


class TestJson:
    def test_is_the_record(self) -> None:
        assert json.loads(to_json(ferry())) == to_record(ferry())

    def test_can_be_indented(self) -> None:
        assert to_json(ferry(), indent=2).startswith('{\n  "schema": 1')

    @given(st.text())
    @example("a\u2028b\x85c\x9bd\n\ud800")
    def test_takes_one_line_and_gives_every_text_back(self, text: str) -> None:
        line = to_json(article(block(text)))
        assert len(line.splitlines()) == 1
        assert json.loads(line.encode())["text"] == text

    def test_writes_letters_as_they_are(self) -> None:
        assert "Größe" in to_json(article(block("Größe")))


def test_only_the_article_is_rendered() -> None:
    page = article(*(block(f"a {label}", label) for label in Label))
    for rendered in (to_text(page), to_markdown(page)):
        assert rendered == "a article"


def test_an_article_without_text_renders_as_nothing() -> None:
    nothing: Article = unreadable()
    assert to_text(nothing) == to_markdown(nothing) == ""
