"""An article as text, Markdown and JSON.

Page text is data here and never markup: Markdown escapes whatever could start
a construct, links that could run a script lose their target, and text meant
for a terminal carries no control sequence.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from filter.article import Article, Block, Kind, Label, Link

SCHEMA = 1
"""Number of the record's schema; it rises when a field is removed or changes its meaning."""

PROBABILITY_DIGITS = 4
"""Decimals of a probability in a record: more than calibration can promise."""

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Schemes of link targets that Markdown keeps; relative targets are kept too."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSAFE_IN_JSON_LINES = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])[ \t]*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")
_IGNORED_AROUND_TARGET = "".join(map(chr, range(0x21)))
_IGNORED_IN_TARGET = str.maketrans("", "", "\t\n\r")
_MARKDOWN_INLINE = re.compile(r"[\\`*_\[\]<~|]|&(?=#|\w+;)")
_MARKDOWN_LINE_START = re.compile(
    r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|-{2,}|={1,}\s*$|>))"
)
_MARKDOWN_TARGET = re.compile(r"[\x00-\x20\x7f-\x9f\"<>()\[\]\\`|]")
_CLOSING_HASHES = re.compile(r"(?<= )#+$")
_BACKTICKS = re.compile(r"`+")


def to_text(article: Article, *, title: bool = False) -> str:
    """Render the genuine text.

    Parameters
    ----------
    article : Article
        A cleaned page.
    title : bool
        Whether the headline comes first, as a paragraph of its own.

    Returns
    -------
    str
        ``article.text``, without control characters; no newline at the end.
    """
    parts = (article.title if title else None, article.text)
    return without_control_characters("\n\n".join(part for part in parts if part))


def to_markdown(article: Article, *, title: bool = False) -> str:
    """Render the genuine text as CommonMark, tables as GitHub writes them.

    Headings, lists, quotes, tables, preformatted text and links are kept.
    Everything that the page wrote is escaped.

    Parameters
    ----------
    article : Article
        A cleaned page.
    title : bool
        Whether the headline comes first, as a heading of level 1.

    Returns
    -------
    str
        Markdown; no newline at the end.
    """
    kept = [block for block in article.blocks if block.label == Label.ARTICLE]
    parts = [f"# {_one_line(article.title)}"] if title and article.title else []
    for kind, run in groupby(kept, key=lambda block: block.kind):
        parts += _markdown_run(kind, run)
    return without_control_characters("\n\n".join(parts))


def to_record(article: Article, *, text_only: bool = False) -> dict[str, Any]:
    """Turn an article into the JSON object that stands for its page.

    Parameters
    ----------
    article : Article
        A cleaned page, or one that failed.
    text_only : bool
        Whether to leave out blocks, metadata and quality, which take longer than cleaning.

    Returns
    -------
    dict
        Schema 1: strings, numbers, lists and dictionaries only. Probabilities
        are rounded to four decimals.
    """
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "source": article.source,
        "outcome": str(article.outcome),
        "message": article.message,
        "verdict": str(article.verdict),
        "verdict_reasons": list(article.verdict_reasons),
        "drop_probability": round(float(article.drop_probability), PROBABILITY_DIGITS),
        "title": article.title,
        "text": article.text,
        "removed": {
            "characters": int(article.removed.characters),
            "ratio": round(float(article.removed.ratio), PROBABILITY_DIGITS),
            "spam_characters": int(article.removed.spam_characters),
        },
        "encoding": asdict(article.encoding) if article.encoding else None,
    }
    if not text_only:
        metadata = asdict(article.metadata)
        record["metadata"] = {**metadata, "authors": list(metadata["authors"])}
        record["quality"] = _quality_record(article)
        record["blocks"] = [_block_record(block) for block in article.blocks]
    return record


def to_json(article: Article, *, indent: int | None = None) -> str:
    """Write an article's record as JSON.

    Parameters
    ----------
    article : Article
        A cleaned page, or one that failed.
    indent : int or None
        Blanks a level; ``None`` puts the record on one line, as JSON Lines wants it.

    Returns
    -------
    str
        JSON, no newline at the end. Characters that would end a line for some
        reader, steer a terminal or fail to encode are written as escapes.
    """
    return escaped(json.dumps(to_record(article), ensure_ascii=False, indent=indent))


def escaped(written: str) -> str:
    """Write what would end a line of JSON for some reader, steer a terminal or fail to encode as escapes."""
    return _UNSAFE_IN_JSON_LINES.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def without_control_characters(text: str) -> str:
    """Take out what could steer a terminal: C0 and C1 controls but tab and newline."""
    return _CONTROL.sub("", text)


