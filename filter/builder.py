"""Events of a parsed document become a page: one pass, no tree kept.

The builder hears of elements and text in document order, from whichever
parser there is, and cuts the text into blocks where a browser would start a
new line.
"""

from __future__ import annotations

from filter.admission import MAXIMUM_BLOCKS, too_many_blocks
from filter.article import Link
from filter.attributes import LONGEST_HINT, Attributes, hides_itself, hint_of, shows_itself
from filter.declarations import DeclarationsBuilder
from filter.layout import (
    ACTIONS,
    BLOCK,
    CELL,
    DECLARED_LINK,
    HINT_ATTRIBUTES,
    INLINE,
    KIND_OF_TAG,
    LINE_BREAK,
    LINK,
    META,
    PARAGRAPH,
    PREFORMATTED,
    SCRIPT,
    SKIP,
    STYLE,
    TITLE,
    kind_and_level,
)
from filter.lines import BREAK as BREAK_MARK
from filter.lines import CELL as CELL_MARK
from filter.lines import cut, fold
from filter.page import Elements, Page
from filter.stylesheet import hide_by_rules, hides, hides_by_inheritance

MAXIMUM_DEPTH = 250
"""Elements nested deeper add no level of their own; their text is kept."""


class PageBuilder:
    """Hears a document's events and builds its :class:`~filter.page.Page`.

    Feed :meth:`start_element`, :meth:`end_element` and :meth:`characters` in
    document order, every start with its end (void elements too), then take
    :meth:`page`.
    """

    __slots__ = (
        "_actions",
        "_current",
        "_declared",
        "_depth",
        "_elements",
        "_empty_cells",
        "_hidden_until_shown",
        "_inline",
        "_inline_hints",
        "_keeping",
        "_link_characters",
        "_link_start",
        "_marks",
        "_open_link",
        "_owner",
        "_owners",
        "_page_links",
        "_row",
        "_run",
        "_run_links",
        "_skipped",
        "_texts",
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
        # Elements hidden by what an element inside them may set anew.
        self._hidden_until_shown: set[int] = set()
        # The run of text that will be the next block.
        self._run: list[str] = []
        self._owner = -1
        self._marks = 0
        self._inline: Attributes = ()
        self._open_link: str | None = None
        self._link_start = 0
        self._run_links: list[tuple[int, Link]] = []
        # The row that a cell was last seen in, and how many cells without text begin it.
        self._row = -1
        self._empty_cells = 0
        self._declared = DeclarationsBuilder()

    def start_element(self, tag: str, attributes: Attributes) -> None:
        """Hear that an element begins."""
        if self._skipped:
            self._skipped += 1
            return
        action = ACTIONS.get(tag, INLINE)
        if action == INLINE:
            if "-" in tag or attributes and hides_itself(attributes):
                action = BLOCK
            elif attributes and not self._run:
                self._inline = attributes
        if action == BLOCK:
            if self._run:
                self._end_block()
            action = self._enter(tag, attributes, BLOCK)
        elif action == LINK:
            self._open_link = dict(attributes).get("href") or ""
            self._link_start = len(self._run)
            if not self._run:
                self._inline = attributes
        elif action == LINE_BREAK:
            self._mark(BREAK_MARK)
        elif action == CELL:
            self._start_cell()
            action = self._enter(tag, attributes, CELL)
        elif action != INLINE:
            self._start_unread(action, attributes)
        self._actions.append(action)

    def end_element(self, tag: str) -> None:
        """Hear that the innermost open element ends."""
        if self._skipped:
            self._skipped -= 1
            if self._skipped:
                return
        action = self._actions.pop() if self._actions else INLINE
        if action == BLOCK:
            if self._run:
                self._end_block()
            self._leave()
        elif action == LINK:
            if self._open_link is not None:
                self._end_link()
                self._open_link = None
        elif action == CELL:
            self._leave()
        elif action >= TITLE:
            self._end_kept(action)
        elif action == SKIP and self._run and ACTIONS.get(tag, BLOCK) == BLOCK:
            self._end_block()  # nested too deep to be an element of its own, but the line ends all the same

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
            if self._empty_cells:
                self._mark_empty_cells()
            self._run.append(text)

    def page(self) -> Page:
        """Return the page that was heard."""
        if self._run:
            self._end_block()
        hide_by_rules(self._elements, self._declared.styles)
        return Page(
            texts=self._texts,
            owners=self._owners,
            link_characters=self._link_characters,
            links=self._page_links,
            inline_hints=self._inline_hints,
            elements=self._elements,
            declarations=self._declared.declarations(),
        )

    def _enter(self, tag: str, attributes: Attributes, action: int) -> int:
        """Open an element of its own; return the action that closes it."""
        if self._depth == MAXIMUM_DEPTH:
            return SKIP
        self._depth += 1
        elements, parent = self._elements, self._current
        self._current = len(elements.tags)
        hint, hidden = self._describe(tag, attributes) if attributes else ("", 0)
        kind, level = PARAGRAPH, 0
        if parent >= 0:
            if not hidden and elements.hidden[parent]:
                hidden = self._inherited(parent, attributes)
            kind, level = elements.kinds[parent], elements.levels[parent]
        if tag in KIND_OF_TAG:
            kind, level = kind_and_level(tag, kind, level)
        elements.parents.append(parent)
        elements.tags.append(tag)
        elements.hints.append(hint)
        elements.kinds.append(kind)
        elements.levels.append(level)
        elements.hidden.append(hidden)
        elements.ends.append(0)
        elements.first_blocks.append(len(self._texts))
        elements.last_blocks.append(0)
        return action

    def _describe(self, tag: str, attributes: Attributes) -> tuple[str, int]:
        """Return what an element is called, and whether its own markup hides it."""
        hidden = 0
        hints = []
        for name, value in attributes:
            if value and name in HINT_ATTRIBUTES:
                hints.append(value)
            elif name == "hidden" or value and name == "style" and hides(value):
                hidden = 1
                if value and name == "style" and hides_by_inheritance(value):
                    self._hidden_until_shown.add(self._current)
            elif value and name == "lang" and tag == "html":
                self._declared.language = value
        return " ".join(hints)[:LONGEST_HINT], hidden

    def _inherited(self, parent: int, attributes: Attributes) -> int:
        """Tell whether an element inside a hidden one is hidden with it."""
        if parent in self._hidden_until_shown:
            if shows_itself(attributes):
                return 0
            self._hidden_until_shown.add(self._current)
        return self._elements.hidden[parent]

    def _leave(self) -> None:
        """Close the innermost element."""
        elements, current = self._elements, self._current
        elements.ends[current] = len(elements.tags)
        elements.last_blocks[current] = len(self._texts)
        self._current = elements.parents[current]
        self._depth -= 1

    def _start_unread(self, action: int, attributes: Attributes) -> None:
        """Open an element whose content is no text of the page: keep what it declares, or skip it."""
        if action in (META, DECLARED_LINK):
            self._declared.read_attributes(action, dict(attributes))
        elif self._declared.wants_text(action, dict(attributes)):
            self._keeping = []
        else:
            self._skipped = 1

    def _end_kept(self, action: int) -> None:
        """Close an element that declares something."""
        if self._keeping is None or action not in (TITLE, SCRIPT, STYLE):
            return
        self._declared.keep_text(action, "".join(self._keeping))
        self._keeping = None

    def _mark(self, mark: str) -> None:
        """Note a line break or the border of a cell inside the run."""
        if self._run:
            self._run.append(mark)
            self._marks += 1

    def _start_cell(self) -> None:
        """Note the border of a cell, or that the cells before it in its row have no text."""
        if self._run:
            self._mark(CELL_MARK)
        elif self._row == self._current:
            self._empty_cells += 1
        else:
            self._row = self._current
            self._empty_cells = 0

    def _mark_empty_cells(self) -> None:
        """Begin the run with the borders of the cells that have no text, if it begins in their row."""
        if self._current >= 0 and self._elements.parents[self._current] == self._row:
            self._run += [CELL_MARK] * self._empty_cells
            self._marks += self._empty_cells
        else:
            self._row = -1  # a cell of paragraphs: the row is no line, its borders lead nowhere
        self._empty_cells = 0

    def _end_link(self) -> None:
        text = fold("".join(self._run[self._link_start :]))
        if text:
            self._run_links.append((self._marks, Link(text, self._open_link or "")))

    def _end_block(self) -> None:
        """Turn the run into a block, or into several at its line breaks."""
        if self._open_link is not None:
            self._end_link()
        links = self._run_links
        text = "".join(self._run)
        if self._marks:
            for part, part_links in cut(text, links):
                self._add_block(part, part_links)
        else:
            if self._owner >= 0 and self._elements.kinds[self._owner] == PREFORMATTED:
                text = text.strip("\n").rstrip()
            else:
                text = fold(text)
            if text:
                self._add_block(text, tuple([link for _, link in links]) if links else ())
        self._run = []
        self._marks = 0
        self._inline = ()
        if links:
            self._run_links = []
        self._link_start = 0

    def _add_block(self, text: str, links: tuple[Link, ...]) -> None:
        if len(self._texts) == MAXIMUM_BLOCKS:
            raise too_many_blocks()
        self._texts.append(text)
        self._owners.append(self._owner)
        self._page_links.append(links)
        linked = sum([len(link.text) for link in links]) if links else 0
        self._link_characters.append(min(linked, len(text)))
        self._inline_hints.append(hint_of(self._inline) if self._inline else "")
