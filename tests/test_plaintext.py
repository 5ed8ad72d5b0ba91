"""Plain text: told from HTML, and cut into paragraphs."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.plaintext import looks_like_html, paragraphs

COUNCIL = (
    "The town council of Lindenau voted on Monday evening to rebuild the old market hall, which has stood "
    "empty since a storm took half of its roof four winters ago. Work is to begin in spring, and it should "
    "cost about nine million crowns, a third of which the province has promised to pay."
)
TRADERS = (
    "Traders who had moved to the car park behind the station said they were relieved, though several feared "
    "that rents would rise once the hall is open again. The mayor answered that stalls under ten square "
    "metres would keep their old price for at least five years."
)
VOTE = "Eleven members voted in favour, four against, and two stayed away from the meeting altogether."


class TestLooksLikeHtml:
    """What makes a text HTML, and what doesn't."""

    @pytest.mark.parametrize(
        "text",
        [
            "<!DOCTYPE html><title>News</title>",
            "\n  <html lang=en>",
            "\ufeff<HTML>",
            "<?xml version='1.0'?><html/>",
            "<!-- saved page --><p>News</p>",
            "<p>News of the day",
            "<div class='story'>News</div>",
            "<news-story>News</news-story>",
            "<b>News</b> of the day",
            "<a href='/news'>News</a>",
            "Headline\n<p>First paragraph.</p>\n<p>Second.</p>",
            "First line<br>second line<br />third line",
            "<h1>One</h1>Two",
            "<div class='" + "a " * 40_000 + "'>News</div>",
        ],
    )
    def test_markup_is_html(self, text: str) -> None:
        assert looks_like_html(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            COUNCIL,
            "If a < b and b < c, then a < c.",
            "The <b> tag makes bold text, and the <p> tag a paragraph.",
            "A paragraph starts with <p> and may end with </p>, a line break is <br> alone.",
            "<b> was the first tag I learned.",
            "<3 is a heart, and <- an arrow.",
            "<John Smith> wrote: hello",
            "<https://news.example/story> has more.",
            "x <y> z\n" * 100,
        ],
    )
    def test_text_that_mentions_tags_is_text(self, text: str) -> None:
        assert not looks_like_html(text)

    def test_one_structural_tag_is_a_slip_and_two_are_markup(self) -> None:
        assert not looks_like_html("News.\n<p>More of it.")
        assert looks_like_html("News.\n<p>More of it.\n<p>And more.")

    def test_a_few_lines_of_code_in_a_long_article_do_not(self) -> None:
        code = "\n<p>\n<ul>\n<table>\n"
        assert looks_like_html("a" * (3 * 1_500 - len(code)) + code)
        assert not looks_like_html("a" * (3 * 1_500 + 1 - len(code)) + code)

    def test_only_the_beginning_is_looked_at(self) -> None:
        assert not looks_like_html("a" * 65_536 + "\n<p>b</p>\n<p>c</p>")


class TestOneParagraphALine:
    """Text with one paragraph a line."""

    def test_every_line_is_a_paragraph(self) -> None:
        assert paragraphs(f"{COUNCIL}\n{TRADERS}\n{VOTE}") == [COUNCIL, TRADERS, VOTE]

    def test_short_lines_are_paragraphs_too(self) -> None:
        lines = ["Market hall to be rebuilt", "By Ada Quill", "12 May", COUNCIL, "Share this story"]
        assert paragraphs("\n".join(lines)) == lines

    def test_lists_of_headlines_stay_apart(self) -> None:
        lines = [
            "Council votes to rebuild the market hall in Lindenau by spring",
            "Traders fear that rents will rise once the hall has opened",
            "Province promises a third of the nine million crowns needed",
            "Storm of four winters ago took half of the old hall's roof",
        ]
        assert paragraphs("\n".join(lines)) == lines

    def test_sentences_of_like_length_stay_apart(self) -> None:
        lines = [
            "市议会周一晚上投票决定重建旧市场大厅，四年前的一场风暴掀掉了它一半的屋顶，此后一直空置至今。"
        ] * 5
        assert paragraphs("\n".join(lines)) == lines

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\v", "\u2028", "\u2029", "\x85"])
    def test_lines_may_end_in_any_way(self, end: str) -> None:
        assert paragraphs(f"One.{end}Two.{end}{end}Three.") == ["One.", "Two.", "Three."]

    def test_white_space_is_folded(self) -> None:
        assert paragraphs(" One\t\u00a0two\u3000 three  ") == ["One two three"]

    def test_invisible_characters_go_but_joiners_that_shape_letters_stay(self) -> None:
        assert paragraphs("\ufeffmar\u00adket\u200b ha\u2060ll \u200b") == ["market hall"]
        assert paragraphs("می\u200cخواهم") == ["می\u200cخواهم"]

    @pytest.mark.parametrize("nothing", ["", "\n\n", " \t\u00a0\n\u200b"])
    def test_nothing_makes_no_paragraph(self, nothing: str) -> None:
        assert paragraphs(nothing) == []


