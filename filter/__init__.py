"""Genuine text out of scraped news pages, spam and furniture left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filter.article import (
    Article,
    Block,
    Encoding,
    Kind,
    Label,
    Link,
    Metadata,
    Outcome,
    Removed,
    Verdict,
)
from filter.errors import CallerError, ModelError, NewsfilterError, PageError

if TYPE_CHECKING:
    from filter.cleaner import Cleaner, clean

__all__ = [
    "Article",
    "Block",
    "CallerError",
    "Cleaner",
    "Encoding",
    "Kind",
    "Label",
    "Link",
    "Metadata",
    "ModelError",
    "NewsfilterError",
    "Outcome",
    "PageError",
    "Removed",
    "Verdict",
    "clean",
]


def __getattr__(name: str) -> Any:
    """Import what cleans when it is first asked for: help pages and values don't need numpy."""
    if name not in ("Cleaner", "clean"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from filter import cleaner

    return globals().setdefault(name, getattr(cleaner, name))
