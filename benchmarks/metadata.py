"""Agreement of metadata with that which people wrote down, ours beside the libraries made for it."""

from __future__ import annotations

import logging
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.clock import cpu_seconds
from benchmarks.labelled import SEGMENTS, WCXB, AnnotatedPage, segment_pages, wcxb_pages
from benchmarks.table import markdown_table


@dataclass(frozen=True, slots=True)
class Answer:
    """What a library says of a page; "" where it says nothing."""

    title: str = ""
    author: str = ""
    published: str = ""


def report(corpora: Path) -> Iterator[str]:
    """Compare on every article of both corpora whose metadata is given.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.

    Yields
    ------
    str
        Tables in Markdown, one a field.
    """
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    pages = {
        WCXB: [page for page in wcxb_pages(corpora) if page.kind == "article"],
        SEGMENTS: [page for page in segment_pages(corpora) if page.title],
    }
    count = sum(map(len, pages.values()))
    tallies: dict[str, dict[tuple[str, str], _Tally]] = {}
    milliseconds: dict[str, float] = {}
    for name, ask in LIBRARIES.items():
        answers: list[Answer] = []
        seconds = cpu_seconds(lambda ask=ask, answers=answers: answers.extend(_asked(ask, pages)))  # type: ignore[misc]
        milliseconds[name] = seconds / count * 1e3
        tallies[name] = _tallied(pages, answers)
    for field in ("title", "author", "published"):
        rows = [
            [
                name,
                *(cell for corpus in pages for cell in tally[corpus, field].cells()),
                f"{milliseconds[name]:.1f}",
            ]
            for name, tally in tallies.items()
            if any(tally[corpus, field].answered for corpus in pages)
        ]
        headings = [field]
        for corpus in pages:
            asked = next(iter(tallies.values()))[corpus, field].asked
            headings += [f"{corpus} ({asked}): agrees", "says something"]
        yield markdown_table([*headings, "ms a page, all fields"], rows)


@dataclass(slots=True)
class _Tally:
    asked: int = 0
    answered: int = 0
    agreed: int = 0

    def cells(self) -> list[str]:
        return [f"{self.agreed / self.asked:.3f}", f"{self.answered / self.asked:.3f}"]


def _asked(ask: Callable[[str], Answer], pages: dict[str, list[AnnotatedPage]]) -> Iterator[Answer]:
    for page in chain.from_iterable(pages.values()):
        try:
            yield ask(page.html)
        except Exception:  # whatever a library raises is its answer to the page
            yield Answer()


def _tallied(pages: dict[str, list[AnnotatedPage]], answers: list[Answer]) -> dict[tuple[str, str], _Tally]:
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    answer = iter(answers)
    for corpus, pages_of_corpus in pages.items():
        for page in pages_of_corpus:
            said = next(answer)
            for field, comparable in COMPARABLE.items():
                gold, given = getattr(page, field), getattr(said, field)
                if gold:
                    tally = tallies[corpus, field]
                    tally.asked += 1
                    tally.answered += bool(given)
                    tally.agreed += bool(given) and comparable(given) == comparable(gold)
    return tallies


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


_LINKING = frozenset({"by", "von", "par", "por", "and", "und", "et", "y"})


def _words(author: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", author.casefold())) - _LINKING


def _day(published: str) -> str:
    return published[: len("2026-01-31")]


COMPARABLE: dict[str, Callable[[str], Any]] = {"title": _letters, "author": _words, "published": _day}
"""What of each field is compared: letters and digits, a set of words, the day."""


def _ours(html: str) -> Answer:
    from filter.markup import read_markup
    from filter.metadata import read_metadata

    said = read_metadata(read_markup(html))
    return Answer(said.headline or "", ", ".join(said.authors), said.published or "")


def _trafilatura(html: str) -> Answer:
    from trafilatura import extract_metadata

    said = extract_metadata(html)
    return Answer(said.title or "", said.author or "", said.date or "") if said else Answer()


def _turbohtml(html: str) -> Answer:
    import turbohtml
    from turbohtml.extract import DateExtraction, dates

    said = turbohtml.parse(html).article()
    found = dates(html, DateExtraction(original=True))
    return Answer(said.title or "", said.byline or "", found.date if found else "")


def _htmldate(html: str) -> Answer:
    from htmldate import find_date

    return Answer(published=find_date(html, original_date=True) or "")


def _extruct(html: str) -> Answer:
    from extruct import extract  # type: ignore[import-untyped]

    from filter import jsonld

    found = extract(html, syntaxes=["json-ld", "opengraph", "microdata"], uniform=True, errors="ignore")
    things = [thing for thing in [*found["json-ld"], *found["microdata"]] if isinstance(thing, dict)]
    things += [
        thing for outer in things for thing in jsonld.values(outer, "@graph") if isinstance(thing, dict)
    ]
    titles = [*jsonld.texts(things, "headline"), *jsonld.texts(found["opengraph"], "og:title"), ""]
    dates = [*jsonld.texts(things, "datePublished"), ""]
    return Answer(titles[0], ", ".join(jsonld.author_names(things, things)), dates[0])


LIBRARIES: dict[str, Callable[[str], Answer]] = {
    "ours": _ours,
    "trafilatura": _trafilatura,
    "htmldate": _htmldate,
    "turbohtml, whole page": _turbohtml,
    "extruct": _extruct,
}
