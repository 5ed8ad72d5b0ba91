"""Cases from the markup of whole pages: spam in them, news in their place, spam in their place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from filter.context import SUSPECT_CHARACTERS
from filter.errors import CallerError
from filter.training.cases import Case, Sort
from filter.training.corpora import NewsArticle, SpamBlock, SpamDocument
from filter.training.endings import ENDINGS
from filter.training.markup_cases import markup_cases, pure_markup_cases
from filter.training.markup_hosts import (
    ARTICLE,
    NEWS,
    MarkupHost,
    Templates,
    news_hosts,
    read_markup_hosts,
)
from filter.training.markup_splice import FEWEST_PARAGRAPHS
from filter.training.pages import SEGMENTS_FOLDER, WCXB_FOLDER, page_of

COOKIES = "Cookies help us and others to deliver this site to you."
STORY = [f"The ferry board of Skarvik put off plan number {n} again on Monday night." for n in range(6)]


def markup_of(paragraphs: Sequence[str], extra: str = "") -> str:
    """A page of an outlet that does not exist."""
    story = "".join(f"<p>{text}</p>" for text in paragraphs)
    head = '<head><title>Ferry board</title><meta name="description" content="It met."></head>'
    body = f"<nav>Home</nav><main>{story}</main>{extra}<footer>{COOKIES}</footer>"
    return f"<html>{head}<body>{body}</body></html>"


def host(
    paragraphs: Sequence[str] = STORY, extra: str = "", *, page_type: str = ARTICLE, name: str = "ferry"
) -> MarkupHost:
    """The same page with its main content known: all of the story."""
    html = markup_of(paragraphs, extra)
    page = page_of(html)
    main = np.array([text in paragraphs for text in page.texts])
    return MarkupHost(name, "skarvik.example", page_type, "en", html, page, main)


def document(name: str = "d") -> SpamDocument:
    """A document of a seller that does not exist."""
    blocks = tuple(
        SpamBlock(f"Our friendly crew number {n} packs your whole flat in one day.", "paragraph", 1, 12)
        for n in range(4)
    )
    return SpamDocument(name, "Norvik movers", "movers", "selling", "no", blocks)


def article(title: str = "Quay reopens", language: str = "da") -> NewsArticle:
    """An article of another outlet that does not exist."""
    texts = tuple(f"The harbour master of Lund reopened quay {n} to fishing boats today." for n in range(5))
    return NewsArticle("quay", "Lund Tidende", "other", language, title, texts, own_breaks=True)


def random(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)


def made(hosts: Sequence[MarkupHost], rounds: int = 1, *, for_training: bool = False) -> list[Case]:
    return markup_cases(hosts, [document()], random(), rounds, for_training=for_training)


def read_texts(case: Case) -> list[str]:
    """Texts of the blocks that the second pass reads."""
    return [text for text, read in zip(case.page.texts, case.read, strict=True) if read]


def told(case: Case, flags: Sequence[bool]) -> list[str]:
    """Texts of the read blocks for which a flag is up."""
    return [text for text, flag in zip(read_texts(case), flags, strict=True) if flag]


class TestCleanCases:
    """Pages as they are."""

    def test_every_page_has_a_case_that_reads_its_main_content_and_knows_of_no_spam(self) -> None:
        (case,) = made([host()], rounds=0)
        assert set(STORY) <= set(read_texts(case))
        assert (case.sort, any(case.spam)) == (Sort.CLEAN, False)

    def test_what_is_read_outside_the_main_content_is_furniture(self) -> None:
        cases = [case for case in made([host()] * 80, rounds=0) if COOKIES in read_texts(case)]
        assert cases
        assert all(told(case, case.furniture) == [COOKIES] for case in cases)

    def test_some_of_what_passes_for_main_content_is_read_and_no_short_line_ever(self) -> None:
        cases = made([host()] * 200, rounds=0)
        assert 5 < sum(COOKIES in read_texts(case) for case in cases) < 40
        assert not any("Home" in read_texts(case) for case in cases)

    @pytest.mark.parametrize(
        ("length", "read"), [(SUSPECT_CHARACTERS, True), (SUSPECT_CHARACTERS - 1, False)]
    )
    def test_hidden_prose_is_read_and_hidden_labels_are_not(self, length: int, read: bool) -> None:
        hidden = "h" * length
        cases = made([host(extra=f"<div hidden>{hidden}</div>")] * 9, rounds=0)
        assert {hidden in read_texts(case) for case in cases} == {read}

    def test_what_only_a_style_sheet_hides_is_not_read_for_that(self) -> None:
        extra = f"<style>.x{{display:none}}</style><div class=x>{'h' * SUSPECT_CHARACTERS}</div>"
        assert any(len(read_texts(case)) == len(STORY) for case in made([host(extra=extra)] * 9, rounds=0))

    def test_the_subject_is_what_the_page_declares(self) -> None:
        assert made([host()], rounds=0)[0].title == "Ferry board\nIt met."

    def test_a_case_remembers_where_it_is_from(self) -> None:
        (case,) = made([host(page_type="forum")], rounds=0)
        assert case.facts == {
            "language": "en",
            "page type": "forum",
            "outlet": "skarvik.example",
            "name": "ferry",
        }
        (case,) = made([replace(host(), language="")], rounds=0)
        assert case.facts["language"] == "unknown"

    def test_a_page_of_which_nothing_is_read_makes_no_case(self) -> None:
        assert made([host([], page_type="forum")], rounds=0) == []


class TestSplicedCases:
    """Articles with spam in their markup."""

    def test_each_article_is_spliced_as_often_as_there_are_rounds(self) -> None:
        cases = made([host()], rounds=3)
        assert [case.sort for case in cases] == [Sort.CLEAN] + [Sort.SPLICED] * 3

    def test_all_that_was_put_in_is_read_and_nothing_else_is_spam(self) -> None:
        own = set(host().page.texts)
        for case in made([host()], rounds=40)[1:]:
            added = [text for text in case.page.texts if text not in own]
            assert added
            assert told(case, case.spam) == added
            assert not set(told(case, case.furniture)) & {*added, *STORY}

    def test_in_training_some_is_overlooked_now_and_then_and_never_all(self) -> None:
        own = {*host().page.texts, *ENDINGS}
        spliced = [
            case for case in made([host()], rounds=200, for_training=True) if case.sort is Sort.SPLICED
        ]
        put_in = [[text for text in case.page.texts if text not in own] for case in spliced]
        read = [told(case, case.spam) for case in spliced]
        assert all(read)
        assert all(set(some) <= set(texts) for some, texts in zip(read, put_in, strict=True))
        partly = sum(len(some) < len(texts) for some, texts in zip(read, put_in, strict=True))
        assert 20 <= partly <= 80

    def test_the_main_content_of_the_host_is_still_read(self) -> None:
        assert all(set(STORY) <= set(read_texts(case)) for case in made([host()], rounds=40))

    def test_a_case_tells_what_was_put_in_and_how_much(self) -> None:
        for case in made([host()], rounds=40)[1:]:
            blocks = sum(case.spam)
            expected = {1: "1", 2: "2-3", 3: "2-3"}.get(blocks, "4-9")
            assert (case.facts["form"], case.facts["blocks"]) == ("markup", expected)
            assert (case.facts["niche"], case.facts["spam language"]) == ("movers", "no")
        sites = {case.facts["site"] for case in made([host()], rounds=80)[1:]}
        assert len(sites) == 8

    def test_ten_blocks_are_many(self) -> None:
        first = document().blocks[0]
        blocks = tuple(replace(first, text=f"{n}. {first.text}") for n in range(30))
        cases = markup_cases(
            [host()], [replace(document(), blocks=blocks)], random(), 400, for_training=False
        )
        sizes = {sum(case.spam): case.facts["blocks"] for case in cases if case.sort is Sort.SPLICED}
        assert {size: name for size, name in sizes.items() if size in (9, 10)} == {9: "4-9", 10: "10+"}
        assert sizes[30] == "10+"

    @pytest.mark.parametrize(("page_type", "spliced"), [(ARTICLE, 1), (NEWS, 1), ("forum", 0), ("", 0)])
    def test_only_articles_are_spliced(self, page_type: str, spliced: int) -> None:
        assert len(made([host(page_type=page_type)])) == 1 + spliced

    @pytest.mark.parametrize(("paragraphs", "spliced"), [(FEWEST_PARAGRAPHS, 1), (FEWEST_PARAGRAPHS - 1, 0)])
    def test_only_pages_of_several_paragraphs_are_spliced(self, paragraphs: int, spliced: int) -> None:
        assert len(made([host(STORY[:paragraphs])])) == 1 + spliced

    def test_lines_that_stand_under_articles_are_genuine_with_spam_and_without(self) -> None:
        cases = made([host()], rounds=40, for_training=True)
        dressed = [case for case in cases if set(ENDINGS) & set(case.page.texts)]
        assert {case.sort for case in dressed} == {Sort.CLEAN, Sort.SPLICED}
        for case in dressed:
            lines = set(ENDINGS) & set(case.page.texts)
            assert lines <= set(read_texts(case))
            assert not lines & {*told(case, case.spam), *told(case, case.furniture)}

    def test_half_the_rounds_have_such_lines_and_a_clean_case_beside_each(self) -> None:
        cases = made([host()], rounds=60, for_training=True)
        clean = [case for case in cases if case.sort is Sort.CLEAN]
        assert 20 <= len(clean) - 1 <= 40
        assert len(cases) - len(clean) == 60
        assert all(set(ENDINGS) & set(case.page.texts) for case in clean[1:])

    def test_they_stand_behind_the_last_paragraph_and_spam_behind_them(self) -> None:
        cases = made([host()], rounds=40, for_training=True)
        for case in cases:
            texts = case.page.texts
            if set(ENDINGS) & set(texts):
                assert texts[texts.index(STORY[-1]) + 1] in ENDINGS
                assert texts[-1] == COOKIES or case.sort is Sort.SPLICED


class TestTemplates:
    """Pages whose article can be replaced."""

    @pytest.mark.parametrize(("paragraphs", "taken"), [(FEWEST_PARAGRAPHS, 1), (FEWEST_PARAGRAPHS - 1, 0)])
    def test_they_have_an_article_of_several_paragraphs(self, paragraphs: int, taken: int) -> None:
        assert len(Templates.of([host(STORY[:paragraphs])]).hosts) == taken

    @pytest.mark.parametrize("page_type", ["forum", NEWS, ""])
    def test_pages_of_other_types_are_none(self, page_type: str) -> None:
        assert Templates.of([host(page_type=page_type)]).hosts == []

    def test_each_keeps_the_places_of_its_own_paragraphs(self) -> None:
        hosts = [host(STORY[:2]), host(STORY[:4], name="four"), host(STORY, name="six")]
        templates = Templates.of(hosts)
        assert [own.name for own in templates.hosts] == ["four", "six"]
        assert [len(ends) for ends in templates.ends] == [4, 6]
        for own, ends in zip(templates.hosts, templates.ends, strict=True):
            assert all(own.html[:end].endswith("</p>") for end in ends)

    def test_the_new_text_is_the_main_content_and_the_rest_of_the_page_is_not(self) -> None:
        blocks = document().blocks
        made = Templates.of([host()]).with_text("Flats & vans", blocks, random())
        assert made.main_texts() == [block.text for block in blocks]
        assert [text for text in made.page.texts if text not in made.main_texts()] == ["Home", COOKIES]
        assert made.page.declarations.title == "Flats & vans"
        assert not set(STORY) & set(made.page.texts)

    def test_every_template_has_its_turn(self) -> None:
        templates = Templates.of([host(name="a"), host(name="b"), host(name="c")])
        chance = random()
        names = {templates.with_text("t", document().blocks, chance).name for _ in range(60)}
        assert names == {"a", "b", "c"}


class TestNewsHosts:
    """News articles on the pages of others."""

    def hosts(self, count: int = 10, **changes: str) -> list[MarkupHost]:
        """One article of an outlet in Danish, on the same page again and again."""
        return news_hosts(Templates.of([host()]), [article(**changes)], random(), count)

    def test_they_are_news_by_type_name_and_language(self) -> None:
        kinds = {(own.name, own.page_type, own.language) for own in self.hosts()}
        assert kinds == {("ferry with quay", NEWS, "da")}

    def test_their_main_content_is_the_article(self) -> None:
        assert all(own.main_texts() == list(article().paragraphs) for own in self.hosts())

    def test_they_are_called_by_their_headline_or_else_by_their_first_line(self) -> None:
        assert self.hosts()[0].page.declarations.title == "Quay reopens"
        assert self.hosts(title="")[0].page.declarations.title == article().paragraphs[0]

    def test_one_in_ten_of_their_paragraphs_is_linked(self) -> None:
        linked = [bool(links) for own in self.hosts(300) for links in own.page.links]
        paragraphs = 5 * len(self.hosts(300))
        assert 0.05 < sum(linked) / paragraphs < 0.15

    def test_they_are_spliced_as_articles_are(self) -> None:
        clean, spliced = made(self.hosts()[:1])
        assert (clean.facts["page type"], spliced.sort) == (NEWS, Sort.SPLICED)


class TestPureCases:
    """Pages that are spam from end to end."""

    def test_a_document_in_the_place_of_the_article_is_spam_and_the_rest_furniture(self) -> None:
        templates = Templates.of([host()])
        cases = [*pure_markup_cases(templates, [document(str(n)) for n in range(60)], random())]
        assert len(cases) == 60
        for case in cases:
            assert told(case, case.spam) == [block.text for block in document().blocks]
            assert set(told(case, case.furniture)) <= {COOKIES}
        assert any(COOKIES in read_texts(case) for case in cases)

    def test_a_case_tells_what_it_is_and_takes_its_title_from_the_spam(self) -> None:
        (case,) = pure_markup_cases(Templates.of([host()]), [document()], random())
        assert case.sort is Sort.PURE
        assert case.facts == {"niche": "movers", "style": "selling", "spam language": "no"}
        assert case.title == document().blocks[0].text

    def test_a_document_that_leaves_no_block_makes_no_case(self) -> None:
        blank = replace(document(), blocks=(SpamBlock(" ", "paragraph", 0, 0),))
        assert pure_markup_cases(Templates.of([host()]), [blank], random()) == []


class TestReading:
    """Hosts from the corpora's folders."""

    def corpora(self, folder: Path) -> Path:
        """Two corpora of one page each, one more that holds no block."""
        wcxb, segments = folder / WCXB_FOLDER, folder / SEGMENTS_FOLDER
        for inner in (wcxb / "html", wcxb / "ground-truth", segments / "html"):
            inner.mkdir(parents=True)
        for name, html, gold in (("1", markup_of(STORY), "\n".join(STORY)), ("2", "", None)):
            (wcxb / "html" / f"{name}.html.gz").write_bytes(gzip.compress(html.encode()))
            record = {
                "url": "https://www.skarvik.example/a",
                "ground_truth": {"main_content": gold},
                "_internal": {"page_type": {"primary": "article"}},
            }
            (wcxb / "ground-truth" / f"{name}.json").write_text(json.dumps(record))
        page = markup_of(STORY).replace("<html>", "<html lang=NB-no>")
        (segments / "html" / "a.gz").write_bytes(gzip.compress(page.encode()))
        record = {"url": "https://lund.example/", "with": ["number 0", "number 5"], "without": ["Cookies"]}
        (segments / "segments.json").write_text(json.dumps({"a": record}))
        return folder

    def test_pages_of_both_corpora_become_hosts_if_they_hold_a_block(self, tmp_path: Path) -> None:
        hosts = read_markup_hosts(self.corpora(tmp_path))
        assert [(own.domain, own.page_type, own.language) for own in hosts] == [
            ("skarvik.example", "article", "en"),
            ("lund.example", ARTICLE, "nb"),
        ]

    def test_their_main_content_is_what_the_gold_says(self, tmp_path: Path) -> None:
        for own in read_markup_hosts(self.corpora(tmp_path)):
            assert own.main_texts() == STORY
            assert own.page.texts == ["Home", *STORY, COOKIES]

    @pytest.mark.parametrize("missing", [WCXB_FOLDER, SEGMENTS_FOLDER])
    def test_both_must_be_there(self, tmp_path: Path, missing: str) -> None:
        corpora = self.corpora(tmp_path)
        (corpora / missing).rename(tmp_path / "elsewhere")
        with pytest.raises(CallerError, match=missing):
            read_markup_hosts(corpora)
