"""Genuine text out of scraped news pages, spam and furniture left behind."""

from __future__ import annotations

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

__all__ = [
    "Article",
    "Block",
    "CallerError",
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
]
