"""Events of a parsed document become a page: one pass, no tree kept.

The builder hears of elements and text in document order, from whichever
parser there is, and cuts the text into blocks where a browser would start a
new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from filter.admission import MAXIMUM_BLOCKS, too_many_blocks
from filter.article import Kind, Link
from filter.page import KINDS, Declarations, Elements, Page
from filter.stylesheet import hides, rules_that_hide

Attributes = Iterable[tuple[str, str | None]]

MAXIMUM_DEPTH = 250
"""Elements nested deeper add no level of their own; their text is kept."""
LONGEST_HINT = 1_000
"""Characters that are kept of what authors call an element."""
LONG_LINE = 80
"""A line or table cell at least this long, in characters, is a block of its own."""

_BREAK = "\x1e"
_CELL = "\x1f"
_MARKS = re.compile(f"[{_BREAK}{_CELL}]")

# What to do at an element's start; the same number comes back at its end.
_INLINE, _BLOCK, _LINK, _CELLS, _SKIP, _BR, _TITLE, _META, _DECLARED_LINK, _SCRIPT, _STYLE = range(11)

_ACTIONS = dict.fromkeys(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
    ],
    _BLOCK,
)
_ACTIONS |= dict.fromkeys(
    [
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "map",
        "object",
        "select",
        "svg",
        "template",
        "textarea",
    ],
    _SKIP,
)
_ACTIONS |= {
    "a": _LINK,
    "br": _BR,
    "head": _INLINE,
    "link": _DECLARED_LINK,
    "meta": _META,
    "script": _SCRIPT,
    "style": _STYLE,
    "td": _CELLS,
    "th": _CELLS,
    "title": _TITLE,
}
_HINT_ATTRIBUTES = frozenset(
    ("class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "data-type")
)
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_PARAGRAPH = _KIND_NUMBERS[Kind.PARAGRAPH]
_HEADING = _KIND_NUMBERS[Kind.HEADING]
_LIST_ITEM = _KIND_NUMBERS[Kind.LIST_ITEM]
_PREFORMATTED = _KIND_NUMBERS[Kind.PREFORMATTED]
_KIND_OF_TAG = {
    "li": _LIST_ITEM,
    "dd": _LIST_ITEM,
    "dt": _LIST_ITEM,
    "blockquote": _KIND_NUMBERS[Kind.QUOTE],
    "figcaption": _KIND_NUMBERS[Kind.CAPTION],
    "caption": _KIND_NUMBERS[Kind.CAPTION],
    "tr": _KIND_NUMBERS[Kind.TABLE_ROW],
    "td": _KIND_NUMBERS[Kind.TABLE_ROW],
    "th": _KIND_NUMBERS[Kind.TABLE_ROW],
    "pre": _PREFORMATTED,
    **{f"h{level}": _HEADING for level in range(1, 7)},
    **dict.fromkeys(("article", "section", "main", "nav", "aside", "header", "footer"), _PARAGRAPH),
}


class PageBuilder:
    """Hears a document's events and builds its :class:`~filter.page.Page`.

    Feed :meth:`start_element`, :meth:`end_element` and :meth:`characters` in
    document order, every start with its end (void elements too), then take
    :meth:`page`.
    """

    __slots__ = (
        "_actions",
        "_breaks",
        "_current",
        "_depth",
        "_elements",
        "_inline",
        "_inline_hints",
        "_keeping",
        "_language",
        "_link_characters",
        "_link_start",
        "_links",
        "_metas",
        "_open_link",
        "_owner",
        "_owners",
        "_page_links",
        "_rels",
        "_run",
        "_run_links",
        "_scripts",
        "_skipped",
        "_styles",
        "_texts",
        "_title",
    )

    def __init__(self) -> None:
        self._elements = Elements()
        self._texts: list[str] = []
        self._owners: list[int] = []
        self._link_characters: list[int] = []
        self._page_links: list[tuple[Link, ...]] = []
        self._inline_hints: list[str] = []
        # Where we are: the innermost element, and what each open start tag did.
        self._current = -1
        self._depth = 0
        self._actions: list[int] = []
        self._skipped = 0
        self._keeping: list[str] | None = None
        # The run of text that will be the next block.
        self._run: list[str] = []
        self._owner = -1
        self._breaks = 0
        self._inline: Attributes = ()
        self._open_link: str | None = None
        self._link_start = 0
        self._run_links: list[tuple[int, Link]] = []
        # What the page declares.
        self._title = ""
        self._language = ""
        self._metas: list[tuple[str, str]] = []
        self._rels: list[tuple[str, str]] = []
        self._scripts: list[str] = []
        self._styles: list[str] = []

    def start_element(self, tag: str, attributes: Attributes) -> None:
        """Hear that an element begins."""
        if self._skipped:
            self._skipped += 1
            return
        action = _ACTIONS.get(tag, _INLINE)
        if action == _INLINE:
            if attributes:
                if "-" in tag or _hides_itself(attributes):
                    action = _BLOCK
                elif not self._run:
                    self._inline = attributes
            elif "-" in tag:
                action = _BLOCK
        if action == _BLOCK:
            if self._run:
                self._end_block()
            action = self._enter(tag, attributes)
        elif action == _LINK:
            self._open_link = dict(attributes).get("href") or ""
            self._link_start = len(self._run)
            if not self._run:
                self._inline = attributes
        elif action == _BR:
            if self._run:
                self._run.append(_BREAK)
                self._breaks += 1
        elif action == _CELLS:
            if self._run:
                self._run.append(_CELL)
                self._breaks += 1
            action = self._enter(tag, attributes)
        elif action != _INLINE:
            action = self._start_declaration(action, attributes)
        self._actions.append(action)

    def end_element(self, tag: str) -> None:
        """Hear that the innermost open element ends."""
        if self._skipped:
            self._skipped -= 1
            if self._skipped:
                return
        action = self._actions.pop() if self._actions else _INLINE
        if action == _BLOCK:
            if self._run:
                self._end_block()
            self._leave()
        elif action == _LINK:
            if self._open_link is not None:
                self._end_link()
                self._open_link = None
        elif action == _CELLS:
            self._leave()
        elif action >= _TITLE:
            self._end_declaration(action)
        elif action == _SKIP and tag not in _ACTIONS and self._run:
            self._end_block()

    def characters(self, text: str) -> None:
        """Hear a run of character data."""
        if self._skipped:
            return
        if self._keeping is not None:
            self._keeping.append(text)
        elif self._run:
            self._run.append(text)
        elif not text.isspace():
            self._owner = self._current
            self._link_start = 0
            self._run.append(text)

    def page(self) -> Page:
        """Return the page that was heard."""
        if self._run:
            self._end_block()
        elements = self._elements
        if self._styles:
            _hide_by_rules(elements, rules_that_hide(self._styles))
        return Page(
            texts=self._texts,
            owners=self._owners,
            link_characters=self._link_characters,
            links=self._page_links,
            inline_hints=self._inline_hints,
            elements=elements,
            declarations=Declarations(
                " ".join(self._title.split()), self._language, self._metas, self._rels, self._scripts
            ),
        )

    def _enter(self, tag: str, attributes: Attributes) -> int:
        """Open an element of its own; return the action that closes it."""
        elements = self._elements
        parent = self._current
        if self._depth == MAXIMUM_DEPTH:
            return _SKIP
        self._depth += 1
        hint, hidden = "", 0
        if attributes:
            values = []
            for name, value in attributes:
                if name == "hidden":
                    hidden = 1
                elif value:
                    if name in _HINT_ATTRIBUTES:
                        values.append(value)
                    elif name == "style" and hides(value):
                        hidden = 1
                    elif name == "lang" and tag == "html":
                        self._language = value
            hint = " ".join(values)[:LONGEST_HINT]
        kind = _KIND_OF_TAG.get(tag)
        level = 0
        if parent >= 0:
            hidden = hidden or elements.hidden[parent]
            inherited, level = elements.kinds[parent], elements.levels[parent]
            if kind is None:
                kind = inherited
            elif kind == _HEADING:
                level = int(tag[1])
            elif kind == _LIST_ITEM:
                level = level + 1 if inherited == _LIST_ITEM else 1
            elif kind == _PARAGRAPH:
                level = 0
        elements.parents.append(parent)
        elements.tags.append(tag)
        elements.hints.append(hint)
        elements.kinds.append(_PARAGRAPH if kind is None else kind)
        elements.levels.append(level)
        elements.hidden.append(hidden)
        elements.ends.append(0)
        elements.first_blocks.append(len(self._texts))
        elements.last_blocks.append(0)
        self._current = len(elements.tags) - 1
        return _CELLS if tag == "td" or tag == "th" else _BLOCK

    def _leave(self) -> None:
        """Close the innermost element."""
        elements, current = self._elements, self._current
        elements.ends[current] = len(elements.tags)
        elements.last_blocks[current] = len(self._texts)
        self._current = elements.parents[current]
        self._depth -= 1

    def _start_declaration(self, action: int, attributes: Attributes) -> int:
        given = dict(attributes)
        if action == _META:
            name = given.get("property") or given.get("name") or given.get("itemprop")
            content = given.get("content")
            if name and content:
                self._metas.append((name.lower(), content))
        elif action == _DECLARED_LINK:
            rel, href = given.get("rel"), given.get("href")
            if rel and href and rel.lower() in ("canonical", "shortlink", "alternate"):
                self._rels.append((rel.lower(), href))
        elif action == _TITLE:
            self._keeping = [] if not self._title else None
            self._skipped = 0 if self._keeping is not None else 1
        elif action == _STYLE or action == _SCRIPT and "ld+json" in (given.get("type") or "").lower():
            self._keeping = []
        else:
            self._skipped = 1
        return action

    def _end_declaration(self, action: int) -> None:
        if self._keeping is None:
            return
        kept = "".join(self._keeping)
        if action == _TITLE:
            self._title = kept
        elif action == _SCRIPT:
            self._scripts.append(kept)
        elif action == _STYLE:
            self._styles.append(kept)
        if action in (_TITLE, _SCRIPT, _STYLE):
            self._keeping = None

    def _end_link(self) -> None:
        text = " ".join("".join(self._run[self._link_start :]).translate(_UNMARK).split())
        if text:
            self._run_links.append((self._breaks, Link(text, self._open_link or "")))

    def _end_block(self) -> None:
        """Turn the run into a block, or into several at its line breaks."""
        if self._open_link is not None:
            self._end_link()
        links = self._run_links
        if self._breaks:
            self._end_broken_block(links)
        else:
            text = "".join(self._run)
            if self._owner >= 0 and self._elements.kinds[self._owner] == _PREFORMATTED:
                text = text.strip("\n").rstrip()
            else:
                text = " ".join(text.split())
            if text:
                self._add_block(text, tuple([link for _, link in links]) if links else ())
        self._run = []
        self._breaks = 0
        self._inline = ()
        if links:
            self._run_links = []
        self._link_start = 0

    def _end_broken_block(self, links: list[tuple[int, Link]]) -> None:
        """Cut a run at its breaks: two in a row, or one beside a long line."""
        run = "".join(self._run)
        marks = _MARKS.findall(run)
        lines = run.replace(_CELL, _BREAK).split(_BREAK)
        lines = [" ".join(line.split()) for line in lines]
        links_of: dict[int, list[Link]] = {}
        for number, link in links:
            links_of.setdefault(number, []).append(link)
        parts: list[str] = []
        part_links: list[Link] = []
        previous = ""
        for number, line in enumerate(lines):
            apart = len(line) >= LONG_LINE or len(previous) >= LONG_LINE or not (line and previous)
            if (
                number
                and parts
                and (apart and marks[number - 1] == _BREAK or len(line + previous) > LONG_LINE)
            ):
                self._add_block("".join(parts), tuple(part_links))
                parts, part_links = [], []
            if line:
                if parts:
                    parts.append("\t" if marks[number - 1] == _CELL else "\n")
                parts.append(line)
            part_links += links_of.get(number, ())
            previous = line
        if parts:
            self._add_block("".join(parts), tuple(part_links))

    def _add_block(self, text: str, links: tuple[Link, ...]) -> None:
        if len(self._texts) == MAXIMUM_BLOCKS:
            raise too_many_blocks()
        self._texts.append(text)
        self._owners.append(self._owner)
        self._page_links.append(links)
        linked = 0
        for link in links:
            linked += len(link.text)
        self._link_characters.append(min(linked, len(text)))
        hint = ""
        for name, value in self._inline:
            if value and name in _HINT_ATTRIBUTES:
                hint = f"{hint} {value}" if hint else value
        self._inline_hints.append(hint[:LONGEST_HINT])


_UNMARK = str.maketrans({_BREAK: " ", _CELL: " "})


def _hides_itself(attributes: Attributes) -> bool:
    for name, value in attributes:
        if name == "style" and value and hides(value) or name == "hidden":
            return True
    return False


def _hide_by_rules(elements: Elements, names: frozenset[str]) -> None:
    """Mark elements whose class or id a rule of the page's style sheet hides."""
    if not names:
        return
    hidden = elements.hidden
    for element, (parent, hint) in enumerate(zip(elements.parents, elements.hints, strict=True)):
        if hidden[element]:
            continue
        if hint and not names.isdisjoint(hint.split()) or parent >= 0 and hidden[parent] == 2:
            hidden[element] = 2
