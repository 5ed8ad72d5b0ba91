"""HTML becomes a page: the only room that knows a parser of markup.

The parser is turbohtml's event walk: WHATWG tree construction in C, no object
a node, nesting capped at 512 levels as browsers do, no text lost.
"""

from __future__ import annotations

from turbohtml.saxparse import SaxHandler, sax_parse

from filter.attributes import Attributes
from filter.builder import PageBuilder
from filter.page import Page


class _Listener(SaxHandler):
    """Passes the parser's events to a builder without a layer in between."""

    def __init__(self, builder: PageBuilder) -> None:
        self.start_element = builder.start_element  # type: ignore[method-assign, assignment]
        self.end_element = builder.end_element  # type: ignore[method-assign]
        self.characters = builder.characters  # type: ignore[method-assign, assignment]


def read_markup(html: str) -> Page:
    """Cut an HTML document into blocks.

    Parameters
    ----------
    html : str
        A document or a fragment, however broken.

    Returns
    -------
    Page
        Linear in the length of the document.
    """
    builder = PageBuilder()
    sax_parse(html, _Listener(builder))
    return builder.page()


__all__ = ["Attributes", "read_markup"]
