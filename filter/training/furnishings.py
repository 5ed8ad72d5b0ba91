"""Pages in other surroundings: some of their furniture taken out, that of other sites put in; for training.

A judge that saw each text in one surrounding alone leans on it: on where in a
page a paragraph stands, and on what comes before and after.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from filter.training.alignment import coverage
from filter.training.labels import DOUBTFUL
from filter.training.markup_splice import paragraph_ends, paragraph_start, places_in_host
from filter.training.pages import GoldPage, page_of

_MOST_REMOVED = 0.6
"""Up to this share of a page's own furniture is taken out; each page draws its own."""
_OUTER = 4
"""Elements at most so many levels below the body's children stand around the whole page."""
_DEEPEST = 40
"""Levels below which no furniture is looked for."""
_FEWEST_WORDS, _MOST_BLOCKS, _MOST_CHARACTERS = 4, 150, 40_000
"""Of what is put into other pages; characters of markup."""
_FEWEST_KEPT = 0.9
"""Share of a text's blocks that must come through; what is put in can be read as a part of them."""
_NOT_READ = ["script", "style", "noscript", "iframe", "template", "svg"]
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """An element that holds no main content.

    Attributes
    ----------
    html : str
    domain : str
    outer : bool
        Whether it stands around the whole page, not near the text.
    above : bool
        Whether the main content begins below it.
    """

    html: str
    domain: str
    outer: bool
    above: bool


@dataclass(frozen=True, slots=True)
class _Host:
    """A page, its markup, and which of its blocks are, or may be, main content."""

    gold: GoldPage
    markup: str
    main: npt.NDArray[np.bool_]

    @property
    def main_texts(self) -> frozenset[str]:
        return frozenset(compress(self.gold.page.texts, self.main))


def refurnished_pages(
    pages: Iterable[tuple[GoldPage, str]], fold_of: Mapping[str, int], random: np.random.Generator
) -> Iterator[GoldPage]:
    """Make a copy of each page with other furniture than its own.

    Parameters
    ----------
    pages : iterable of (GoldPage, str)
        With their markup: see :func:`filter.training.pages.with_markup`.
    fold_of : Mapping of str to int
        The fold of each domain: a page is given furniture of its own fold alone.
    random : numpy.random.Generator
    """
    hosts = [
        _Host(gold, markup, coverage(gold.page.texts, gold.gold or "") > DOUBTFUL) for gold, markup in pages
    ]
    pieces: dict[int, list[list[Piece]]] = defaultdict(list)
    for host in hosts:
        pieces[fold_of[host.gold.domain]].append(list(_pieces(host)))
    furnishings = {fold: Furnishings(own, random) for fold, own in pieces.items()}
    for host in hosts:
        yield from _refurnished(host, furnishings[fold_of[host.gold.domain]], random)


def _refurnished(host: _Host, furnishings: Furnishings, random: np.random.Generator) -> Iterator[GoldPage]:
    """Yield the page with other furniture, unless too much of its text is lost on the way."""
    gold = host.gold
    bare = without_furniture(host.markup, host.main_texts, random.random() * _MOST_REMOVED, random)
    markup, donors = furnishings.around(bare, paragraph_ends(bare, gold.gold or ""))
    page = page_of(markup)
    places = places_in_host(gold.page.texts, page.texts)
    kept = np.isin(np.flatnonzero(host.main), places).mean() if host.main.any() else 0
    added = tuple(np.flatnonzero(places < 0).tolist())
    if added and kept >= _FEWEST_KEPT:
        yield replace(gold, name=f"{gold.name}, refurnished", page=page, added=added, donors=donors)


