"""Metadata: what a page says of itself, which statement is believed, and what junk is passed over."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from filter.article import Metadata
from filter.markup import read_markup
from filter.metadata import MOST_HEADINGS, MOST_TITLES, read_metadata
from filter.page import Declarations, Page, text_page


def metadata_of(head: str = "", body: str = "", html_attributes: str = "") -> Metadata:
    document = f"<!doctype html><html {html_attributes}><head>{head}</head><body>{body}</body></html>"
    return read_metadata(read_markup(document))


def json_ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def test_a_page_that_says_nothing_has_no_metadata() -> None:
    assert metadata_of() == Metadata()
    assert read_metadata(text_page(["The quay was closed.", "It opens again in May."])) == Metadata()


def test_a_news_page_says_it_all() -> None:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Quay closes for repairs",
        "author": [{"@type": "Person", "name": "Marta Oduya"}, {"@type": "Person", "name": "Jon Wexel"}],
        "datePublished": "2024-03-05T08:30:00+01:00",
        "publisher": {"@type": "Organization", "name": "Lindhaven Courier"},
    }
    head = (
        "<title>Quay closes for repairs | Lindhaven Courier</title>"
        '<link rel="canonical" href="https://courier.example/quay">' + json_ld(article)
    )

    assert metadata_of(head, "<h1>Quay closes for repairs</h1><p>It will.</p>", 'lang="en-GB"') == Metadata(
        headline="Quay closes for repairs",
        authors=("Marta Oduya", "Jon Wexel"),
        published="2024-03-05T08:30:00+01:00",
        site_name="Lindhaven Courier",
        language="en-GB",
        canonical_url="https://courier.example/quay",
    )


class TestHeadline:
    def test_a_heading_that_the_title_repeats_is_believed_without_the_site(self) -> None:
        metadata = metadata_of(
            "<title>Courier » Quay closes</title>", "<h1>The Courier</h1><h1>Quay closes</h1>"
        )

        assert metadata.headline == "Quay closes"

    def test_of_headings_that_the_title_holds_the_longest_is_believed(self) -> None:
        metadata = metadata_of("<title>Quay closes | Harbour</title>", "<h1>Harbour</h1><h1>Quay closes</h1>")

        assert metadata.headline == "Quay closes"

    def test_a_heading_with_which_nothing_agrees_still_beats_the_teaser(self) -> None:
        head = '<meta property="og:title" content="You will not believe this quay">'

        assert metadata_of(head, "<h1>Quay closes</h1>").headline == "Quay closes"

    @pytest.mark.parametrize(
        ("head", "headline"),
        [
            (
                json_ld({"@type": "Article", "headline": "From JSON-LD"}) + "<title>From the title</title>",
                "From JSON-LD",
            ),
            ('<meta property="og:title" content="From og"><title>From the title</title>', "From og"),
            ("<title>From\n the title</title>", "From the title"),
        ],
    )
    def test_without_a_heading_the_declarations_are_asked_in_turn(self, head: str, headline: str) -> None:
        assert metadata_of(head, "<p>It will.</p>").headline == headline

    def test_a_second_level_heading_that_the_title_repeats_beats_the_name_of_the_outlet(self) -> None:
        head = "<title>Quay closes | Courier</title>"

        assert metadata_of(head, "<h1>Courier</h1><h2>Quay closes</h2>").headline == "Quay closes"

    def test_a_heading_that_is_a_declared_title_from_end_to_end_beats_a_longer_one(self) -> None:
        head = "<title>Quay closes | The Harbour Courier</title>"
        headings = "<h1>The Harbour Courier</h1><h2>Quay closes</h2>"

        assert metadata_of(head, headings).headline == "The Harbour Courier"
        declared = '<meta property="og:title" content="Quay closes!">'
        assert metadata_of(head + declared, headings).headline == "Quay closes"

    @pytest.mark.parametrize(
        ("heading", "headline"), [("h1", "Read on"), ("h2", "Quay closes"), ("h3", "Quay closes")]
    )
    def test_a_lower_heading_with_which_nothing_agrees_is_not_asked(
        self, heading: str, headline: str
    ) -> None:
        body = f"<{heading}>Read on</{heading}>"

        assert metadata_of("<title>Quay closes</title>", body).headline == headline

    @pytest.mark.parametrize(("others", "headline"), [(-1, "Quay closes"), (0, "Harbour")])
    def test_only_so_many_headings_are_asked(self, others: int, headline: str) -> None:
        body = "<h1>Harbour</h1>" * (MOST_HEADINGS + others) + "<h1>Quay closes</h1>"

        assert metadata_of("<title>Quay closes | Harbour</title>", body).headline == headline

    @pytest.mark.parametrize(("others", "headline"), [(-1, "Quay closes"), (0, "Harbour")])
    def test_only_so_many_declared_titles_are_asked_but_the_pages_own_always(
        self, others: int, headline: str
    ) -> None:
        own = "<title>Harbour</title>"
        more = [
            {"@type": "Article", "headline": f"Story {number}"} for number in range(MOST_TITLES - 1 + others)
        ]
        last = {"@type": "Article", "headline": "Quay closes"}

        assert (
            metadata_of(own + json_ld([*more, last]), "<h1>Harbour</h1><h1>Quay closes</h1>").headline
            == headline
        )

    def test_a_title_that_is_declared_again_and_again_is_one(self) -> None:
        again = [{"@type": "Article", "headline": "The Harbour!"}] * MOST_TITLES
        last = {"@type": "Article", "headline": "Quay closes"}

        assert (
            metadata_of(json_ld([*again, last]), "<h1>Harbour</h1><h1>Quay closes</h1>").headline
            == "Quay closes"
        )

    def test_twenty_thousand_headings_and_titles_are_no_matter(self) -> None:
        head = json_ld([{"@type": "Article", "headline": f"Story {number}"} for number in range(20_000)])
        body = "".join(f"<h1>Quay {number}</h1>" for number in range(20_000))

        assert metadata_of(head, body).headline == "Quay 0"


class TestAuthors:
    def test_references_inside_a_graph_are_followed(self) -> None:
        graph = {
            "@graph": [
                {"@type": ["Article", "NewsArticle"], "author": {"@id": "#marta"}},
                {"@type": "Person", "@id": "#marta", "name": "Marta Oduya"},
            ]
        }

        assert metadata_of(json_ld(graph)).authors == ("Marta Oduya",)

    def test_persons_that_are_no_authors_of_the_article_are_not_taken(self) -> None:
        things = [{"@type": "Person", "name": "The Founder"}, {"@type": "Product", "author": "A Reviewer"}]

        assert metadata_of(json_ld(things)).authors == ()

    def test_an_address_is_no_author_and_the_next_statement_is_asked(self) -> None:
        head = (
            '<meta name="author" content="https://facebook.example/marta">'
            '<meta property="article:author" content="Marta Oduya">'
        )

        assert metadata_of(head).authors == ("Marta Oduya",)

    def test_the_site_is_no_author_of_its_own_pages(self) -> None:
        head = '<meta property="og:site_name" content="Courier"><meta name="author" content="Courier">'
        body = '<h1>Quay closes</h1><p class="byline">By Marta Oduya</p>'

        assert metadata_of(head, body).authors == ("Marta Oduya",)

    def test_a_declared_author_beats_the_visible_byline(self) -> None:
        body = "<h1>Quay closes</h1><p>By Somebody Else</p>"

        assert metadata_of('<meta name="author" content="Marta Oduya">', body).authors == ("Marta Oduya",)


class TestPublished:
    @pytest.mark.parametrize(
        ("stated", "published"),
        [
            ("2024-03-05", "2024-03-05"),
            ("2024-03-05T08:30:00Z", "2024-03-05T08:30:00+00:00"),
            ("2024-03-05T08:30+0100", "2024-03-05T08:30:00+01:00"),
        ],
    )
    def test_a_stated_moment_is_given_in_full(self, stated: str, published: str) -> None:
        assert metadata_of(json_ld({"@type": "Article", "datePublished": stated})).published == published
        assert (
            metadata_of(f'<meta property="article:published_time" content="{stated}">').published == published
        )

    def test_what_is_no_date_is_passed_over(self) -> None:
        head = json_ld({"@type": "Article", "datePublished": "yesterday"})

        assert metadata_of(head).published is None
        assert (
            metadata_of(head + '<meta name="datePublished" content="2024-03-05">').published == "2024-03-05"
        )

    def test_a_date_beside_the_headline_is_read(self) -> None:
        assert metadata_of(body="<h1>Quay closes</h1><p>5 March 2024</p>").published == "2024-03-05"

    def test_a_date_far_from_the_headline_is_not(self) -> None:
        paragraphs = "<p>The board met and talked at length.</p>" * 12

        assert metadata_of(body=f"<h1>Quay closes</h1>{paragraphs}<p>5 March 2024</p>").published is None


class TestLanguage:
    @pytest.mark.parametrize(
        ("html_attributes", "head", "language"),
        [
            ('lang="pt-BR"', "", "pt-BR"),
            ('lang="en_US"', "", "en-US"),
            ('lang="{{ locale }}"', '<meta property="og:locale" content="de_DE">', "de-DE"),
            ("", '<meta name="language" content="German">', None),
        ],
    )
    def test_a_language_tag_is_believed_and_anything_else_is_not(
        self, html_attributes: str, head: str, language: str | None
    ) -> None:
        assert metadata_of(head, html_attributes=html_attributes).language == language


class TestCanonicalUrl:
    def test_the_canonical_link_beats_open_graph(self) -> None:
        head = '<link rel="canonical" href="https://a.example/"><meta property="og:url" content="https://b.example/">'

        assert metadata_of(head).canonical_url == "https://a.example/"

    @pytest.mark.parametrize("href", ["/quay", "javascript:void(0)", ""])
    def test_only_a_whole_address_counts(self, href: str) -> None:
        assert metadata_of(f'<link rel="canonical" href="{href}">').canonical_url is None


def test_lone_surrogates_become_replacement_characters() -> None:
    thing = {"@type": "Article", "headline": "A \ud800 b", "author": ["C \udfff d", {"name": "E \ud800 f"}]}

    metadata = metadata_of(json_ld(thing), "<p>It will.</p>")

    assert metadata.headline == "A \ufffd b"
    assert metadata.authors == ("C \ufffd d", "E \ufffd f")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "author", "name", "headline", "publisher", "datePublished"]
            ),
            children | st.sampled_from(["Article", "NewsArticle", "#x"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    scripts=st.lists(_JSON.map(json.dumps) | st.text(max_size=30), max_size=3),
    metas=st.lists(
        st.tuples(
            st.sampled_from(["author", "og:title", "datepublished", "og:locale", "og:url"]),
            st.text(max_size=30),
        ),
        max_size=4,
    ),
)
@example(scripts=[json.dumps({"@type": "Article", "headline": f"&#{'9' * 5_000};"})], metas=[])
def test_nothing_that_a_page_says_raises(scripts: list[str], metas: list[tuple[str, str]]) -> None:
    declarations = Declarations(metas=metas, scripts=scripts)
    page = Page([], [], [], [], [], declarations=declarations)

    metadata = read_metadata(page)

    assert all(metadata.authors)
    assert metadata.headline != ""
