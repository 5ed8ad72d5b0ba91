"""Pages in other surroundings: some of their furniture taken out, that of other sites put in; for training.

A judge that saw each text in one surrounding alone leans on it: on where in a
page a paragraph stands, and on what comes before and after.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from filter.decode import decode
from filter.training.alignment import coverage
from filter.training.labels import DOUBTFUL
from filter.training.markup_splice import paragraph_ends, paragraph_start, places_in_host
from filter.training.pages import GoldPage, page_of, wcxb_pages

_MOST_REMOVED = 0.6
"""Up to this share of a page's own furniture is taken out; each page draws its own."""
_OUTER = 4
"""Elements at most so many levels below the body's children stand around the whole page."""
_DEEPEST = 40
"""Levels below which no furniture is looked for."""
_FEWEST_WORDS, _MOST_BLOCKS, _MOST_CHARACTERS = 4, 150, 40_000
"""Of what is put into other pages; characters of markup."""
_TRIES = 20
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


def refurnished_pages(
    folders: Iterable[Path],
    golds: Sequence[GoldPage],
    folds: npt.NDArray[np.int64],
    random: np.random.Generator,
) -> Iterator[GoldPage]:
    """Read WCXB's pages again, each with other furniture than its own.

    Parameters
    ----------
    folders : iterable of Path
        Those with WCXB's pages: see :func:`filter.training.pages.wcxb_folders`.
    golds : sequence of GoldPage
        As read from them, and from others.
    folds : int64 array, shape (pages,)
        The fold of each: a page is given furniture of its own fold alone.
    random : numpy.random.Generator
    """
    known = {gold.name: (gold, fold) for gold, fold in zip(golds, folds.tolist(), strict=True)}
    hosts: list[tuple[GoldPage, str]] = []
    pieces: dict[int, list[list[Piece]]] = defaultdict(list)
    for found in chain.from_iterable(map(wcxb_pages, folders)):
        gold, fold = known.get(f"wcxb/{found.name}", (None, 0))
        if gold is not None and gold.gold:
            markup, _ = decode(found.content)
            hosts.append((gold, markup))
            pieces[fold].append(list(_pieces(markup, gold)))
    furnishings = {fold: Furnishings(pages, random) for fold, pages in pieces.items()}
    for gold, markup in hosts:
        yield from _refurnished(gold, markup, furnishings[known[gold.name][1]], random)


def _refurnished(
    gold: GoldPage, markup: str, furnishings: Furnishings, random: np.random.Generator
) -> Iterator[GoldPage]:
    """Yield the page with other furniture, unless too much of its text is lost on the way."""
    bare = without_furniture(markup, _main_texts(gold), random.random() * _MOST_REMOVED, random)
    markup, donors = furnishings.around(bare, paragraph_ends(bare, gold.gold or ""))
    page = page_of(markup)
    places = places_in_host(gold.page.texts, page.texts)
    main = _main(gold)
    kept = np.isin(np.flatnonzero(main), places).mean() if main.any() else 0
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
        self._pages = [pieces for pieces in pages if pieces]
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
        drawn: list[Piece] = []
        for _ in range(_TRIES * count):
            if len(drawn) == count or not self._pages:
                break
            page = self._pages[self._random.integers(len(self._pages))]
            fitting = [piece for piece in page if (piece.outer, piece.above) == (outer, above)]
            if fitting:
                drawn.append(fitting[self._random.integers(len(fitting))])
        return drawn


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
    for furniture in [found for found, _, _ in _furniture(tree.body, main)]:
        if random.random() < share:
            furniture.decompose()
    return tree.html or markup


def _pieces(markup: str, gold: GoldPage) -> Iterator[Piece]:
    """Find what of a page can be put into others."""
    tree = LexborHTMLParser(markup)
    tree.strip_tags(_NOT_READ, recursive=True)
    main = _main_texts(gold)
    if tree.body is None or not main:
        return
    for furniture, level, above in _furniture(tree.body, main):
        html = furniture.html or ""
        texts = page_of(html).texts
        words = sum(len(text.split()) for text in texts)
        if words >= _FEWEST_WORDS and len(texts) <= _MOST_BLOCKS and len(html) <= _MOST_CHARACTERS:
            yield Piece(html, gold.domain, outer=level <= _OUTER, above=above)


def _furniture(body: LexborNode, main: frozenset[str]) -> Iterator[tuple[LexborNode, int, bool]]:
    """Find the largest elements without main content: with their level, and whether main content follows."""
    above = True
    stack = [(child, 0) for child in reversed(list(body.iter()))]
    while stack:
        element, level = stack.pop()
        texts = page_of(element.html or "").texts if element.tag not in _NOT_READ else []
        if not texts:
            continue
        if main.isdisjoint(texts):
            yield element, level, above
            continue
        above = above and texts[0] not in main
        if len(texts) > 1 and level < _DEEPEST:
            stack += [(child, level + 1) for child in reversed(list(element.iter()))]


def _main(gold: GoldPage) -> npt.NDArray[np.bool_]:
    shares = coverage(gold.page.texts, gold.gold or "")
    may_be: npt.NDArray[np.bool_] = shares >= DOUBTFUL
    return may_be


def _main_texts(gold: GoldPage) -> frozenset[str]:
    return frozenset(text for text, main in zip(gold.page.texts, _main(gold), strict=True) if main)


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.html for piece in pieces)
