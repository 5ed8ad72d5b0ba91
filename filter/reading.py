"""Whatever comes in becomes a page: bytes, text, HTML or a soup."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from filter.admission import MAXIMUM_BYTES, check_size
from filter.article import Encoding
from filter.decode import decode, without_surrogates
from filter.errors import CallerError
from filter.markup import read_markup
from filter.page import Page, text_page
from filter.plaintext import looks_like_html, paragraphs

if TYPE_CHECKING:
    from bs4 import Tag

Content: TypeAlias = "str | bytes | Tag"


def read_page(
    content: Content,
    *,
    content_type: str | None = None,
    encoding: str | None = None,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> tuple[Page, Encoding | None]:
    """Read a page from whatever form it is in.

    Parameters
    ----------
    content : str, bytes, bs4.BeautifulSoup or bs4.Tag
    content_type : str, optional
        ``"text/plain"`` or ``"text/html"`` decides, with or without a charset;
        else a look at the text does.
    encoding : str, optional
        The encoding of bytes, known for sure.
    maximum_bytes : int
        The largest page that is read.

    Returns
    -------
    page : Page
    encoding : Encoding or None
        How bytes became text; ``None`` for other forms.

    Raises
    ------
    PageError
        If the page is too large, or its bytes are no text.
    CallerError
        If the content is of another type, or the encoding is unknown.
    """
    used = None
    if content_type is not None and not isinstance(content_type, str):
        raise CallerError(f"a content type is a str or None, not {type(content_type).__name__}")
    if isinstance(content, (bytes, bytearray, memoryview)):
        check_size(content if isinstance(content, bytes) else bytes(content), maximum_bytes)
        content, used = decode(bytes(content), encoding=encoding, content_type=content_type)
    if isinstance(content, str):
        check_size(content, maximum_bytes)
        content = content if used else without_surrogates(content)
        kind = (content_type or "").partition(";")[0].strip().lower()
        is_text = kind == "text/plain" or (kind not in _MARKUP_TYPES and not looks_like_html(content))
        return (text_page(paragraphs(content)) if is_text else read_markup(content)), used
    return _read_tree(content), None


_MARKUP_TYPES = frozenset(("text/html", "application/xhtml+xml"))


def _read_tree(content: object) -> Page:
    # BeautifulSoup takes a while to import, and whoever passes a soup has it already.
    from bs4 import Tag

    from filter.soup import read_soup

    if not isinstance(content, Tag):
        raise CallerError(
            f"a page of type {type(content).__name__} can't be cleaned: pass str, bytes, or a "
            "BeautifulSoup tree"
        )
    return read_soup(content)