class TestHardWrapped:
    """Text wrapped at a width, with blank lines between paragraphs."""

    @pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
    def test_paragraphs_are_joined_again(self, width: int) -> None:
        wrapped = "\n\n".join(textwrap.fill(text, width) for text in (COUNCIL, TRADERS, VOTE))
        assert paragraphs(wrapped) == [COUNCIL, TRADERS, VOTE]

    def test_with_windows_line_ends_too(self) -> None:
        wrapped = "\r\n\r\n".join(
            textwrap.fill(text, 72).replace("\n", "\r\n") for text in (COUNCIL, TRADERS)
        )
        assert paragraphs(wrapped) == [COUNCIL, TRADERS]

    def test_a_headline_on_top_stays_apart(self) -> None:
        wrapped = f"Market hall to be rebuilt\n{textwrap.fill(COUNCIL, 72)}\n\n{textwrap.fill(TRADERS, 72)}"
        assert paragraphs(wrapped) == ["Market hall to be rebuilt", COUNCIL, TRADERS]

    def test_a_masthead_and_a_footer_on_a_short_story_stay_apart_line_by_line(self) -> None:
        head = ["The Lindenau News", "No. 14", "Market hall to be rebuilt", "By Ida Berg"]
        foot = ["--", "Desk: 14"]
        wrapped = "\n\n".join(("\n".join(head), textwrap.fill(COUNCIL, 72), "\n".join(foot)))
        assert paragraphs(wrapped) == [*head, COUNCIL, *foot]

    @pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "(2) "])
    def test_bullets_stay_apart_and_keep_their_lines_together(self, mark: str) -> None:
        items = [
            textwrap.fill(mark + text, 72, subsequent_indent=" " * len(mark)) for text in (TRADERS, COUNCIL)
        ]
        wrapped = "\n".join([textwrap.fill(COUNCIL, 72), *items])
        assert paragraphs(wrapped) == [COUNCIL, mark + TRADERS, mark + COUNCIL]

    def test_a_dash_or_number_in_mid_sentence_is_no_bullet(self) -> None:
        text = (
            "The hall, which the council of Lindenau voted to rebuild on Monday\n"
            "- and which traders want back - will open again in the spring of\n"
            "12. that much is sure, said the mayor after the long vote was over."
        )
        assert paragraphs(text) == [" ".join(text.split())]

    def test_indents_begin_paragraphs(self) -> None:
        wrapped = "\n".join(textwrap.fill(text, 72, initial_indent="   ") for text in (COUNCIL, TRADERS))
        assert paragraphs(wrapped) == [COUNCIL, TRADERS]

    def test_words_divided_at_their_hyphen_are_joined_without_a_space(self) -> None:
        text = (
            "The hall was built by a well-known architect who also drew the town-\n"
            "owned baths, and it was paid for by a tax on salt that nobody liked,\n"
            "as the mayor said."
        )
        assert "the town-owned baths" in paragraphs(text)[0]

    def test_languages_without_spaces_are_joined_without_them(self) -> None:
        sentence = (
            "市议会周一晚上投票决定重建旧市场大厅四年前的一场风暴掀掉了它一半的屋顶此后这里一直空置" * 4
        )
        wrapped = "\n".join(sentence[place : place + 45] for place in range(0, len(sentence), 45))
        assert paragraphs(wrapped) == [sentence]

    def test_a_long_address_does_not_hide_the_width(self) -> None:
        address = "https://news.example/" + "market-hall-" * 12
        wrapped = "\n\n".join([*(textwrap.fill(text, 60) for text in [COUNCIL, TRADERS] * 3), address])
        assert paragraphs(wrapped) == [COUNCIL, TRADERS] * 3 + [address]

    def test_lines_of_121_characters_are_not_wrapped_and_of_120_are(self) -> None:
        for width, count in ((120, 1), (122, 3)):
            word = "a" * (width // 2 - 1)
            lines = [f"{word} {'b' * (width - len(word) - 1)}"] * 3
            assert len(paragraphs("\n".join(lines))) == count


@given(st.text(alphabet=st.sampled_from("ab .-•1\n\r\t\u2028\u200b\u3000字<>/p"), max_size=300))
def test_nothing_is_lost_added_or_reordered(text: str) -> None:
    kept = "".join(text.replace("\u200b", "").split())
    assert "".join("".join(paragraphs(text)).split()) == kept


@given(st.text(max_size=300))
def test_paragraphs_are_folded_and_never_empty(text: str) -> None:
    for paragraph in paragraphs(text):
        assert paragraph.strip() == paragraph != ""
        assert re.search(r"\s\s|[^\S \xa0]", paragraph) is None
    looks_like_html(text)


@given(st.lists(st.sampled_from([COUNCIL, TRADERS, VOTE, "By Ada Quill"]), max_size=6))
def test_cutting_again_changes_nothing(texts: list[str]) -> None:
    assert paragraphs("\n".join(texts)) == texts
