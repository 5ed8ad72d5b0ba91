"""What is fuzzed, and the oracle: any bytes are worked on or refused with one documented error.

A target takes bytes, raises ``AssertionError`` when a promise is broken, and
lets every unexpected exception through.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from filter.decode import decode
from filter.errors import CallerError, PageError
from filter.plaintext import looks_like_html, paragraphs
from filter.reading import read_page
from filter.render import to_json, to_markdown, to_text

if TYPE_CHECKING:
    from filter import Cleaner

HEADERS = (
    None,
    "text/html",
    "text/html; charset=utf-8",
    "text/html; charset=iso-8859-1",
    "text/html; charset=windows-1251",
    "text/html; charset=gb2312",
    "text/html; charset=shift_jis",
    "text/html; charset=utf-16",
    'text/plain; charset="koi8-r"',
)


def fuzz_decode(data: bytes) -> None:
    """Bytes become text without lone surrogates, or a PageError."""
    header = HEADERS[data[0] % len(HEADERS)] if data else None
    try:
        text, encoding = decode(data[1:], content_type=header)
    except PageError:
        return
    text.encode("utf-8")
    assert encoding.replaced >= 0
    assert encoding.replaced <= text.count("\ufffd")
    try:
        again, forced = decode(data[1:], encoding=encoding.name)
    except CallerError as error:
        raise AssertionError("the name of an encoding is no label of it") from error
    assert forced.name == encoding.name
    assert again == text


def fuzz_page(data: bytes) -> None:
    """HTML becomes blocks that are text of the page, none of them empty."""
    page, _ = read_page(data.decode("utf-8", "surrogateescape"), content_type="text/html")
    for block, text in enumerate(page.texts):
        assert text.strip()
        assert -1 <= page.owners[block] < len(page.elements.tags)
        assert 0 <= page.link_characters[block] <= len(text)
        page.path(block)


def fuzz_plaintext(data: bytes) -> None:
    """Text becomes paragraphs in which nothing is lost, added or reordered."""
    text = data.decode("utf-8", "replace")
    looks_like_html(text)
    found = paragraphs(text)
    assert all(found)
    for invisible in "\u200b\u2060\ufeff\u00ad":
        text = text.replace(invisible, "")
    assert "".join("".join(found).split()) == "".join(text.split())


def fuzz_pipeline(data: bytes) -> None:
    """A page becomes an article that can be rendered, or a PageError."""
    try:
        article = _cleaner().clean(data)
    except PageError:
        return
    kept = "\n\n".join(block.text for block in article.blocks if block.label == "article")
    assert article.text == kept
    for render in (to_text, to_markdown, to_json):
        render(article).encode("utf-8")


@cache
def _cleaner() -> Cleaner:
    from filter import Cleaner  # here, so that the other targets need no model

    return Cleaner()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decode": fuzz_decode,
    "page": fuzz_page,
    "plaintext": fuzz_plaintext,
    "pipeline": fuzz_pipeline,
}
