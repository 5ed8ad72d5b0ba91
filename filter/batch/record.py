"""Article → record: one line of JSON a page, whatever became of the page."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from filter.article import FAILURES, Article, Outcome, Verdict, failed_article
from filter.batch.compression import Compression, compress
from filter.batch.entry import Entry
from filter.batch.tally import Tally
from filter.render import escaped, printable, to_record

try:
    import orjson
except ImportError:  # the extra "batch" is not installed: the standard library does the same, slower
    orjson = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which pages are wanted in the output. Pages that failed are always in it.

    Attributes
    ----------
    only : collection of Verdict
        The verdicts wanted.
    min_words : int
        Fewest words in the article's text, counted as in :class:`filter.quality.Quality`.
    min_quality : float
        Lowest :attr:`filter.quality.Quality.score` (0 to 1).
    """

    only: Collection[Verdict] = tuple(Verdict)
    min_words: int = 0
    min_quality: float = 0.0

    def wants(self, article: Article) -> bool:
        """Return whether the article's page belongs into the output."""
        if article.verdict not in self.only:
            return False
        if self.min_words <= 0 and self.min_quality <= 0:
            return True
        quality = article.quality
        return quality.word_count >= self.min_words and quality.score >= self.min_quality


@dataclass(frozen=True, slots=True)
class Record:
    """What one page leaves in the output.

    Attributes
    ----------
    line : bytes
        The record with its line break; empty if the selection leaves it out.
    text : str
        The article's text.
    mirror : str
        Where the text goes when the output is a folder.
    verdict, outcome
        As in :class:`filter.article.Article`.
    """

    line: bytes
    text: str
    mirror: str
    verdict: Verdict
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Packed:
    """The records of one chunk, ready to be appended to the output.

    Attributes
    ----------
    data : bytes
        Their lines, compressed as the output is.
    texts : tuple of (str, str)
        Where each text goes, and the text, when the output is a folder.
    tally : Tally
        What became of the pages.
    """

    data: bytes
    tally: Tally
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Recorder:
    """Makes records of articles, and packs them; it travels to every worker.

    Attributes
    ----------
    selection : Selection
        Which pages are wanted.
    text_only : bool
        Whether to leave blocks, metadata and quality out of the records.
    compression : Compression
        How the output is compressed.
    folder : bool
        Whether the texts go to files of their own, and the records without texts to an index.
    """

    selection: Selection = field(default_factory=Selection)
    text_only: bool = False
    compression: Compression = Compression.NONE
    folder: bool = False

    def record(self, article: Article, entry: Entry, carried: Mapping[str, object]) -> Record:
        """Return the record of a page.

        Fields of the input stand before ours; one that has the name of one of
        ours stands as ``input_<name>``, so that nothing is lost.
        """
        wanted = article.outcome in FAILURES or self.selection.wants(article)
        return Record(
            line=self._line(article, entry, carried) if wanted else b"",
            text=article.text if wanted and self.folder else "",
            mirror=entry.mirror,
            verdict=article.verdict,
            outcome=article.outcome,
        )

    def failure(self, entry: Entry, outcome: Outcome, message: str) -> Record:
        """Return the record of a page that could not be cleaned."""
        return self.record(failed_article(outcome, message), entry, entry.carried())

    def pack(self, records: Iterable[Record]) -> Packed:
        """Return a chunk's records as the output takes them."""
        tally = Tally()
        lines: list[bytes] = []
        texts: list[tuple[str, str]] = []
        for record in records:
            tally.count(record.verdict, record.outcome, left_out=not record.line)
            lines.append(record.line)
            if self.folder and record.text:
                texts.append((record.mirror, record.text))
        return Packed(compress(b"".join(lines), self.compression), tally, tuple(texts))

    def _line(self, article: Article, entry: Entry, carried: Mapping[str, object]) -> bytes:
        ours = to_record(article, text_only=self.text_only or self.folder)
        ours["source"] = entry.source
        if self.folder:
            ours["file"] = printable(entry.mirror) if ours.pop("text") else None
        return _json_line(_with_carried(ours, carried))


def _with_carried(ours: dict[str, object], carried: Mapping[str, object]) -> dict[str, object]:
    if not carried:
        return ours
    fields: dict[str, object] = {}
    for name, value in carried.items():
        while name in ours or name in fields:
            name = f"input_{name}"
        fields[name] = value
    return fields | ours


def _json_line(values: dict[str, object]) -> bytes:
    """Write one line of JSON: the same bytes whether orjson is there or not."""
    if orjson is not None:
        try:
            line = orjson.dumps(values, default=_as_json)
        except TypeError:  # lone surrogates, integers over 64 bits: JSON holds them, orjson doesn't
            pass
        else:
            return (escaped(line.decode()).encode() if _MAYBE_UNSAFE.search(line) else line) + b"\n"
    written = _dumped(values)
    if "NaN" in written or "Infinity" in written:  # as numbers, which JSON doesn't have
        written = _dumped(json.loads(written, parse_constant=lambda _name: None))
    return escaped(written).encode() + b"\n"


_MAYBE_UNSAFE = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")
"""Finds, as UTF-8 has them, the characters that are escaped in lines of JSON."""


def _dumped(values: object) -> str:
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False, default=_as_json)


def _as_json(value: object) -> str:
    """Return a text for what JSON has no values for: dates as ISO 8601 has them, bytes in base64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat() if callable(isoformat) else value)
