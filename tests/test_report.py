"""The report: everything shown, nothing of the page at work in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from filter import Article, Label
from filter.reading import read_page
from filter.report import Entry, to_index, to_page
from filter.training.pages import read_gold_pages
from tests.articles import article, block, doorway, ferry, unreadable

SAMPLES = Path(__file__).parents[1] / "samples"

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "\x1b[31mred\x00",
)


def read(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def element(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None, selector
    return found


def shown(soup: BeautifulSoup, selector: str) -> str:
    return " ".join(element(soup, selector).get_text(" ").split())


def hostile_article() -> Article:
    blocks = [
        block(text, label, links=[(text, text)], reasons=[text], path=text)
        for text in HOSTILE
        for label in Label
    ]
    return article(*blocks, title=HOSTILE[0], source=HOSTILE[1], verdict_reasons=HOSTILE, message=HOSTILE[2])


class TestPage:
    def test_shows_every_block_in_order_with_its_label(self) -> None:
        drawn = read(to_page(ferry())).select(".block")
        assert [item.select_one(".text").text for item in drawn] == [item.text for item in ferry().blocks]  # type: ignore[union-attr]
        assert [item["data-label"] for item in drawn] == [item.label for item in ferry().blocks]

    def test_names_the_label_in_words_too(self) -> None:
        for drawn in read(to_page(ferry())).select(".block"):
            assert str(drawn["data-label"]) in drawn.select_one(".tag").text  # type: ignore[union-attr]

    def test_shows_why(self) -> None:
        why = read(to_page(ferry())).select(".block .why")[-1].get_text(" ")
        assert "off the article's topic" in why
        assert "body/article/p" in why
        assert "0.900" in why
        assert "https://casino.example/" in why

    def test_blocks_can_be_reached_by_keyboard_and_say_why(self) -> None:
        soup = read(to_page(ferry()))
        for drawn in soup.select(".block"):
            assert drawn["tabindex"] == "0"
            assert soup.find(id=str(drawn["aria-describedby"])) is not None

    def test_says_how_to_see_why(self) -> None:
        assert "Point at a block, or focus it" in shown(read(to_page(ferry())), ".blocks")
        assert not read(to_page(unreadable())).select(".hint")

    def test_shows_the_cleaned_text_beside(self) -> None:
        cleaned = [paragraph.text for paragraph in read(to_page(ferry())).select(".cleaned p")]
        assert "\n\n".join(cleaned) == ferry().text

    def test_shows_the_verdict_with_reasons_counts_and_removed_share(self) -> None:
        soup = read(to_page(ferry()))
        assert shown(soup, ".verdict") == "trim 1 block of spam"
        assert [shown_count.text for shown_count in soup.select(".count")] == ["1", "8", "1", "1"]
        assert f"{ferry().removed.ratio * 100:.0f} %" in shown(soup, ".facts")
        assert "utf-8, by bom" in shown(soup, ".facts")

    def test_a_page_that_failed_says_how_and_once(self) -> None:
        soup = read(to_page(unreadable()))
        assert shown(soup, ".verdict") == "drop undecodable: this is no page but a PNG image"
        assert "no blocks" in shown(soup, ".blocks")

    def test_says_when_nothing_is_left(self) -> None:
        assert "Nothing is left" in shown(read(to_page(article(block("Menu", Label.FURNITURE)))), ".cleaned")

    def test_the_text_of_a_dropped_page_is_what_would_be_left(self) -> None:
        soup = read(to_page(doorway()))
        assert shown(soup, ".cleaned") == "What would be left: the page is dropped We write your essay."
        assert "Would be left 20 characters" in shown(soup, ".facts")

    def test_the_text_of_other_pages_is_kept(self) -> None:
        soup = read(to_page(ferry()))
        assert shown(soup, ".cleaned").startswith("The cleaned text")
        assert f"Kept {len(ferry().text)} characters" in shown(soup, ".facts")

    def test_of_a_page_without_text_nothing_is_left_rather_than_would_be(self) -> None:
        cleaned = shown(read(to_page(unreadable())), ".cleaned")
        assert cleaned == "The cleaned text Nothing is left of this page."


class TestExport:
    def test_holds_what_training_needs(self) -> None:
        soup = read(to_page(ferry(), original="<p>The boat</p>"))
        record = json.loads(element(soup, "#record").text)
        assert record["schema"] == 1
        assert record["source"] == "page.html"
        assert record["page"] == "<p>The boat</p>"
        assert record["blocks"][1] == {
            "text": "Night ferry returns",
            "path": "body/article/h1",
            "label": "title",
            "corrected": None,
        }

    def test_training_reads_it(self, tmp_path: Path) -> None:
        original = (SAMPLES / "harbour-ferry.html").read_text(encoding="utf-8")
        page, _ = read_page(original)
        drawn = to_page(
            article(*map(block, page.texts), source="https://news.example/ferry"), original=original
        )
        record = json.loads(element(read(drawn), "#record").text)
        record["blocks"][0]["corrected"] = "furniture"
        exported = tmp_path / "corrections.jsonl"
        exported.write_text(json.dumps(record) + "\n", encoding="utf-8")
        (gold,) = read_gold_pages(exported)
        assert gold.labels == ("furniture", *["article"] * (len(page.texts) - 1))
        assert gold.page.elements == page.elements
        assert gold.domain == "news.example"

    def test_each_block_can_be_given_each_label(self) -> None:
        for select in read(to_page(ferry())).select(".block select"):
            assert [option["value"] for option in select.select("option")] == list(Label)
            assert select["aria-label"]

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_gives_every_original_back(self, original: str) -> None:
        soup = read(to_page(article(), original=original))
        assert json.loads(element(soup, "#record").text)["page"] == original


class TestSafety:
    def test_only_our_own_script_and_style_may_run(self) -> None:
        for page in (to_page(hostile_article()), to_index([Entry(hostile_article(), "a.html")])):
            soup = read(page)
            policy = str(element(soup, "meta[http-equiv=Content-Security-Policy]")["content"])
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            for kind, tag in (("script-src", "script:not([type])"), ("style-src", "style")):
                digests = [
                    f"'sha256-{b64encode(sha256(found.text.encode()).digest()).decode()}'"
                    for found in soup.select(tag)
                ]
                assert re.findall(rf"{kind} ([^;]+)", policy) == [" ".join(digests)]

    def test_page_text_never_becomes_markup(self) -> None:
        soup = read(to_page(hostile_article(), original="".join(HOSTILE)))
        assert len(soup.find_all("script")) == 2  # the record and our script
        assert not soup.find_all("img")
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]

    def test_no_link_leads_out_of_the_report(self) -> None:
        for page in (to_page(hostile_article()), to_page(ferry())):
            assert [link["href"] for link in read(page).select("[href]")] == ["#blocks"]
            assert not read(page).select("[src]")

    def test_texts_are_shown_as_they_are(self) -> None:
        texts = [found.text for found in read(to_page(hostile_article())).select(".block .text")]
        assert texts[:: len(Label)] == [*HOSTILE[:-1], "[31mred"]

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
    def test_any_text_survives(self, text: str) -> None:
        soup = read(to_page(article(block(text))))
        assert element(soup, ".block .text").text == text


class TestIndex:
    def test_leads_to_each_page_with_its_verdict(self) -> None:
        soup = read(to_index([Entry(ferry(), "pages/1.html"), Entry(unreadable(), "pages/2.html")]))
        assert [link["href"] for link in soup.select("tbody a")] == ["pages/1.html", "pages/2.html"]
        rows = [" ".join(row.get_text(" ").split()) for row in soup.select("tbody tr")]
        assert rows[0].startswith("Night ferry returns page.html trim 1 block of spam 1 8 1 1")
        assert "drop this is no page but a PNG image" in rows[1]
