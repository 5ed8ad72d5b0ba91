"""What spam put into genuine pages does to main text: ours beside the extractors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.labelled import wcxb_pages
from benchmarks.metrics import lost_paragraphs
from benchmarks.peers import Extract, forgiving, installed
from benchmarks.splicing import FEWEST_PARAGRAPHS, Place, SplicedPage, paragraph_ends, splice
from benchmarks.table import markdown_table
from filter.training.corpora import NewsArticle, SpamBlock, read_spam
from filter.training.splice import Splicer

PEERS = ("trafilatura", "readability-lxml", "resiliparse")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A host and the same page with spam in it."""

    host: str
    spliced: SplicedPage


def specimens(corpora: Path, count: int, seed: int = 0) -> Iterator[Specimen]:
    """Put spam into WCXB's articles, each place in turn.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.
    count : int
        At most so many.
    seed : int
        Decides which spam goes where.
    """
    chance = random.Random(seed)
    splicer = Splicer(read_spam(corpora), np.random.default_rng(seed))
    hosts = [page for page in wcxb_pages(corpora) if page.kind == "article"]
    chance.shuffle(hosts)
    places = cycle(Place)
    for page in hosts:
        ends = paragraph_ends(page.html, page.main_content)
        if len(ends) >= FEWEST_PARAGRAPHS and count > 0:
            yield Specimen(page.html, splice(page.html, ends, _passage(splicer), next(places), chance))
            count -= 1


def _passage(splicer: Splicer) -> list[SpamBlock]:
    """Spam as the splicer draws it for an English article."""
    host = NewsArticle("", "", "other", "en", "", ("-", "-"), own_breaks=True)
    drawn = splicer.splice(host)
    return [block for block, put_in in zip(drawn.blocks, drawn.spam, strict=True) if put_in]


def report(corpora: Path, count: int, ours: Extract | None) -> Iterator[str]:
    """Compare leak and restoration.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.
    count : int
        How many pages.
    ours : callable or None
        Our text of a page, from a model that saw neither the hosts nor the
        spam; peers alone are measured without it.

    Yields
    ------
    str
        Tables in Markdown.
    """
    pages = list(specimens(corpora, count))
    contenders: dict[str, Extract] = {"ours": ours} if ours else {}
    contenders |= {name: forgiving(extract) for name, extract in installed(*PEERS).items()}
    results = {name: [_examine(extract, page) for page in pages] for name, extract in contenders.items()}
    yield f"{len(pages)} articles of WCXB's development pages with spam put in"
    rows = [
        [name, f"{_leak(found):.3f}", f"{mean(result.restored for result in found):.3f}"]
        for name, found in results.items()
    ]
    yield markdown_table(["", "leak", "restored"], rows)
    yield _by_place(results)


@dataclass(frozen=True, slots=True)
class _Result:
    place: Place
    leaked: int
    paragraphs: int
    restored: bool


def _examine(extract: Extract, page: Specimen) -> _Result:
    before, after = extract(page.host), extract(page.spliced.html)
    lost, paragraphs = lost_paragraphs(after, "\n".join(page.spliced.spam))
    return _Result(page.spliced.place, paragraphs - lost, paragraphs, before == after)


def _leak(results: Sequence[_Result]) -> float:
    return sum(result.leaked for result in results) / sum(result.paragraphs for result in results)


def _by_place(results: Mapping[str, Sequence[_Result]]) -> str:
    rows = []
    for place in Place:
        row = [str(place)]
        for found in results.values():
            here = [result for result in found if result.place is place]
            row += [f"{_leak(here):.2f}", f"{mean(result.restored for result in here):.2f}"]
        rows.append(row)
    return markdown_table(
        ["place", *(f"{name}: {what}" for name in results for what in ("leak", "restored"))], rows
    )
