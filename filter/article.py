"""The values that come out: blocks with labels, and the article they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filter.quality import Quality


class Label(StrEnum):
    """What a block is: exactly one label a block."""

    TITLE = "title"
    ARTICLE = "article"
    FURNITURE = "furniture"
    SPAM = "spam"


class Verdict(StrEnum):
    """What to do with the page."""

    KEEP = "keep"
    """Nothing but furniture was removed."""
    TRIM = "trim"
    """Spam was removed, and a genuine article remains."""
    DROP = "drop"
    """There is no article: a doorway page, pure spam, a link list, an error page, too thin."""


class Kind(StrEnum):
    """The form in which a reader sees a block."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    QUOTE = "quote"
    TABLE_ROW = "table_row"
    PREFORMATTED = "preformatted"


class Outcome(StrEnum):
    """How the work on a page ended."""

    OK = "ok"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    UNDECODABLE = "undecodable"


FAILURES = frozenset(Outcome) - {Outcome.OK, Outcome.EMPTY}
"""Outcomes of pages that may hold text, and could not be cleaned."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: the text that is clicked, and where it leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text that a reader sees as a unit.

    Attributes
    ----------
    text : str
        The text, white space folded (kept in preformatted blocks).
    label : Label
        What the block is.
    probabilities : Mapping[str, float]
        A calibrated probability for each label; they sum to 1.
    kind : Kind
        The form in which a reader sees it.
    path : str
        Where it stood: the names of the elements around it, outermost
        first, such as ``"body/main/article/p"``; empty for plain text.
    reasons : tuple of str
        Why the label is what it is, strongest first, each computed from the
        block's own features.
    level : int
        The level of a heading (1 to 6) or the depth of a list item (from 1);
        0 for other kinds.
    links : tuple of Link
        The links inside the block, in order.
    hidden : bool
        Whether the page's markup hides the block from readers.
    """

    text: str
    label: Label
    probabilities: Mapping[str, float]
    kind: Kind = Kind.PARAGRAPH
    path: str = ""
    reasons: tuple[str, ...] = ()
    level: int = 0
    links: tuple[Link, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page declares about itself; ``None`` where it says nothing."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """Publication date, ISO 8601."""
    site_name: str | None = None
    language: str | None = None
    """Language tag (BCP 47) as declared."""
    canonical_url: str | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes became text.

    Attributes
    ----------
    name : str
        WHATWG name of the encoding, lower case, such as ``"windows-1252"``.
    decided_by : str
        The step that decided: ``"caller"``, ``"bom"``, ``"header"``, ``"meta"``,
        ``"utf-8"`` (the bytes are valid UTF-8), ``"detector"`` or ``"fallback"``.
    replaced : int
        How many characters could not be decoded and became U+FFFD.
    """

    name: str
    decided_by: str
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Removed:
    """How much of the page's text is not in the article's text."""

    characters: int
    """Characters in blocks labelled furniture or spam."""
    ratio: float
    """That, as a share of the characters of all blocks (0 to 1)."""
    spam_characters: int
    """Characters in blocks labelled spam."""


@dataclass(frozen=True, slots=True)
class Article:
    """The result: a page's title, text, blocks with labels, and verdict.

    Attributes
    ----------
    title : str or None
        The headline; it is not part of the text.
    text : str
        The blocks labelled article, in order, joined by blank lines.
    verdict : Verdict
        What to do with the page.
    verdict_reasons : tuple of str
        Why, strongest first.
    drop_probability : float
        Calibrated probability that the page holds no article (0 to 1).
    outcome : Outcome
        How the work on the page ended.
    removed : Removed
        How much was taken away.
    encoding : Encoding or None
        How the bytes became text; ``None`` when text came in.
    source : str
        What the caller said the page is called: a path or a URL, or "".
    message : str
        What went wrong, when the outcome is not ``ok``.
    """

    title: str | None
    text: str
    verdict: Verdict
    verdict_reasons: tuple[str, ...] = ()
    drop_probability: float = 0.0
    outcome: Outcome = Outcome.OK
    removed: Removed = Removed(0, 0.0, 0)
    encoding: Encoding | None = None
    source: str = ""
    message: str = ""
    _make_blocks: Callable[[], tuple[Block, ...]] = field(default=tuple, repr=False, compare=False)
    _make_metadata: Callable[[], Metadata] = field(default=Metadata, repr=False, compare=False)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of the page in order, nothing left out.

        Made anew at each access: most callers of a batch never look, and
        making the objects costs more than finding the labels.
        """
        return self._make_blocks()

    @property
    def metadata(self) -> Metadata:
        """What the page declares about itself, read when asked for."""
        return self._make_metadata()

    @property
    def quality(self) -> Quality:
        """Quality signals of the text (Gopher, C4, FineWeb), measured when asked for."""
        from filter.quality import measure  # here, so that start-up doesn't pay for what few ask for

        return measure(self.text)


def failed_article(outcome: Outcome, message: str, *, source: str = "") -> Article:
    """Make what stands for a page that could not be read or cleaned.

    Parameters
    ----------
    outcome : Outcome
        How the work on the page ended.
    message : str
        What went wrong and what to do about it.
    source : str
        What the caller said the page is called.

    Returns
    -------
    Article
        One without text, dropped for sure, and the message is the reason.
    """
    return Article(
        title=None,
        text="",
        verdict=Verdict.DROP,
        verdict_reasons=(message,),
        drop_probability=1.0,
        outcome=outcome,
        source=source,
        message=message,
    )
