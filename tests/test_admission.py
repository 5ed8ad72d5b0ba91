"""What is let in: no page that is too large to be one, nothing that is no text."""

import pytest

from filter.admission import MAXIMUM_BYTES, check_size, refuse_noise, refuse_signatures, too_many_blocks
from filter.article import Outcome
from filter.errors import PageError


def test_a_page_of_exactly_the_limit_is_let_in() -> None:
    check_size(b"12345", maximum_bytes=5)
    check_size("12345", maximum_bytes=5)


@pytest.mark.parametrize(("page", "unit"), [(b"123456", "bytes"), ("123456", "characters")])
def test_a_page_beyond_the_limit_is_refused_with_its_size(page: bytes | str, unit: str) -> None:
    with pytest.raises(PageError, match=f"has 6 {unit}, more than the limit of 5") as refusal:
        check_size(page, maximum_bytes=5)
    assert refusal.value.outcome is Outcome.TOO_LARGE


def test_the_usual_limit_is_fifty_megabytes() -> None:
    assert MAXIMUM_BYTES == 50_000_000


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\x7fELF\x02", "executable"),
    ],
)
def test_other_kinds_of_files_are_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(PageError, match=name) as refusal:
        refuse_signatures(data)
    assert refusal.value.outcome is Outcome.UNDECODABLE


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"\x1f\x8b\x08\x00", "gzip data: decompress it first"),
        ("<p>Page</p>".encode("utf-32"), "text in UTF-32: turn it into UTF-8 first"),
        (b"\x00\x00\xfe\xff\x00\x00\x00<", "text in UTF-32: turn it into UTF-8 first"),
        (b"%PDF-1.7", "a PDF document: leave it out, or fetch the page again"),
    ],
)
def test_what_to_do_depends_on_what_it_is(data: bytes, advice: str) -> None:
    with pytest.raises(PageError, match=advice):
        refuse_signatures(data)


def test_utf_16_is_no_utf_32() -> None:
    refuse_signatures("<p>Page</p>".encode("utf-16"))


def test_a_page_that_mentions_a_signature_is_no_such_file() -> None:
    refuse_signatures(b"<p>A PDF begins with %PDF-, a zip archive with PK\x03\x04.</p>")


def test_eight_control_characters_are_an_accident_and_nine_are_noise() -> None:
    refuse_noise(b"\x00" * 8)
    with pytest.raises(PageError, match="9 of the first 9 bytes") as refusal:
        refuse_noise(b"\x00" * 9)
    assert refusal.value.outcome is Outcome.UNDECODABLE


def test_three_in_a_hundred_control_characters_are_let_in_and_more_are_not() -> None:
    refuse_noise(b"\x01" * 30 + b"a" * 970)
    with pytest.raises(PageError, match="binary data"):
        refuse_noise(b"\x01" * 31 + b"a" * 969)


def test_tabs_line_ends_form_feeds_and_escapes_are_text() -> None:
    refuse_noise(b"\t\n\r\f\x1b" * 100)


def test_too_many_blocks_are_too_large() -> None:
    refusal = too_many_blocks()
    assert refusal.outcome is Outcome.TOO_LARGE
    assert "more than 200,000 blocks" in str(refusal)
