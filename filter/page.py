"""A page as columns: its blocks, the elements around them, and what it declares.

This is the shape that every later step reads. :mod:`filter.markup` and
:mod:`filter.soup` fill it from HTML, :mod:`filter.plaintext` from text.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import accumulate, compress

from filter.article import Kind, Link

KINDS = tuple(Kind)
"""The order in which :attr:`Elements.kinds` numbers the kinds of block."""


@dataclass(frozen=True, slots=True)
class Elements:
    """The block-level elements of a page, in document order, one entry each.

    Attributes
    ----------
    parents : list of int
        Index of the element around it; -1 for the outermost. A parent always
        comes before its children.
    tags : list of str
        Lower-case name.
    hints : list of str
        What authors call it: class, id, role and the like, joined by blanks.
    kinds : list of int
        The kind of block that text inside it makes, as an index of ``KINDS``.
    levels : list of int
        Level of a heading, depth of a list item; else 0.
    hidden : list of int
        1 where the element's own markup or an ancestor's hides it, 2 where only a rule
        of the page's style sheet does, else 0.
    ends : list of int
        Index after the last element inside it: it holds elements ``i`` to ``ends[i] - 1``.
    first_blocks, last_blocks : list of int
        It holds blocks ``first_blocks[i]`` to ``last_blocks[i] - 1``.
    """

    parents: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    first_blocks: list[int] = field(default_factory=list)
    last_blocks: list[int] = field(default_factory=list)

    def without_emptied(self, blocks_before: Sequence[int]) -> tuple[Elements, list[int]]:
        """Return what is left of the elements when blocks are gone: all but those that held no others.

        Parameters
        ----------
        blocks_before : sequence of int, length blocks + 1
            How many blocks stay before each one, and in all.

        Returns
        -------
        elements : Elements
        moved : list of int, length elements
            The new index of each element, or of the nearest one around it that stays; -1 if none does. A
            block can outstay the element that owns it: its text may run on where that has ended.
        """
        stay: list[bool] = []
        for parent, first, last in zip(self.parents, self.first_blocks, self.last_blocks, strict=True):
            emptied = first < last and blocks_before[first] == blocks_before[last]
            stay.append(not emptied and (parent < 0 or stay[parent]))
        elements_before = list(accumulate(stay, initial=0))
        left = Elements(
            parents=[_moved(parent, elements_before) for parent in compress(self.parents, stay)],
            tags=list(compress(self.tags, stay)),
            hints=list(compress(self.hints, stay)),
            kinds=list(compress(self.kinds, stay)),
            levels=list(compress(self.levels, stay)),
            hidden=list(compress(self.hidden, stay)),
            ends=[elements_before[end] for end in compress(self.ends, stay)],
            first_blocks=[blocks_before[first] for first in compress(self.first_blocks, stay)],
            last_blocks=[blocks_before[last] for last in compress(self.last_blocks, stay)],
        )
        moved: list[int] = []
        for element, (parent, stays) in enumerate(zip(self.parents, stay, strict=True)):
            moved.append(elements_before[element] if stays else _moved(parent, moved))
        return left, moved


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a page says about itself, as found; nothing is parsed here.

    Attributes
    ----------
    title : str
        Text of the title element.
    language : str
        ``lang`` of the html element.
    metas : list of (str, str)
        Name or property, lower-case, and content of each meta element that has both.
    links : list of (str, str)
        ``rel``, lower-case, and ``href`` of each link element in canonical use.
    scripts : list of str
        Text of each JSON-LD script.
    """

    title: str = ""
    language: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of a page as columns, one entry a block, in document order.

    Attributes
    ----------
    texts : list of str
        Text of each block, white space folded; never empty.
    owners : list of int
        Index of each block's innermost element in ``elements``; -1 for plain text.
    link_characters : list of int
        Characters of each block that stand inside links.
    links : list of tuple of Link
        The links of each block.
    inline_hints : list of str
        What authors call the inline element that a block begins with, if any.
    elements : Elements
        The elements around the blocks.
    declarations : Declarations
        What the page says about itself.
    is_markup : bool
        Whether the page was HTML.
    """

    texts: list[str]
    owners: list[int]
    link_characters: list[int]
    links: list[tuple[Link, ...]]
    inline_hints: list[str]
    elements: Elements = field(default_factory=Elements)
    declarations: Declarations = field(default_factory=Declarations)
    is_markup: bool = True

    def __len__(self) -> int:
        return len(self.texts)

    def kind(self, block: int) -> Kind:
        """Return the kind of a block."""
        owner = self.owners[block]
        return KINDS[self.elements.kinds[owner]] if owner >= 0 else Kind.PARAGRAPH

    def level(self, block: int) -> int:
        """Return the level of a heading or the depth of a list item; 0 for other kinds."""
        owner = self.owners[block]
        return self.elements.levels[owner] if owner >= 0 else 0

    def is_hidden(self, block: int) -> bool:
        """Tell whether the page's markup hides a block from readers."""
        owner = self.owners[block]
        return owner >= 0 and self.elements.hidden[owner] > 0

    def path(self, block: int) -> str:
        """Return the names of the elements around a block, outermost first."""
        names = []
        element = self.owners[block]
        while element >= 0:
            names.append(self.elements.tags[element])
            element = self.elements.parents[element]
        return "/".join(reversed(names))

    def without(self, blocks: Set[int]) -> Page:
        """Return the page as it would be if some blocks were not on it, nor the elements made for them."""
        stay = [block not in blocks for block in range(len(self))]
        elements, moved = self.elements.without_emptied(list(accumulate(stay, initial=0)))
        return replace(
            self,
            texts=list(compress(self.texts, stay)),
            owners=[_moved(owner, moved) for owner in compress(self.owners, stay)],
            link_characters=list(compress(self.link_characters, stay)),
            links=list(compress(self.links, stay)),
            inline_hints=list(compress(self.inline_hints, stay)),
            elements=elements,
        )


def text_page(paragraphs: list[str]) -> Page:
    """Return the page that a list of paragraphs makes: blocks without markup."""
    count = len(paragraphs)
    return Page(
        texts=paragraphs,
        owners=[-1] * count,
        link_characters=[0] * count,
        links=[()] * count,
        inline_hints=[""] * count,
        is_markup=False,
    )


def _moved(element: int, places: Sequence[int]) -> int:
    """Return the new index of an element; -1, which stands for none, stays."""
    return places[element] if element >= 0 else element
