"""The parsers that could stand behind ``filter/markup.py``, each walked in the cheapest way it offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

Event = tuple[str, str]
"""``("start", tag)``, ``("end", "")`` or ``("text", text)``."""


@dataclass(frozen=True, slots=True)
class Parser:
    """A parser behind one face.

    Attributes
    ----------
    parse : callable
        HTML to whatever the parser returns.
    visit : callable
        HTML to a count of characters: parse, then read every element's tag
        and attributes, every text, and where each element ends, as cutting
        into blocks needs.
    events : callable
        HTML to the events of its tree.
    module : str
        What must be installed.
    """

    parse: Callable[[str], object]
    visit: Callable[[str], int]
    events: Callable[[str], Iterator[Event]]
    module: str


def installed() -> dict[str, Parser]:
    """The parsers that are installed."""
    return {name: parser for name, parser in PARSERS.items() if find_spec(parser.module)}


def text_of(events: Iterator[Event]) -> str:
    """All text of a tree, script and style included."""
    return "".join(text for kind, text in events if kind == "text")


# turbohtml: events out of the finished tree, no object a node.


def _turbohtml_parse(html: str) -> object:
    import turbohtml

    return turbohtml.parse(html, positions=False)


def _turbohtml_visit(html: str) -> int:
    from turbohtml.saxparse import SaxHandler, sax_parse

    class Counter(SaxHandler):
        total = 0

        def start_element(self, name: str, attrs: Any) -> None:
            pass

        def end_element(self, name: str) -> None:
            pass

        def characters(self, data: str) -> None:
            self.total += len(data)

    counter = Counter()
    sax_parse(html, counter)
    return counter.total


def _turbohtml_events(html: str) -> Iterator[Event]:
    from turbohtml.saxparse import SaxHandler, sax_parse

    found: list[Event] = []

    class Recorder(SaxHandler):
        def start_element(self, name: str, attrs: Any) -> None:
            found.append(("start", name))

        def end_element(self, name: str) -> None:
            found.append(("end", ""))

        def characters(self, data: str) -> None:
            found.append(("text", data))

    sax_parse(html, Recorder())
    yield from found


# selectolax: a tree of lexbor's, one Python object a node visited.


def _selectolax_parse(html: str) -> Any:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html)


def _selectolax_visit(html: str) -> int:
    characters = 0
    open_elements: list[int] = []
    for node in _selectolax_parse(html).root.traverse(include_text=True):
        parent = node.parent
        parent_identity = parent.mem_id if parent is not None else 0
        while open_elements and open_elements[-1] != parent_identity:
            open_elements.pop()
        if node.tag == "-text":
            characters += len(node.text_content or "")
        else:
            node.attributes  # noqa: B018 (reading it is the work)
            open_elements.append(node.mem_id)
    return characters


def _selectolax_events(html: str) -> Iterator[Event]:
    waiting = [_selectolax_parse(html).root]
    while waiting:
        node = waiting.pop()
        if node is None:
            yield "end", ""
        elif node.tag == "-text":
            yield "text", node.text_content or ""
        elif not node.tag.startswith(("-", "!", "_")):
            yield "start", node.tag
            waiting.append(None)
            waiting.extend(reversed(list(node.iter(include_text=True))))


# resiliparse: lexbor too, behind another binding.


def _resiliparse_parse(html: str) -> Any:
    from resiliparse.parse.html import HTMLTree

    return HTMLTree.parse(html)


def _resiliparse_visit(html: str) -> int:
    types = _resiliparse_types()
    characters = 0
    # Where elements end isn't asked: lists of children cost 30 times as much as this walk.
    for node in _resiliparse_parse(html).document:
        if node.type == types.TEXT:
            characters += len(node.value or "")
        elif node.type == types.ELEMENT:
            node.attrs  # noqa: B018 (reading it is the work)
    return characters


def _resiliparse_events(html: str) -> Iterator[Event]:
    types = _resiliparse_types()
    waiting = [_resiliparse_parse(html).document]
    while waiting:
        node = waiting.pop()
        if node is None:
            yield "end", ""
        elif node.type == types.TEXT:
            yield "text", node.value or ""
        elif node.type == types.ELEMENT:
            yield "start", node.tag
            waiting.append(None)
            waiting.extend(reversed(node.child_nodes))
        elif node.type == types.DOCUMENT:
            waiting.extend(reversed(node.child_nodes))


def _resiliparse_types() -> Any:
    from resiliparse.parse.html import NodeType

    return NodeType


# lxml: libxml2, which predates the WHATWG rules.


def _lxml_parse(html: str) -> Any:
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    return document_fromstring(html.encode() or b"<p>", parser=parser)


def _lxml_visit(html: str) -> int:
    from lxml.etree import HTMLParser  # type: ignore[import-untyped]

    class Counter:
        total = 0

        def start(self, tag: str, attributes: Any) -> None:
            pass

        def end(self, tag: str) -> None:
            pass

        def data(self, data: str) -> None:
            self.total += len(data)

        def close(self) -> int:
            return self.total

    parser = HTMLParser(target=Counter(), encoding="utf-8", huge_tree=True)
    parser.feed(html.encode() or b"<p>")
    return int(parser.close())


def _lxml_events(html: str) -> Iterator[Event]:
    waiting: list[Any] = [_lxml_parse(html)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield ("text", node) if node else ("end", "")
            continue
        if node.tail and node.getparent() is not None:
            waiting.append(node.tail)
        if isinstance(node.tag, str):
            yield "start", node.tag
            if node.text:
                yield "text", node.text
            waiting.append("")
            waiting.extend(reversed(node))


# html5lib: slow, and the reference of the WHATWG rules that the others are held against.


def reference_events(html: str) -> Iterator[Event]:
    """The events of html5lib's tree."""
    import html5lib

    waiting: list[Any] = [html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield ("text", node) if node else ("end", "")
            continue
        if node.tail:
            waiting.append(node.tail)
        if isinstance(node.tag, str):
            yield "start", node.tag.rpartition("}")[2]
            if node.text:
                yield "text", node.text
            waiting.append("")
            waiting.extend(reversed(node))


PARSERS = {
    "turbohtml": Parser(_turbohtml_parse, _turbohtml_visit, _turbohtml_events, "turbohtml"),
    "selectolax (lexbor)": Parser(_selectolax_parse, _selectolax_visit, _selectolax_events, "selectolax"),
    "resiliparse (lexbor)": Parser(
        _resiliparse_parse, _resiliparse_visit, _resiliparse_events, "resiliparse"
    ),
    "lxml (libxml2)": Parser(_lxml_parse, _lxml_visit, _lxml_events, "lxml"),
}
