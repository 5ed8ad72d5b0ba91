"""What elements do to the text around them, as browsers lay pages out."""

from __future__ import annotations

from filter.article import Kind
from filter.page import KINDS

INLINE, BLOCK, LINK, CELL, SKIP, LINE_BREAK, TITLE, META, DECLARED_LINK, SCRIPT, STYLE = range(11)
"""What an element does where it starts; names that are in no table are inline."""

_BLOCK_NAMES = """
    address article aside audio blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu
    nav noscript ol p pre search section summary table tbody tfoot thead tr ul video
"""
_UNREAD_NAMES = "canvas datalist embed iframe map object select svg template textarea"

ACTIONS = (
    dict.fromkeys(_BLOCK_NAMES.split(), BLOCK)
    | dict.fromkeys(_UNREAD_NAMES.split(), SKIP)
    | {
        "a": LINK,
        "br": LINE_BREAK,
        "link": DECLARED_LINK,
        "meta": META,
        "script": SCRIPT,
        "style": STYLE,
        "td": CELL,
        "th": CELL,
        "title": TITLE,
    }
)
"""The action of each element that has one of its own."""

HINT_ATTRIBUTES = frozenset(
    ("class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "data-type")
)
"""Attributes in which authors say what an element is."""

PARAGRAPH, HEADING, LIST_ITEM, QUOTE, CAPTION, TABLE_ROW, PREFORMATTED = (
    KINDS.index(kind)
    for kind in (
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.LIST_ITEM,
        Kind.QUOTE,
        Kind.CAPTION,
        Kind.TABLE_ROW,
        Kind.PREFORMATTED,
    )
)

KIND_OF_TAG = (
    {f"h{level}": HEADING for level in range(1, 7)}
    | dict.fromkeys(("li", "dd", "dt"), LIST_ITEM)
    | dict.fromkeys(("figcaption", "caption"), CAPTION)
    | dict.fromkeys(("tr", "td", "th"), TABLE_ROW)
    | {"blockquote": QUOTE, "pre": PREFORMATTED}
    # What stands in one of these is no part of the list or table around it.
    | dict.fromkeys(("article", "section", "main", "nav", "aside", "header", "footer"), PARAGRAPH)
)
"""The kind of block that text inside an element makes; others pass on what is around them."""


def kind_and_level(tag: str, around: int, level: int) -> tuple[int, int]:
    """Return the kind and level of text inside an element, from those around it."""
    kind = KIND_OF_TAG.get(tag)
    if kind is None:
        return around, level
    if kind == HEADING:
        return kind, int(tag[1])
    if kind == LIST_ITEM:
        return kind, level + 1 if around == LIST_ITEM else 1
    return kind, 0 if kind == PARAGRAPH else level
