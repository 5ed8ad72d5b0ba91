"""Readers for the labelled texts: spam and news, by the paragraph."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from filter.errors import CallerError

SPAM_FILES = ("spam/dev.jsonl.gz",)
NEWS_FILES = ("news/dev.jsonl.gz",)
COMPOSED_SPAM_FILES = ("written/spam.jsonl.gz",)
COMPOSED_NEWS_FILES = ("written/news.jsonl.gz",)
_POOLS = (0.5, 0.35, 0.15)
"""Shares of the articles drawn in English, in other languages, and about spammy subjects."""


@dataclass(frozen=True, slots=True)
class SpamBlock:
    """One block of a spam document.

    Attributes
    ----------
    text : str
    kind : str
        ``"paragraph"``, ``"heading"``, ``"list_item"`` or ``"anchors"``.
    links : int
        How many links it holds.
    link_characters : int
        How many of its characters stand inside links.
    """

    text: str
    kind: str
    links: int
    link_characters: int


@dataclass(frozen=True, slots=True)
class SpamDocument:
    """Consecutive blocks written to sell or to carry a link.

    Attributes
    ----------
    name : str
    campaign : str
        Whose it is: documents of one campaign share brands, texts or clients,
        so that none of them may stand on both sides of a split.
    niche, style, language : str
    blocks : tuple of SpamBlock
    composed : bool
        Written for training: never to be measured on.
    """

    name: str
    campaign: str
    niche: str
    style: str
    language: str
    blocks: tuple[SpamBlock, ...]
    composed: bool = False

    @property
    def characters(self) -> int:
        """Characters of all blocks."""
        return sum(len(block.text) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """A genuine article in paragraphs.

    Attributes
    ----------
    name : str
    outlet : str
        Who published it; the unit of a split.
    topic : str
        A spammy subject that the news is about, such as ``"gambling"``, or ``"other"``.
    language : str
    title : str
    paragraphs : tuple of str
    own_breaks : bool
        Whether the paragraphs are the outlet's own, not grouped anew.
    composed : bool
        Written for training: never to be measured on.
    """

    name: str
    outlet: str
    topic: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    own_breaks: bool
    composed: bool = False


def read_spam(folder: Path, *, composed: bool = False) -> list[SpamDocument]:
    """Read the spam documents, or those composed for training only."""
    return [
        SpamDocument(
            name=record["id"],
            campaign=record.get("campaign") or f"composed {record['id']}",
            niche=record["niche"],
            style=record["style"],
            language=record["lang"],
            blocks=tuple(
                SpamBlock(block["text"], block["kind"], block["links"], block["link_chars"])
                for block in record["paragraphs"]
                if block["text"].strip()
            ),
            composed=composed,
        )
        for record in _records(folder, COMPOSED_SPAM_FILES if composed else SPAM_FILES)
    ]


def read_news(folder: Path, *, composed: bool = False) -> list[NewsArticle]:
    """Read the genuine articles, or those composed for training only."""
    return [
        NewsArticle(
            name=record["id"],
            outlet=record["source"],
            topic=record["topic"],
            language=record["lang"],
            title=record["title"] or "",
            paragraphs=tuple(filter(str.strip, record["paragraphs"])),
            own_breaks=record["para"] == "kept",
            composed=composed,
        )
        for record in _records(folder, COMPOSED_NEWS_FILES if composed else NEWS_FILES)
    ]


def draw_articles(
    articles: Sequence[NewsArticle], random: np.random.Generator, count: int
) -> list[NewsArticle]:
    """Draw articles, an outlet in proportion to the root of its size.

    Parameters
    ----------
    articles : sequence of NewsArticle
    random : numpy.random.Generator
    count : int
        About so many are drawn: in English, in other languages, and about spammy subjects.
    """
    english = [article for article in articles if article.language == "en"]
    others = [article for article in articles if article.language != "en"]
    delicate = [article for article in articles if article.topic != "other"]
    drawn = []
    for pool, share in zip((english, others, delicate), _POOLS, strict=True):
        if not pool:
            continue
        outlets: dict[str, list[NewsArticle]] = {}
        for article in pool:
            outlets.setdefault(article.outlet, []).append(article)
        members = list(outlets.values())
        chances = np.sqrt([len(own) for own in members])
        chosen = random.choice(len(members), size=int(count * share), p=chances / chances.sum())
        drawn += [members[outlet][random.integers(len(members[outlet]))] for outlet in chosen]
    return drawn


def assign_folds(
    groups: Sequence[str], folds: int, *, strata: Sequence[str] | None = None
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Deal groups out to folds, a group never in two, the strata alike in each.

    Parameters
    ----------
    groups : sequence of str
        The group of each item, such as a document's campaign.
    folds : int
        How many folds, from 2.
    strata : sequence of str, optional
        The stratum of each item, such as its niche; a group belongs to the
        stratum of its first item.

    Returns
    -------
    ndarray of int64, shape (items,)
        The fold of each item. It depends on the items alone: no chance is involved.
    """
    sizes = Counter(groups)
    stratum_of: dict[str, str] = {}
    for group, stratum in zip(groups, strata or groups, strict=True):
        stratum_of.setdefault(group, stratum if strata else "")
    load = np.zeros(folds)
    load_of: dict[str, np.ndarray[Any, np.dtype[np.float64]]] = {}
    fold_of: dict[str, int] = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], name)):
        own = load_of.setdefault(stratum_of[group], np.zeros(folds))
        fold = int(np.lexsort((load, own))[0])
        own[fold] += sizes[group]
        load[fold] += sizes[group]
        fold_of[group] = fold
    return np.array([fold_of[group] for group in groups], dtype=np.int64)


def _records(folder: Path, files: Iterable[str]) -> Iterator[dict[str, Any]]:
    for file in files:
        path = folder / file
        if not path.is_file():
            raise CallerError(f"{path} is missing: name the folder that holds {file}")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
