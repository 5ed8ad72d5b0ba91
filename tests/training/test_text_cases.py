"""Cases from texts: news, the main content of other pages, and spam, with the truth beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from filter.markup import read_markup
from filter.training.cases import Sort
from filter.training.corpora import NewsArticle, SpamBlock, SpamDocument
from filter.training.endings import ENDINGS, dress
from filter.training.markup_hosts import MarkupHost
from filter.training.splice import Splicer
from filter.training.text_cases import (
    CaseMaker,
    clean_case,
    page_cases,
    pure_case,
    spliced_case,
    spliced_page_cases,
)


def article(name: str = "a", outlet: str = "Harbour Courier", language: str = "en") -> NewsArticle:
    """An article of an outlet that does not exist."""
    texts = tuple(f"The council of {outlet} met for the {n}. time on Monday." for n in range(6))
    return NewsArticle(name, outlet, "other", language, "Council meets", texts, own_breaks=True)


def document() -> SpamDocument:
    """A document of a seller that does not exist."""
    blocks = tuple(
        SpamBlock(f"Our friendly crew number {n} packs your whole flat in one day.", "paragraph", 1, 12)
        for n in range(4)
    )
    return SpamDocument("d", "Norvik movers", "movers", "selling", "en", blocks)


def maker(*articles: NewsArticle) -> CaseMaker:
    """A maker with a fixed seed."""
    return CaseMaker(articles or (article(),), [document()], np.random.default_rng(5))


def test_a_clean_case_reads_everything_and_knows_of_no_spam() -> None:
    case = clean_case(article())
    assert case.page.texts == list(article().paragraphs)
    assert all(case.read)
    assert not any(case.spam)
    assert case.title == "Council meets"


def test_a_spliced_case_marks_what_was_put_in() -> None:
    case = spliced_case(article(), Splicer([document()], np.random.default_rng(1)))
    left = [text for text, spam in zip(case.page.texts, case.spam, strict=True) if not spam]
    assert left == list(article().paragraphs)
    assert case.sort is Sort.SPLICED
    assert case.facts["niche"] == "movers"


def test_a_pure_case_is_spam_from_end_to_end_under_its_headline() -> None:
    case = pure_case(document())
    assert case.title == document().blocks[0].text
    assert case.read == (False, True, True, True)
    assert case.spam == (True, True, True)


def test_a_long_first_block_is_no_headline() -> None:
    long = replace(document().blocks[0], text="word " * 40)
    case = pure_case(replace(document(), blocks=(long, *document().blocks)))
    assert case.title == ""
    assert all(case.read)
    assert len(case.spam) == 5


def test_some_hosts_come_without_a_headline() -> None:
    titles = {case.title for case in maker().spliced(100)}
    assert titles == {"", "Council meets"}


def test_news_glued_on_is_no_spam() -> None:
    cases = maker(article(), article("b", "Westmark Post")).clean(200)
    mixed = [case for case in cases if len({text.split(" met")[0] for text in case.page.texts}) > 1]
    assert mixed
    assert not any(any(case.spam) for case in cases)


def test_big_outlets_are_drawn_less_often_than_their_size_says() -> None:
    many = [article(f"a{n}") for n in range(99)]
    cases = maker(*many, article("b", "Westmark Post")).spliced(400)
    share = sum(case.facts["outlet"] == "Westmark Post" for case in cases) / len(cases)
    assert share == pytest.approx(1 / (1 + 99**0.5), abs=0.05)


def test_dressing_adds_lines_and_takes_none_away() -> None:
    random = np.random.default_rng(2)
    dressed = [dress(article(), random) for _ in range(50)]
    assert any(len(one.paragraphs) > 6 for one in dressed)
    assert any(one.paragraphs[-1] in ENDINGS for one in dressed)
    for one in dressed:
        assert [text for text in one.paragraphs if text in article().paragraphs] == list(article().paragraphs)


def host(page_type: str = "article", main: Sequence[bool] = (False, True, True, True)) -> MarkupHost:
    """A page of a guide that does not exist; its first block is a menu."""
    texts = ["Menu", *(f"Step {n}: grease the chain of the bicycle every {n} weeks." for n in range(1, 4))]
    page = read_markup("<title>Chains</title>" + "".join(f"<p>{text}</p>" for text in texts))
    return MarkupHost("h", "guide.example", page_type, "", "", page, np.array(main))


def test_a_page_is_read_as_the_text_of_its_main_content() -> None:
    (case,) = page_cases([host("service")])
    assert case.page.texts == host().page.texts[1:]
    assert not case.page.is_markup
    assert (case.title, case.sort, any(case.spam)) == ("Chains", Sort.CLEAN, False)
    assert (case.facts["page type"], case.facts["language"]) == ("service", "en")


def test_a_page_of_a_single_block_tells_nothing_of_breaks() -> None:
    alone, two = host(main=(False, True, False, False)), host(main=(False, True, True, False))
    assert len(list(page_cases([alone, two]))) == 1
    assert len(list(spliced_page_cases([alone, two], [document()], np.random.default_rng(0)))) == 2


def test_of_pages_articles_alone_get_spam_put_in() -> None:
    cases = spliced_page_cases([host(), host("service")], [document()], np.random.default_rng(0))
    assert [(case.facts["page type"], case.sort) for case in cases] == [
        ("article", Sort.CLEAN),
        ("article", Sort.SPLICED),
        ("service", Sort.CLEAN),
    ]
