"""Splices: the host stays as it was, and every block put in is marked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.training.corpora import NewsArticle, SpamBlock, SpamDocument
from filter.training.splice import Form, Site, Splice, Splicer


def article(paragraphs: int = 5, language: str = "en") -> NewsArticle:
    """An article of an outlet that does not exist."""
    texts = tuple(f"The council met for the {number}. time on Monday." for number in range(paragraphs))
    return NewsArticle("n", "Harbour Courier", "other", language, "Council meets", texts, own_breaks=True)


def document(
    niche: str = "movers", language: str = "en", kind: str = "paragraph", *, composed: bool = False
) -> SpamDocument:
    """Six blocks of a seller that does not exist."""
    blocks = tuple(
        SpamBlock(f"Our friendly {niche} crew number {n} packs your whole flat in one day.", kind, 1, 12)
        for n in range(6)
    )
    return SpamDocument("d", f"{niche} {language}", niche, "selling", language, blocks, composed)


def splices(count: int, *documents: SpamDocument) -> list[Splice]:
    """So many splices of the same article."""
    splicer = Splicer(documents or (document(),), np.random.default_rng(1))
    return [splicer.splice(article()) for _ in range(count)]


@given(st.integers(0, 2**32 - 1), st.integers(2, 9))
def test_without_what_was_put_in_the_host_is_left(seed: int, paragraphs: int) -> None:
    host = article(paragraphs)
    splice = Splicer([document(), document(kind="anchors")], np.random.default_rng(seed)).splice(host)
    left = [block.text for block, spam in zip(splice.blocks, splice.spam, strict=True) if not spam]
    assert tuple(left) == host.paragraphs
    assert any(splice.spam)


def test_at_the_end_means_after_the_last_paragraph_and_in_the_middle_before_it() -> None:
    for splice in splices(80):
        first = splice.spam.index(True)
        last = len(splice.spam) - splice.spam[::-1].index(True)
        if splice.site is Site.END:
            assert first == 5
        elif splice.site is Site.MIDDLE:
            assert last < len(splice.spam)
        else:
            assert first < 5
            assert splice.spam[-1]


def test_a_quarter_of_the_passages_are_composed_however_many_niches_these_have() -> None:
    composed = [document(f"trade {number}", composed=True) for number in range(50)]
    drawn = splices(400, document("movers"), *composed)
    assert 50 < sum(splice.niche != "movers" for splice in drawn) < 150


@pytest.mark.parametrize("composed", [False, True])
def test_documents_that_are_all_of_one_kind_are_all_drawn_from(composed: bool) -> None:
    drawn = splices(100, document("movers", composed=composed), document("loans", composed=composed))
    assert {splice.niche for splice in drawn} == {"movers", "loans"}


def test_every_site_and_form_is_drawn() -> None:
    drawn = splices(200, document(), document(kind="anchors"))
    assert {splice.site for splice in drawn} == set(Site)
    assert {splice.form for splice in drawn} == set(Form)


def test_the_same_seed_gives_the_same_splices() -> None:
    assert splices(10) == splices(10)


def test_a_brand_line_comes_before_its_passage() -> None:
    branded = [splice for splice in splices(80) if splice.form is Form.BRAND]
    assert branded
    for splice in branded:
        assert splice.blocks[splice.spam.index(True)].kind == "heading"


def test_small_niches_are_drawn_more_often_than_their_size_says() -> None:
    many = [document("casino") for _ in range(99)]
    drawn = splices(300, *many, document("vpn"))
    share = sum(splice.niche == "vpn" for splice in drawn) / len(drawn)
    assert share > 0.04


@pytest.mark.parametrize("language", ["en", "de"])
def test_spam_in_the_language_of_the_host_is_preferred(language: str) -> None:
    splicer = Splicer([document(language="en"), document(language="de")], np.random.default_rng(1))
    drawn = [splicer.splice(article(language=language)).language for _ in range(100)]
    assert drawn.count(language) > 75
    assert len(set(drawn)) == 2
