"""A BeautifulSoup tree becomes a page, without serialising and parsing it again."""

from __future__ import annotations

from bs4 import Tag
from bs4.element import CData, NavigableString, PreformattedString

from filter.builder import PageBuilder
from filter.decode import without_surrogates
from filter.page import Page


def read_soup(soup: Tag) -> Page:
    """Cut a BeautifulSoup tree into blocks.

    Parameters
    ----------
    soup : bs4.BeautifulSoup or bs4.Tag
        Any tree, however deep; it is walked iteratively and not changed.

    Returns
    -------
    Page
        The same blocks as :func:`filter.markup.read_markup` finds in the
        markup, as far as the tree was built alike.
    """
    builder = PageBuilder()
    # A tag on the way down; its name, as a str, on the way up.
    waiting: list[object] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name != "[document]":
                builder.start_element(node.name.lower(), _attributes(node))
                waiting.append((node.name.lower(),))
            waiting.extend(reversed(node.contents))
        elif isinstance(node, tuple):
            builder.end_element(node[0])
        elif isinstance(node, NavigableString) and (
            not isinstance(node, PreformattedString) or isinstance(node, CData)
        ):
            builder.characters(without_surrogates(str(node)))
    return builder.page()


def _attributes(tag: Tag) -> list[tuple[str, str | None]]:
    return [
        (name.lower(), without_surrogates(" ".join(value) if isinstance(value, list) else str(value or "")))
        for name, value in tag.attrs.items()
    ]