def printable(path: str) -> str:
    r"""Return a path as text that every reader takes: bytes that are not UTF-8 become ``\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _quality_record(article: Article) -> dict[str, Any]:
    quality = article.quality
    signals = {
        name: round(value, PROBABILITY_DIGITS) if isinstance(value, float) else value
        for name, value in asdict(quality).items()
    }
    return {"score": round(quality.score, PROBABILITY_DIGITS), "failed": list(quality.failed), **signals}


def _block_record(block: Block) -> dict[str, Any]:
    return {
        "text": block.text,
        "label": str(block.label),
        "kind": str(block.kind),
        "level": block.level,
        "path": block.path,
        "hidden": block.hidden,
        "probabilities": {
            str(label): round(float(value), PROBABILITY_DIGITS)
            for label, value in block.probabilities.items()
        },
        "reasons": list(block.reasons),
        "links": [{"text": link.text, "href": link.href} for link in block.links],
    }


def _markdown_run(kind: Kind, run: Iterable[Block]) -> Iterator[str]:
    """Render neighbours of one kind: lists, quotes and tables belong together."""
    if kind == Kind.LIST_ITEM:
        yield "\n".join(_list_items(run))
    elif kind == Kind.QUOTE:
        yield "\n>\n".join("> " + _lines(block).replace("\n", "\n> ") for block in run)
    elif kind == Kind.TABLE_ROW:
        yield "\n".join(_table([_cells(block) for block in run]))
    elif kind == Kind.PREFORMATTED:
        yield from (_fenced(block.text) for block in run)
    elif kind == Kind.HEADING:
        yield from (_heading(block) for block in run)
    else:
        yield from (_lines(block) for block in run)


def _heading(block: Block) -> str:
    # Level 1 is the title's own, and a heading without a level is a section.
    return "#" * min(max(block.level, 2), 6) + " " + _one_line(block.text, block.links)


def _list_items(run: Iterable[Block]) -> Iterator[str]:
    numbers: list[int] = []  # of the last item of each list that is open, the outermost first; 0: no numbers
    indents = [0]
    for block in run:
        # An item may be one level deeper than the one before it; more would read as code.
        depth = min(max(block.level, 1), len(numbers) + 1)
        last = numbers[depth - 1] if depth <= len(numbers) else 0
        number = last + 1 if _is_numbered(block) else 0
        marker = f"{number}. " if number else "- "
        numbers[depth - 1 :] = [number]
        indents[depth:] = [indents[depth - 1] + len(marker)]
        outside, inside = " " * indents[depth - 1], " " * indents[depth]
        yield outside + marker + _lines(block).replace("\n", f"\n{inside}")


def _is_numbered(block: Block) -> bool:
    lists = [element for element in block.path.split("/") if element in ("ol", "ul", "menu")]
    return lists[-1:] == ["ol"]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    # The first row must be the widest; readers fill up the others (GitHub Flavored Markdown, 4.10).
    head, *body = rows
    width = max(len(row) for row in rows)
    yield "| " + " | ".join([*head, *[""] * (width - len(head))]) + " |"
    yield "|" + " --- |" * width
    for row in body:
        yield "| " + " | ".join(row) + " |"


def _cells(block: Block) -> list[str]:
    cells = "\t".join(" ".join(cell.split()) for cell in block.text.split("\t"))
    return _linked(cells, block.links).split("\t")


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _lines(block: Block) -> str:
    """Render a block's text, its line breaks kept as hard breaks."""
    lines = (" ".join(line.split()) for line in _LINE_BREAK.split(block.text))
    linked = _linked("\n".join(line for line in lines if line), block.links)
    return "\\\n".join(_escape_line_start(line) for line in linked.split("\n"))


def _one_line(text: str, links: Iterable[Link] = ()) -> str:
    linked = _escape_line_start(_linked(" ".join(text.split()), links))
    return _CLOSING_HASHES.sub(lambda match: "\\" + match[0], linked)


def _linked(text: str, links: Iterable[Link]) -> str:
    """Escape a text and set its links where their anchors stand, in order."""
    flat = text.replace("\n", " ")
    parts: list[str] = []
    written = searched = 0
    for link in links:
        anchor = " ".join(link.text.split())
        start = flat.find(anchor, searched)
        if start < 0:
            break  # looking for all the others too could take quadratic time
        searched = start + len(anchor)  # also past the words of a link that is left out: they are its own
        target = _safe_target(link.href)
        if not anchor or not target:
            continue
        before = _escape(text[written:start])
        if before.endswith("!"):
            before = before[:-1] + "\\!"  # else the link would be an image
        written = searched
        parts += before, f"[{_escape(text[start:written])}]({target})"
    return "".join(parts) + _escape(text[written:])


def _escape(text: str) -> str:
    return _MARKDOWN_INLINE.sub(lambda match: "\\" + match[0], text)


def _escape_line_start(line: str) -> str:
    return _MARKDOWN_LINE_START.sub(lambda match: f"{match[1] or ''}\\", line)


def _safe_target(href: str) -> str:
    """Write a link's target so that it ends where it should, or "" if it could run a script."""
    # As browsers do before they look for a scheme (WHATWG URL, 4.4).
    target = href.strip(_IGNORED_AROUND_TARGET).translate(_IGNORED_IN_TARGET)
    scheme = _SCHEME.match(target)
    if scheme and scheme[0].lower() not in SAFE_SCHEMES:
        return ""
    quoted = _MARKDOWN_TARGET.sub(_percent_encoded, target)
    return quoted.replace("&", "&amp;")  # else "javascript&colon;" would be read as a scheme


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
