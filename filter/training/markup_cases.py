"""Cases of the second pass from the markup of real pages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from filter.errors import PageError
from filter.page import Page
from filter.reading import read_page
from filter.training.alignment import coverage
from filter.training.cases import Case, Sort
from filter.training.corpora import SpamDocument
from filter.training.labels import COVERED
from filter.training.markup_splice import (
    FEWEST_PARAGRAPHS,
    Manner,
    paragraph_ends,
    put_in,
    splice_markup,
)
from filter.training.pages import WCXB_FOLDER, registered_domain
from filter.training.splice import Splicer

_STRAY = 0.1
"""Share of blocks outside the main content that the second pass gets to read all the same."""
_STRAY_CHARACTERS = 40
"""Shorter blocks outside the main content rarely pass for it."""
_MANNERS = {
    Manner.AFTER_LAST: 0.22,
    Manner.CONTAINER: 0.16,
    Manner.MIDDLE: 0.14,
    Manner.SEVERAL: 0.1,
    Manner.END_OF_BODY: 0.12,
    Manner.HIDDEN: 0.1,
    Manner.HIDDEN_BY_RULE: 0.08,
    Manner.BREAKS: 0.08,
}


@dataclass(frozen=True, slots=True)
class MarkupHost:
    """A real page with the main content that people marked.

    Attributes
    ----------
    name, domain, page_type : str
    html : str
    gold : str
    page : Page
    """

    name: str
    domain: str
    page_type: str
    html: str
    gold: str
    page: Page


def read_markup_hosts(folder: Path) -> list[MarkupHost]:
    """Read WCXB's pages with their markup.

    Parameters
    ----------
    folder : Path
        The folder of all corpora.
    """
    return list(_read(folder / WCXB_FOLDER))


def _read(folder: Path) -> Iterator[MarkupHost]:
    for path in sorted((folder / "ground-truth").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        content = gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes())
        page_type = record.get("_internal", {}).get("page_type", {}).get("primary", "")
        text = content.decode("utf-8", "replace")
        page = _page(text)
        if page is not None and len(page):
            yield MarkupHost(
                path.stem,
                registered_domain(record.get("url") or path.stem),
                page_type,
                text,
                record["ground_truth"].get("main_content") or "",
                page,
            )


def _page(text: str) -> Page | None:
    try:
        return read_page(text, content_type="text/html")[0]
    except PageError:
        return None


def markup_cases(
    hosts: Sequence[MarkupHost], documents: Sequence[SpamDocument], random: np.random.Generator, rounds: int
) -> list[Case]:
    """Make cases of all pages as they are, and of the articles among them with spam in their markup.

    Parameters
    ----------
    hosts : sequence of MarkupHost
    documents : sequence of SpamDocument
        What is put in.
    random : numpy.random.Generator
    rounds : int
        How often each article is spliced anew.
    """
    splicer = Splicer(documents, random)
    articles = [host for host in hosts if host.page_type == "article"]
    cases = [clean_markup_case(host, random) for host in hosts]
    spliced = [spliced_markup_case(host, splicer, random) for _ in range(rounds) for host in articles]
    return [case for case in cases if any(case.read)] + [case for case in spliced if case is not None]


def clean_markup_case(host: MarkupHost, random: np.random.Generator) -> Case:
    """Make the case of a page as it is."""
    read = _read_blocks(host.page, host.gold, random)
    facts = {"language": "en", "topic": host.page_type, "outlet": host.domain, "name": host.name}
    spam = (False,) * int(sum(read))
    return Case(host.page, tuple(read.tolist()), spam, _title(host.page), Sort.CLEAN, facts)


def spliced_markup_case(host: MarkupHost, splicer: Splicer, random: np.random.Generator) -> Case | None:
    """Make the case of a page with spam in its markup; ``None`` where there is no place for it."""
    ends = paragraph_ends(host.html, host.gold)
    if len(ends) < FEWEST_PARAGRAPHS:
        return None
    manner = list(_MANNERS)[random.choice(len(_MANNERS), p=list(_MANNERS.values()))]
    passages = [splicer.draw("en"), splicer.draw("en")]
    page = _page(splice_markup(host.html, ends, [blocks for blocks, _ in passages], manner, random))
    if page is None:
        return None
    added = np.array(put_in(host.page.texts, page.texts), dtype=bool)
    if not added.any():
        return None
    read = _read_blocks(page, host.gold, random) | added
    facts = {"site": str(manner), "form": "markup", "niche": passages[0][1].niche}
    case = clean_markup_case(host, random)
    return replace(
        case,
        page=page,
        read=tuple(read.tolist()),
        spam=tuple(added[read].tolist()),
        title=_title(page),
        sort=Sort.SPLICED,
        facts=case.facts | facts | {"spam language": passages[0][1].language, "blocks": str(added.sum())},
    )


def _read_blocks(page: Page, gold: str, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Choose what the second pass reads: the main content, and some of what passes for it."""
    lengths = np.array([len(text) for text in page.texts])
    stray = (random.random(len(page)) < _STRAY) & (lengths >= _STRAY_CHARACTERS)
    return (coverage(page.texts, gold) >= COVERED) | stray


def _title(page: Page) -> str:
    return page.declarations.title
