"""Readers for labelled pages: WCXB, trafilatura's evaluation pages, and users' own corrections."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filter.decode import decode
from filter.errors import CallerError, PageError
from filter.page import Page, text_page
from filter.reading import read_page

WCXB_FOLDER = "wcxb-dev"
SEGMENTS_FOLDER = "trafilatura-eval"
_SHORT_SECOND_LEVEL = 3
"""Second-level names this short under a country's domain (``co.uk``) are no registrant's."""


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and what people said is in its main content.

    Attributes
    ----------
    name : str
    domain : str
        The registered domain: the unit of a split.
    page_type : str
        As WCXB types pages: ``"article"``, ``"forum"`` and so on; else ``""``.
    page : Page
    gold : str or None
        The whole main content; ``None`` where only segments are known.
    title : str
        The headline; ``""`` where unknown.
    present, absent : tuple of str
        Segments that the main content must hold, and must not.
    labels : tuple of str
        One label a block, from corrections; empty for other sources.
    added : tuple of int
        Blocks that were put into a real page for training, none of them main content.
    stress : float
        How many times what it would as a found block each of these weighs.
    donors : tuple of str
        Domains of the pages that they were taken from.
    """

    name: str
    domain: str
    page_type: str
    page: Page
    gold: str | None
    title: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    labels: tuple[str, ...] = field(default=())
    added: tuple[int, ...] = ()
    stress: float = 1.0
    donors: tuple[str, ...] = ()

    @property
    def composed(self) -> bool:
        """Whether the page was made for training: never to be measured on."""
        return bool(self.added)

    @property
    def domains(self) -> frozenset[str]:
        """All domains that a part of the page is from: a model that learned from it has seen them."""
        return frozenset((self.domain, *self.donors))


def read_gold_pages(folder: Path) -> list[GoldPage]:
    """Read whatever labelled pages a folder holds.

    Parameters
    ----------
    folder : Path
        A corpus (WCXB's, trafilatura's evaluation pages), a folder of corpora, a folder of
        pages ``NAME.html`` with texts ``NAME.txt``, or a JSON Lines file of corrected labels as
        the report exports it.

    Raises
    ------
    CallerError
        If the folder is absent or holds no labelled pages.
    """
    if not folder.exists():
        raise CallerError(f"the corpus {folder} does not exist: pass the folder of the labelled pages")
    pages = list(_read(folder))
    if not pages:
        raise CallerError(
            f"{folder} holds no labelled pages: expected WCXB's html/ and ground-truth/, trafilatura's "
            "html/ and segments.json, pages NAME.html with texts NAME.txt, or a JSON Lines file of "
            "corrected labels"
        )
    return pages


def wcxb_folders(sources: Iterable[Path]) -> Iterator[Path]:
    """Find the folders with WCXB's pages: some of the sources themselves, or inside them."""
    for source in sources:
        yield from (folder for folder in (source, source / WCXB_FOLDER) if _is_wcxb(folder))


def registered_domain(url: str) -> str:
    """Return the part of a URL's host that one owner registered, as far as its shape tells."""
    host = (urlsplit(url).hostname or url).lower()
    parts = host.split(".")
    owned = 2
    if len(parts) > owned and len(parts[-1]) == owned and len(parts[-2]) <= _SHORT_SECOND_LEVEL:
        owned += 1
    return ".".join(parts[-owned:])


def _read(folder: Path) -> Iterator[GoldPage]:
    if folder.is_file():
        yield from _read_corrections(folder)
    elif _is_wcxb(folder):
        yield from _read_wcxb(folder)
    elif (folder / "segments.json").is_file():
        yield from _read_segments(folder)
    else:
        for inner in (WCXB_FOLDER, SEGMENTS_FOLDER):
            if (folder / inner).is_dir():
                yield from _read(folder / inner)
        yield from _read_pairs(folder)


def _is_wcxb(folder: Path) -> bool:
    return (folder / "ground-truth").is_dir()


