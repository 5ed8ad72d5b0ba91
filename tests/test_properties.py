"""Promises that hold for any page: the oracle of the whole package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import turbohtml
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filter import Article, Cleaner, Label, Outcome, PageError, Verdict
from filter.render import to_json, to_markdown, to_text
from tests import strategies

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").glob("*.*") if path.suffix in {".html", ".txt"})
PAGES = [path for path in SAMPLES if not path.name.endswith(".expected.txt")]

slow_to_draw = settings(suppress_health_check=[HealthCheck.too_slow])


@cache
def cleaner() -> Cleaner:
    """Return one cleaner for all properties: making it anew would cost more than they do."""
    return Cleaner()


def squeeze(text: str) -> str:
    """Take out white space, which is folded on the way."""
    return "".join(text.split())


def assert_in_order(parts: Iterable[str], whole: str) -> None:
    """Check that each part is in the whole, behind the one before."""
    place = 0
    for part in parts:
        found = whole.find(part, place)
        assert found >= 0, f"{part!r} is not in the page, or not in its place"
        place = found + len(part)


def assert_whole(article: Article) -> None:
    """Check what is true of every article."""
    blocks = article.blocks
    assert article.text == "\n\n".join(block.text for block in blocks if block.label is Label.ARTICLE)
    for block in blocks:
        assert block.text.strip()
        assert set(block.probabilities) == {str(label) for label in Label}
        assert all(0 <= value <= 1 for value in block.probabilities.values())
        assert sum(block.probabilities.values()) == pytest.approx(1, abs=1e-4)
    assert sum(block.label is Label.TITLE for block in blocks) <= 1
    assert article.outcome is (Outcome.OK if blocks else Outcome.EMPTY)
    assert 0 <= article.removed.ratio <= 1
    assert 0 <= article.drop_probability <= 1
    assert article.verdict in Verdict
    assert article.removed.spam_characters == sum(len(b.text) for b in blocks if b.label is Label.SPAM)
    assert article.removed.characters >= article.removed.spam_characters


class TestOracle:
    """Any page is cleaned, or refused with one documented error."""

    @given(strategies.encoded_pages)
    @slow_to_draw
    def test_bytes_with_any_header(self, page: tuple[bytes, str | None]) -> None:
        data, header = page
        try:
            article = cleaner().clean(data, content_type=header)
        except PageError as refusal:
            outcome = refusal.outcome
        else:
            outcome = article.outcome
            assert article.encoding is not None
            assert_whole(article)
        assert outcome in {Outcome.OK, Outcome.EMPTY, Outcome.UNDECODABLE}

    @given(strategies.pages)
    @slow_to_draw
    def test_text(self, page: str) -> None:
        article = cleaner().clean(page)
        assert article.encoding is None
        assert_whole(article)

    @given(strategies.soups)
    @slow_to_draw
    def test_trees(self, soup: BeautifulSoup) -> None:
        before = str(soup)
        assert_whole(cleaner().clean(soup))
        assert str(soup) == before

    @given(strategies.pages, st.text(strategies.surrogates, min_size=1, max_size=3))
    @slow_to_draw
    def test_text_with_lone_surrogates(self, page: str, surrogates: str) -> None:
        assert_whole(cleaner().clean(page + surrogates + "<p>" + surrogates))

    @given(strategies.pages)
    @slow_to_draw
    def test_every_article_can_be_rendered(self, page: str) -> None:
        article = cleaner().clean(page)
        to_text(article, title=True).encode()
        to_markdown(article, title=True).encode()
        record = json.loads(to_json(article))
        assert record["text"] == article.text
        assert len(record["blocks"]) == len(article.blocks)


class TestText:
    """What comes out was in the page, in its order, and everything visible is accounted for."""

    @given(strategies.plain_texts)
    @slow_to_draw
    def test_plain_text_is_divided_among_the_blocks(self, page: str) -> None:
        article = cleaner().clean(page, content_type="text/plain")
        for invisible in "\u200b\u2060\ufeff\u00ad":
            page = page.replace(invisible, "")
        assert squeeze("".join(block.text for block in article.blocks)) == squeeze(page)

    @given(strategies.documents)
    @slow_to_draw
    def test_the_text_of_a_document_is_divided_among_the_blocks(self, page: str) -> None:
        soup = BeautifulSoup(page, "html.parser")
        assert soup.body is not None
        visible = squeeze(soup.body.get_text())
        article = cleaner().clean(page, content_type="text/html")
        assert squeeze("".join(block.text for block in article.blocks)) == visible

    @given(strategies.documents)
    @slow_to_draw
    def test_the_article_is_text_of_the_page_in_order(self, page: str) -> None:
        soup = BeautifulSoup(page, "html.parser")
        article = cleaner().clean(page, content_type="text/html")
        kept = (squeeze(block.text) for block in article.blocks if block.label is Label.ARTICLE)
        assert_in_order(kept, squeeze(soup.get_text()))

    @given(strategies.tag_soup())
    @slow_to_draw
    def test_the_characters_of_tag_soup_keep_their_order(self, page: str) -> None:
        # The same parser's other face says where the standard puts text of broken markup.
        characters = iter(squeeze(turbohtml.parse(page).text))
        article = cleaner().clean(page, content_type="text/html")
        for block in article.blocks:
            assert all(character in characters for character in squeeze(block.text))


class TestSameness:
    """The same page gives the same article, however it comes."""

    @given(st.lists(strategies.pages, max_size=6), st.integers(1, 4))
    @slow_to_draw
    def test_alone_and_among_others(self, pages: list[str], size: int) -> None:
        alone = [to_json(cleaner().clean(page)) for page in pages]
        assert [to_json(article) for article in cleaner().clean_many(pages)] == alone
        batches = [pages[start : start + size] for start in range(0, len(pages), size)]
        assert [to_json(article) for batch in batches for article in cleaner().clean_many(batch)] == alone

    @given(strategies.documents)
    @slow_to_draw
    def test_as_text_as_bytes_and_as_a_tree(self, page: str) -> None:
        article = cleaner().clean(page)
        assert cleaner().clean(page.encode()).text == article.text
        assert cleaner().clean(page.encode("utf-16")).text == article.text
        assert cleaner().clean(BeautifulSoup(page, "html.parser")).text == article.text

    @given(strategies.pages)
    @slow_to_draw
    def test_twice(self, page: str) -> None:
        assert to_json(cleaner().clean(page)) == to_json(cleaner().clean(page))

    def test_in_other_processes(self) -> None:
        program = (
            "import sys; from filter import Cleaner; from filter.render import to_json\n"
            "cleaner = Cleaner()\n"
            "for path in sys.argv[1:]: print(to_json(cleaner.clean(open(path, 'rb').read())))"
        )
        outputs = {
            subprocess.run(
                [sys.executable, "-c", program, *map(str, PAGES)],
                env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
                check=True,
                capture_output=True,
                cwd=ROOT,
            ).stdout
            for seed in ("0", "1", "2")
        }
        assert len(outputs) == 1
        expected = [json.loads(to_json(cleaner().clean(path.read_bytes()))) for path in PAGES]
        assert [json.loads(line) for line in outputs.pop().splitlines()] == expected


class TestManyPages:
    """Bad pages among good ones."""

    def test_each_page_gives_one_article_in_order(self) -> None:
        good = PAGES[0].read_bytes()
        pages = [good, b"%PDF-1.7", b"", good, bytes(range(256)) * 9, "<p></p>", good]
        articles = list(cleaner().clean_many(pages))
        outcomes = ["ok", "undecodable", "empty", "ok", "undecodable", "empty", "ok"]
        assert [str(article.outcome) for article in articles] == outcomes
        for article in articles:
            if article.outcome is not Outcome.OK:
                assert article.verdict is Verdict.DROP
                assert article.text == ""
                assert article.message
        assert articles[0].text == articles[3].text == articles[6].text == cleaner().clean(good).text

    def test_trees_among_other_pages(self) -> None:
        data = PAGES[0].read_bytes()
        articles = cleaner().clean_many([BeautifulSoup(data, "html.parser"), data])
        assert len({article.text for article in articles}) == 1

    def test_a_page_too_large_is_told_among_others(self) -> None:
        pages = ["<p>a</p>" * 200_001, "<p>The council of Lindenau voted on Monday.</p>"]
        assert [str(article.outcome) for article in cleaner().clean_many(pages)] == ["too_large", "ok"]

    def test_no_page_gives_no_article(self) -> None:
        assert list(cleaner().clean_many([])) == []

    def test_pages_are_taken_as_they_are_needed(self) -> None:
        taken = 0

        def endless() -> Iterable[str]:
            nonlocal taken
            while True:
                taken += 1
                yield "<p>The council of Lindenau voted on Monday.</p>"

        articles = iter(cleaner().clean_many(endless()))
        next(articles)
        assert taken < 10_000
