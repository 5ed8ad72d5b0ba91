"""Spam put into genuine articles, as users meet it: what the second pass learns from and is measured on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np

from filter.training.corpora import NewsArticle, SpamBlock, SpamDocument

Choice = TypeVar("Choice")


class Site(StrEnum):
    """Where the spam was put."""

    END = "end"
    MIDDLE = "middle"
    SEVERAL = "several"


class Form(StrEnum):
    """What was put there."""

    PASSAGE = "passage"
    """Consecutive blocks of a document, 1 to 30."""
    BRAND = "brand line"
    """The seller's name on a line of its own, then a passage."""
    SENTENCE = "sentence"
    """One sentence as a paragraph of its own."""
    LINKS = "links"
    """Nothing but anchors."""


@dataclass(frozen=True, slots=True)
class Splice:
    """An article with spam in it, and which of its blocks are spam.

    Attributes
    ----------
    host : NewsArticle
    blocks : tuple of SpamBlock
        All blocks in order, the host's own as paragraphs without links.
    spam : tuple of bool
        Whether each block was put in.
    site, form : str
    niche : str
        The niche of the spam, of the first document where there are several.
    language : str
        Likewise the language of the spam.
    """

    host: NewsArticle
    blocks: tuple[SpamBlock, ...]
    spam: tuple[bool, ...]
    site: Site
    form: Form
    niche: str
    language: str


_SITES = {Site.END: 0.65, Site.MIDDLE: 0.2, Site.SEVERAL: 0.15}
_FORMS = {Form.PASSAGE: 0.6, Form.BRAND: 0.2, Form.SENTENCE: 0.12, Form.LINKS: 0.08}
_LENGTHS = {1: 0.2, 2: 0.2, 3: 0.17, 4: 0.13, 6: 0.12, 9: 0.08, 15: 0.06, 30: 0.04}
_SAME_LANGUAGE = 0.8
_COMPOSED = 0.25
"""Share of the passages that are drawn from composed documents where there are found ones, too. Of HTML pages
0.68 are restored at 0.2 % false alarms with a quarter; 0.57 with a half, and with none."""
_ANYWHERE = 0.6
"""Share of passages that may start anywhere in their document, not at its top."""
_SENTENCE = re.compile(r"[^.!?。！？]{40,300}[.!?。！？](?=\s|$)")
_SHORTEST_TELLING = 40
"""Characters that at least one block of a passage must have, so that there is something to recognise."""

_FEWEST_ANCHORS = 2
"""Of a link list."""

_SYLLABLES = [
    "ba",
    "ka",
    "pro",
    "max",
    "bet",
    "lin",
    "seo",
    "ko",
    "ra",
    "win",
    "top",
    "ma",
    "ster",
    "link",
    "rank",
    "ju",
    "di",
    "sa",
    "vo",
    "zen",
    "lux",
    "ter",
    "no",
    "vi",
    "pay",
    "go",
]
_BRAND_ENDS = ("", "88", "77", "pro", "hub", ".com", ".net", " Agency", " Online", "123", " Services", "bet")


Niches = dict[str, dict[str, list[SpamDocument]]]
"""Documents by niche, then by campaign."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Documents, all of them and those of each language."""

    niches: Niches
    of_language: dict[str, Niches]

    @classmethod
    def of(cls, documents: Sequence[SpamDocument]) -> _Shelf:
        by_language: dict[str, list[SpamDocument]] = defaultdict(list)
        for document in documents:
            by_language[document.language].append(document)
        return cls(_by_niche(documents), {name: _by_niche(own) for name, own in by_language.items()})