class Furnishings:
    """Puts furniture of some pages into others.

    Parameters
    ----------
    pages : sequence of sequences of Piece
        The pieces of each page.
    random : numpy.random.Generator
    """

    def __init__(self, pages: Sequence[Sequence[Piece]], random: np.random.Generator) -> None:
        # By page, so that one with many small pieces is drawn no oftener than one with few.
        self._pages: dict[tuple[bool, bool], list[list[Piece]]] = defaultdict(list)
        for pieces in pages:
            own = defaultdict(list)
            for piece in pieces:
                own[piece.outer, piece.above].append(piece)
            for place, fitting in own.items():
                self._pages[place].append(fitting)
        self._random = random

    def around(self, markup: str, ends: Sequence[int]) -> tuple[str, tuple[str, ...]]:
        """Put pieces at both ends of the body and, if there are paragraphs, around these.

        Parameters
        ----------
        markup : str
        ends : sequence of int
            See :func:`filter.training.markup_splice.paragraph_ends`.

        Returns
        -------
        markup : str
        donors : tuple of str
            The domains that they are from.
        """
        random, used = self._random, list[Piece]()
        if ends:
            before = self._draw(int(random.random() < 0.3), outer=False, above=True)
            after = self._draw(int(random.choice((0, 0, 1, 1, 2))), outer=False, above=False)
            start, end = paragraph_start(markup, ends[0]), ends[-1]
            markup = markup[:start] + _joined(before) + markup[start:end] + _joined(after) + markup[end:]
            used += before + after
        above = self._draw(int(random.integers(3)), outer=True, above=True)
        below = self._draw(int(random.integers(4)), outer=True, above=False)
        markup = _BODY.sub(lambda body: body[0] + _joined(above), markup, count=1)
        head, end_tag, tail = markup.rpartition("</body>")
        markup = head + _joined(below) + end_tag + tail if end_tag else markup + _joined(below)
        return markup, tuple(sorted({piece.domain for piece in used + above + below}))

    def _draw(self, count: int, *, outer: bool, above: bool) -> list[Piece]:
        """Draw pages that have such a piece, and one of each."""
        pages, random = self._pages[outer, above], self._random
        drawn = [pages[random.integers(len(pages))] for _ in range(count if pages else 0)]
        return [pieces[random.integers(len(pieces))] for pieces in drawn]


def without_furniture(markup: str, main: frozenset[str], share: float, random: np.random.Generator) -> str:
    """Take a share of the elements without main content out of a page, by chance.

    Parameters
    ----------
    markup : str
    main : frozenset of str
        The texts of the blocks that are, or may be, main content.
    share : float
    random : numpy.random.Generator
    """
    tree = LexborHTMLParser(markup)
    if tree.body is None:
        return markup
    for furniture in list(_furniture(tree.body, main)):
        if random.random() < share:
            furniture.element.decompose()
    return tree.html or markup


@dataclass(frozen=True, slots=True)
class _Furniture:
    """An element without main content: the texts of its blocks, and as in :class:`Piece`."""

    element: LexborNode
    texts: list[str]
    outer: bool
    above: bool


def _furniture(body: LexborNode, main: frozenset[str]) -> Iterator[_Furniture]:
    """Find the largest elements without main content, in order."""
    above = True
    stack = [(child, 0) for child in reversed(list(body.iter()))]
    while stack:
        element, level = stack.pop()
        texts = page_of(element.html or "").texts if element.tag not in _NOT_READ else []
        if not texts:
            continue
        if main.isdisjoint(texts):
            yield _Furniture(element, texts, outer=level <= _OUTER, above=above)
            continue
        above = above and texts[0] not in main
        if len(texts) > 1 and level < _DEEPEST:
            stack += [(child, level + 1) for child in reversed(list(element.iter()))]


def _pieces(host: _Host) -> Iterator[Piece]:
    """Find what of a page can be put into others."""
    tree = LexborHTMLParser(host.markup)
    tree.strip_tags(_NOT_READ, recursive=True)
    if tree.body is None or not host.main.any():
        return
    for furniture in _furniture(tree.body, host.main_texts):
        html = furniture.element.html or ""
        words = sum(len(text.split()) for text in furniture.texts)
        if words >= _FEWEST_WORDS and len(furniture.texts) <= _MOST_BLOCKS and len(html) <= _MOST_CHARACTERS:
            yield Piece(html, host.gold.domain, outer=furniture.outer, above=furniture.above)


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.html for piece in pieces)