def with_markup(golds: Iterable[GoldPage], sources: Iterable[Path]) -> Iterator[tuple[GoldPage, str]]:
    """Read the markup of the WCXB pages among some, but for those without main content.

    Parameters
    ----------
    golds : iterable of GoldPage
    sources : iterable of Path
        Folders with WCXB's pages, and folders that hold such a folder.

    Yields
    ------
    page : GoldPage
    markup : str
    """
    by_name = {gold.name: gold for gold in golds if gold.gold}
    for found in chain.from_iterable(map(wcxb_pages, wcxb_folders(sources))):
        if gold := by_name.get(f"wcxb/{found.name}"):
            yield gold, decode(found.content)[0]


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page of a corpus as it lies there.

    Attributes
    ----------
    name : str
        Inside its corpus.
    domain, page_type : str
        As in :class:`GoldPage`.
    content : bytes
    record : dict
        What people said of it, as the corpus writes it.
    """

    name: str
    domain: str
    page_type: str
    content: bytes
    record: dict[str, Any]


def wcxb_pages(folder: Path) -> Iterator[CorpusPage]:
    """Read WCXB's pages; a record's gold is its ``ground_truth``."""
    for path in sorted((folder / "ground-truth").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        yield CorpusPage(
            name=path.stem,
            domain=registered_domain(record.get("url") or path.stem),
            page_type=record.get("_internal", {}).get("page_type", {}).get("primary", ""),
            content=gzip.decompress((folder / "html" / f"{path.stem}.html.gz").read_bytes()),
            record=record,
        )


def segment_pages(folder: Path) -> Iterator[CorpusPage]:
    """Read trafilatura's evaluation pages, as far as they lie there."""
    segments = json.loads((folder / "segments.json").read_text(encoding="utf-8"))
    for name, record in segments.items():
        path = folder / "html" / f"{name}.gz"
        if path.exists():
            content = gzip.decompress(path.read_bytes())
            yield CorpusPage(name, registered_domain(record["url"]), "", content, record)


def _read_wcxb(folder: Path) -> Iterator[GoldPage]:
    for found in wcxb_pages(folder):
        truth = found.record["ground_truth"]
        yield GoldPage(
            name=f"wcxb/{found.name}",
            domain=found.domain,
            page_type=found.page_type,
            page=page_of(found.content),
            gold=truth.get("main_content") or "",
            title=truth.get("title") or "",
            present=tuple(truth.get("with") or ()),
            absent=tuple(truth.get("without") or ()),
        )


def _read_segments(folder: Path) -> Iterator[GoldPage]:
    for found in segment_pages(folder):
        yield GoldPage(
            name=f"trafilatura/{found.name}",
            domain=found.domain,
            page_type=found.page_type,
            page=page_of(found.content),
            gold=None,
            title=found.record.get("title") or "",
            present=tuple(found.record["with"]),
            absent=tuple(found.record["without"]),
        )


def _read_pairs(folder: Path) -> Iterator[GoldPage]:
    for path in sorted(folder.rglob("*.htm*")):
        text = path.with_suffix(".txt")
        if text.is_file():
            yield GoldPage(
                name=str(path.relative_to(folder)),
                domain=path.stem,
                page_type="article",
                page=page_of(path.read_bytes()),
                gold=text.read_text(encoding="utf-8"),
            )


def _read_corrections(path: Path) -> Iterator[GoldPage]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            blocks = record["blocks"]
            page, labels = _corrected_page(record, blocks)
        except (ValueError, KeyError, TypeError) as error:
            raise CallerError(
                f"{path}, line {number}, is no page of corrected labels ({error}): export it from "
                "the report again"
            ) from error
        source = str(record.get("source") or f"{path.stem}-{number}")
        yield GoldPage(source, registered_domain(source), "article", page, None, labels=labels)


def _corrected_page(record: dict[str, Any], blocks: list[dict[str, Any]]) -> tuple[Page, tuple[str, ...]]:
    """Read the page anew if the record holds it, so that its markup is learned from too."""
    labels = tuple(str(block.get("corrected") or block["label"]) for block in blocks)
    texts = [str(block["text"]) for block in blocks]
    if record.get("page"):
        page = page_of(record["page"])
        if page.texts == texts:
            return page, labels
    return text_page(texts), labels


def page_of(content: bytes | str) -> Page:
    """Read HTML; a page that can't be read is one without blocks."""
    try:
        return read_page(content, content_type="text/html")[0]
    except PageError:
        return read_page("", content_type="text/html")[0]
