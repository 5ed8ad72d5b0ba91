"""Labelled pages: WCXB's development split, and the pages on which trafilatura is evaluated."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filter.errors import CallerError

WCXB = "wcxb-dev"
SEGMENTS = "trafilatura-eval"


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page, and what people (or a model, checked by people) say is in it.

    Attributes
    ----------
    name : str
        As :mod:`filter.training.pages` names it.
    html : str
        The page, decoded as UTF-8 with replacement.
    url : str
        Where it was found; "" if that isn't recorded.
    kind : str
        ``"article"``, ``"forum"``, ``"product"`` and so on.
    main_content : str
        The gold text; "" where only snippets are given.
    included, excluded : tuple of str
        Snippets that the text must hold, and that it must not.
    title, author, published : str
        Gold metadata; "" where none is given.
    """

    name: str
    html: str
    url: str
    kind: str
    main_content: str
    included: tuple[str, ...]
    excluded: tuple[str, ...]
    title: str
    author: str
    published: str


def wcxb_pages(corpora: Path) -> Iterator[AnnotatedPage]:
    """Read WCXB's development pages, in order of their numbers.

    Raises
    ------
    CallerError
        If the folder doesn't hold them.
    """
    for file in sorted(_folder(corpora, WCXB).glob("ground-truth/*.json")):
        record = json.loads(file.read_text("utf-8"))
        truth = record["ground_truth"]
        kind = record["_internal"]["page_type"]["primary"]
        yield AnnotatedPage(
            name=f"wcxb/{file.stem}",
            html=_html(corpora / WCXB / "html" / f"{file.stem}.html.gz"),
            url=record.get("url") or "",
            kind="collection" if kind == "category" else kind,
            main_content=truth.get("main_content") or "",
            included=tuple(truth.get("with") or ()),
            excluded=tuple(truth.get("without") or ()),
            title=_text(truth.get("title")),
            author=_text(truth.get("author")),
            published=_text(truth.get("publish_date")),
        )


def segment_pages(corpora: Path) -> Iterator[AnnotatedPage]:
    """Read trafilatura's evaluation pages.

    Raises
    ------
    CallerError
        If the folder doesn't hold them.
    """
    folder = _folder(corpora, SEGMENTS)
    for name, truth in json.loads((folder / "segments.json").read_text("utf-8")).items():
        yield AnnotatedPage(
            name=f"trafilatura/{name}",
            html=_html(folder / "html" / f"{name}.gz"),
            url=truth.get("url") or "",
            kind="article",
            main_content="",
            included=tuple(truth.get("with") or ()),
            excluded=tuple(truth.get("without") or ()),
            title=_text(truth.get("title")),
            author=_text(truth.get("author")),
            published=_text(truth.get("date")),
        )


def _folder(corpora: Path, name: str) -> Path:
    folder = corpora / name
    if not folder.is_dir():
        raise CallerError(f"{folder} is missing: name the folder that holds {name}/")
    return folder


def _html(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode("utf-8", "replace")


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""