class Splicer:
    """Draws spam passages and puts them into hosts.

    Niches are drawn by the square root of their size, campaigns evenly inside
    a niche: so that a few big sellers do not decide what spam is. Found and
    composed documents are drawn from apart: the latter are of many small niches.

    Parameters
    ----------
    documents : sequence of SpamDocument
    random : numpy.random.Generator
        Decides everything: the same state gives the same splices.
    """

    def __init__(self, documents: Sequence[SpamDocument], random: np.random.Generator) -> None:
        self._random = random
        parts = [[own for own in documents if own.composed == composed] for composed in (False, True)]
        self._shelves = [_Shelf.of(part) for part in parts if part]
        self._anchors = [document for document in documents if len(_anchors(document)) >= _FEWEST_ANCHORS]

    def splice(self, host: NewsArticle) -> Splice:
        """Put spam into a host of at least two paragraphs."""
        site = self._pick(_SITES)
        form = self._pick(_FORMS)
        document = self._document(host.language, form)
        places = self._places(site, len(host.paragraphs))
        insertions = {places[0]: self._blocks(document, form)}
        for place in places[1:]:
            insertions[place] = self._blocks(self._document(host.language, form), form)
        blocks: list[SpamBlock] = []
        spam: list[bool] = []
        for number in range(len(host.paragraphs) + 1):
            inserted = insertions.get(number, [])
            own = [SpamBlock(text, "paragraph", 0, 0) for text in host.paragraphs[number : number + 1]]
            blocks += inserted + own
            spam += [True] * len(inserted) + [False] * len(own)
        return Splice(host, tuple(blocks), tuple(spam), site, form, document.niche, document.language)

    def draw(self, language: str) -> tuple[list[SpamBlock], SpamDocument]:
        """Draw some blocks of spam for a host in a language, and the document that they are from."""
        form = self._pick(_FORMS)
        document = self._document(language, form)
        return self._blocks(document, form), document

    def _places(self, site: Site, paragraphs: int) -> list[int]:
        middle = int(self._random.integers(1, paragraphs))
        return {Site.END: [paragraphs], Site.MIDDLE: [middle], Site.SEVERAL: [middle, paragraphs]}[site]

    def _document(self, language: str, form: Form) -> SpamDocument:
        if form is Form.LINKS and self._anchors:
            return self._anchors[self._random.integers(len(self._anchors))]
        composed = len(self._shelves) > 1 and self._random.random() < _COMPOSED
        shelf = self._shelves[composed]
        niches = shelf.niches
        if language in shelf.of_language and self._random.random() < _SAME_LANGUAGE:
            niches = shelf.of_language[language]
        names = list(niches)
        sizes = np.array([sum(map(len, niches[name].values())) for name in names], dtype=np.float64) ** 0.5
        campaigns = niches[names[self._random.choice(len(names), p=sizes / sizes.sum())]]
        documents = list(campaigns.values())[self._random.integers(len(campaigns))]
        return documents[self._random.integers(len(documents))]

    def _blocks(self, document: SpamDocument, form: Form) -> list[SpamBlock]:
        if form is Form.LINKS and _anchors(document):
            return _anchors(document)[: int(self._random.integers(_FEWEST_ANCHORS, 9))]
        if form is Form.SENTENCE:
            sentences = [
                match.group().strip()
                for block in document.blocks
                if block.kind == "paragraph"
                for match in _SENTENCE.finditer(block.text)
            ]
            if sentences:
                sentence = sentences[self._random.integers(len(sentences))]
                return [SpamBlock(sentence, "paragraph", 1, min(len(sentence), 20))]
        passage = self._passage(document)
        if form is Form.BRAND:
            return [SpamBlock(self._brand(), "heading", 0, 0), *passage]
        return passage

    def _passage(self, document: SpamDocument) -> list[SpamBlock]:
        length = self._pick(_LENGTHS)
        blocks = document.blocks
        start = 0
        if self._random.random() < _ANYWHERE:
            start = int(self._random.integers(max(len(blocks) - length, 0) + 1))
        passage = list(blocks[start : start + length])
        while len(passage) > 1 and passage[-1].kind == "heading":
            passage.pop()
        if max(len(block.text) for block in passage) < _SHORTEST_TELLING:
            return [max(blocks, key=lambda block: len(block.text))]
        return passage

    def _brand(self) -> str:
        parts = self._random.choice(_SYLLABLES, size=int(self._random.integers(2, 4)))
        name = "".join(parts)
        name = name.title() if self._random.random() < 0.5 else "".join(part.title() for part in parts)
        return name + str(self._random.choice(_BRAND_ENDS))

    def _pick(self, shares: dict[Choice, float]) -> Choice:
        chances = np.fromiter(shares.values(), dtype=np.float64)
        return list(shares)[self._random.choice(len(shares), p=chances / chances.sum())]


def _by_niche(documents: Sequence[SpamDocument]) -> Niches:
    niches: Niches = defaultdict(lambda: defaultdict(list))
    for document in documents:
        niches[document.niche][document.campaign].append(document)
    return niches


def _anchors(document: SpamDocument) -> list[SpamBlock]:
    return [block for block in document.blocks if block.kind == "anchors"]
