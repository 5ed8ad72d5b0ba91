"""What of pages is laid out as arrays."""

from __future__ import annotations

from filter.features.batch import ADDRESSES, LONGEST_ADDRESS, gather
from filter.features.words import split_words
from filter.markup import read_markup
from filter.page import text_page


def addresses_of(*hrefs: str) -> list[int]:
    """The hashed words of the addresses of a block with these links."""
    links = "".join(f'<a href="{href}">link</a> ' for href in hrefs)
    return gather([read_markup(f"<p>{links}")]).addresses.hashes.tolist()


def words_of(text: str) -> list[int]:
    return split_words([text]).hashes.tolist()


def test_the_words_of_an_address_are_read() -> None:
    assert addresses_of("/author/ada-lovelace") == words_of("author ada lovelace")


def test_so_many_addresses_of_a_block_are_read_and_no_more() -> None:
    hrefs = [f"/{name}" for name in ("one", "two", "three", "four", "five")]
    assert len(hrefs) == ADDRESSES + 1
    assert addresses_of(*hrefs) == addresses_of(*hrefs[:-1]) == words_of("one two three four")


def test_a_long_address_is_cut() -> None:
    start = "/" + "a" * (LONGEST_ADDRESS - 1)
    assert addresses_of(start + "/b") == addresses_of(start) != addresses_of("/" + "a" * 9 + "/b")


def test_text_without_links_has_no_addresses() -> None:
    batch = gather([text_page(["One.", "Two."]), read_markup("<p>Three.<p><a>Four</a>")])
    assert batch.addresses.counts.tolist() == [0, 0, 0, 0]


def test_images_are_those_of_each_block() -> None:
    batch = gather([text_page(["One."]), read_markup("<img><img><p>Two.<p>Three.</p><img><p>Four.")])
    assert batch.images.tolist() == [0, 2, 0, 1]
