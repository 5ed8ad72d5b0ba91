"""Spam passages and genuine articles composed for this project, for training only: see ``composed/``.

Found spam is of few sellers, in most languages of two or three. These passages
name invented ones. No figure is measured on them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filter.training.corpora import NewsArticle, SpamBlock, SpamDocument

FOLDER = Path(__file__).with_name("composed")
"""Holds ``spam/`` and ``news/``, a file of JSON lines for each language."""

_ANCHOR = re.compile(r"\[\[(.+?)\]\]")


def composed_spam(folder: Path = FOLDER) -> list[SpamDocument]:
    """Read the passages; each is a campaign of its own.

    Parameters
    ----------
    folder : Path
    """
    return [
        SpamDocument(
            name=name,
            campaign=f"composed {name}",
            niche=record["niche"],
            style=record["style"],
            language=record["lang"],
            blocks=tuple(linked_block(block["text"], block["kind"]) for block in record["paragraphs"]),
            composed=True,
        )
        for name, record in _records(folder / "spam")
    ]


def composed_news(folder: Path = FOLDER) -> list[NewsArticle]:
    """Read the articles; all are of one outlet."""
    return [
        NewsArticle(
            name=name,
            outlet="composed",
            topic=record["topic"],
            language=record["lang"],
            title=record["title"],
            paragraphs=tuple(record["paragraphs"]),
            own_breaks=True,
            composed=True,
        )
        for name, record in _records(folder / "news")
    ]


def linked_block(text: str, kind: str) -> SpamBlock:
    """Make a block of a text whose links stand in double brackets.

    Parameters
    ----------
    text : str
        Such as ``"Compare [[movers near you]] first."``.
    kind : str
        See :class:`filter.training.corpora.SpamBlock`.
    """
    anchors = _ANCHOR.findall(text)
    return SpamBlock(_ANCHOR.sub(r"\1", text), kind, len(anchors), sum(map(len, anchors)))


def _records(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of all files with their names: language and line."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.stem} {number}", json.loads(line)
