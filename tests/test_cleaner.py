"""The pipeline's face: what may be passed in, what comes out, and what is the caller's mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from filter import CallerError, Cleaner, Encoding, Kind, Outcome, PageError, Verdict, clean
from filter.markup import read_markup
from filter.model import load

SAMPLES = Path(__file__).parents[1] / "samples"
PAGE = (SAMPLES / "harbour-ferry.html").read_bytes()
HTML = "<html><body><p>The council of Lindenau voted on <b>Monday</b>.</p></body></html>"


@cache
def cleaner() -> Cleaner:
    """Return one cleaner for all tests."""
    return Cleaner()


@dataclass(frozen=True)
class Fetched:
    """A page as a crawler has it in hand."""

    content: str | bytes
    content_type: str | None = None
    url: str | None = None


class TestForms:
    """A page may come in many forms."""

    @pytest.mark.parametrize(
        "page",
        [HTML, HTML.encode(), bytearray(HTML.encode()), memoryview(HTML.encode())],
        ids=lambda page: type(page).__name__,
    )
    def test_text_and_anything_that_holds_bytes(self, page: str | bytes) -> None:
        assert [block.text for block in cleaner().clean(page).blocks] == [
            "The council of Lindenau voted on Monday."
        ]

    def test_a_tree_and_a_part_of_one(self) -> None:
        soup = BeautifulSoup(HTML + "<div>Menu</div>", "html.parser")
        assert len(cleaner().clean(soup).blocks) == 2
        assert soup.p is not None
        assert [block.path for block in cleaner().clean(soup.p).blocks] == ["p"]

    @pytest.mark.parametrize("page", [None, 3, ["<p>"], Path("page.html"), object()])
    def test_anything_else_is_the_callers_mistake(self, page: object) -> None:
        with pytest.raises(CallerError, match=r"pass str, bytes, or a BeautifulSoup tree"):
            cleaner().clean(page)  # type: ignore[arg-type]
        with pytest.raises(CallerError):
            list(cleaner().clean_many([HTML, page]))  # type: ignore[list-item]

    def test_the_content_type_decides_between_text_and_html(self) -> None:
        assert cleaner().clean("<p>a</p>", content_type="text/plain").blocks[0].text == "<p>a</p>"
        assert cleaner().clean("<p>a</p>", content_type="Text/HTML; charset=x").blocks[0].text == "a"
        assert cleaner().clean("no markup", content_type="text/html").blocks[0].path == "html/body"
        assert cleaner().clean("<p>a</p>", content_type="application/xhtml+xml").blocks[0].text == "a"

    def test_without_one_a_look_decides(self) -> None:
        assert cleaner().clean("a < b").blocks[0].path == ""
        assert cleaner().clean("<p>a").blocks[0].path.endswith("body/p")

    def test_plain_text_makes_paragraphs(self) -> None:
        blocks = cleaner().clean("One.\nTwo.").blocks
        assert [(block.text, block.kind) for block in blocks] == [
            ("One.", Kind.PARAGRAPH),
            ("Two.", Kind.PARAGRAPH),
        ]


class TestOptions:
    """What the caller may say about a page, and about all of them."""

    def test_the_encoding_is_told(self) -> None:
        assert cleaner().clean("é".encode("cp1252"), encoding="latin1").encoding == Encoding(
            "windows-1252", "caller"
        )
        assert cleaner().clean("é".encode()).encoding == Encoding("utf-8", "utf-8")
        assert cleaner().clean("é").encoding is None

    def test_an_unknown_encoding_is_the_callers_mistake(self) -> None:
        with pytest.raises(CallerError, match="klingon"):
            cleaner().clean(b"a", encoding="klingon")

    def test_the_address_becomes_the_source(self) -> None:
        assert cleaner().clean(HTML, url="https://news.example/story").source == "https://news.example/story"
        assert cleaner().clean(HTML).source == ""

    @pytest.mark.parametrize("favour", ["precision", "balanced", "recall"])
    def test_what_may_be_favoured(self, favour: str) -> None:
        assert Cleaner(favour=favour).clean(PAGE).text  # type: ignore[arg-type]

    def test_a_model_is_a_model_and_no_path(self) -> None:
        with pytest.raises(CallerError, match=r"type str .* filter\.model\.load"):
            Cleaner("models/default.joblib")  # type: ignore[arg-type]

    def test_a_content_type_is_text(self) -> None:
        with pytest.raises(CallerError, match="not int"):
            clean("<p>Page</p>", content_type=5)  # type: ignore[arg-type]

    def test_nothing_else_may_be_favoured(self) -> None:
        with pytest.raises(CallerError, match="choose one of precision, balanced, recall"):
            Cleaner(favour="speed")  # type: ignore[arg-type]

    def test_the_limit_of_bytes_can_be_set(self) -> None:
        small = Cleaner(maximum_bytes=len(HTML))
        assert small.clean(HTML).blocks
        with pytest.raises(PageError, match="more than the limit") as refusal:
            small.clean(HTML + " ")
        assert refusal.value.outcome is Outcome.TOO_LARGE

    def test_a_model_may_be_passed(self) -> None:
        assert Cleaner(load()).clean(PAGE).text == clean(PAGE).text

    def test_one_call_does_it_all(self) -> None:
        article = clean(PAGE, content_type="text/html", url="https://ferry.example/", encoding="utf-8")
        assert article.text == cleaner().clean(PAGE).text
        assert article.source == "https://ferry.example/"


class TestManyPages:
    """Pages with what crawlers know about them."""

    def test_described_pages_say_their_type_and_address(self) -> None:
        pages = [
            Fetched("<p>a</p>", "text/plain", "https://a.example/"),
            Fetched("é".encode("cp1252"), "text/html; charset=latin1"),
            HTML,
            Fetched(b"%PDF-1.4", url="https://b.example/"),
        ]
        plain, latin, html, picture = cleaner().clean_many(pages)
        assert plain.blocks[0].text == "<p>a</p>"
        assert plain.source == "https://a.example/"
        assert latin.encoding == Encoding("windows-1252", "header")
        assert html.source == ""
        assert picture.source == "https://b.example/"
        assert picture.outcome is Outcome.UNDECODABLE

    def test_an_unreadable_page_says_why(self) -> None:
        (article,) = cleaner().clean_many([b"%PDF-1.4"])
        assert article.verdict is Verdict.DROP
        assert article.drop_probability == 1.0
        assert "PDF" in article.message
        assert article.verdict_reasons == (article.message,)
        assert article.blocks == ()

    @pytest.mark.parametrize("count", [0, 1, 129])
    def test_pages_read_elsewhere_give_the_same_texts(self, count: int) -> None:
        sources = [f"<p>{HTML} Story number {number}.</p>" for number in range(count)]
        texts = cleaner().texts([read_markup(source) for source in sources])
        assert texts == [cleaner().clean(source).text for source in sources]

    @pytest.mark.parametrize(
        "page", [HTML, HTML.encode(), bytearray(b"<p>"), BeautifulSoup(HTML, "html.parser")]
    )
    def test_a_single_page_is_refused_at_once_where_many_are_expected(self, page: object) -> None:
        with pytest.raises(CallerError, match=r"pass \[page\], or use clean"):
            cleaner().clean_many(page)  # type: ignore[arg-type]

    @pytest.mark.parametrize("good", [0, 1, 129])
    def test_what_is_no_page_keeps_none_before_it_back(self, good: int) -> None:
        articles = cleaner().clean_many([*[HTML] * good, None, HTML])  # type: ignore[list-item]
        assert [next(articles).text for _ in range(good)] == [cleaner().clean(HTML).text] * good
        with pytest.raises(CallerError, match="NoneType"):
            next(articles)

    def test_nor_does_an_iterable_that_raises(self) -> None:
        def pages() -> Iterator[str]:
            yield HTML
            raise OSError("the crawl has ended")

        articles = cleaner().clean_many(pages())
        assert next(articles).text == cleaner().clean(HTML).text
        with pytest.raises(OSError, match="the crawl has ended"):
            next(articles)

    @pytest.mark.parametrize("count", [1, 127, 128, 129])
    def test_any_number_of_pages_gives_as_many_articles(self, count: int) -> None:
        articles = list(cleaner().clean_many(f"<p>Story number {number}.</p>" for number in range(count)))
        assert [article.blocks[0].text for article in articles] == [
            f"Story number {n}." for n in range(count)
        ]
