"""Runs of text are cut at line breaks and table cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from filter.article import Link

LONG_LINE = 80
"""A line or table cell at least this long, in characters, is a block of its own."""

BREAK = "\x1e"
"""Stands for a line break in a run of text."""
CELL = "\x1f"
"""Stands for the border of a table cell."""

_MARKS = re.compile(f"[{BREAK}{CELL}]")
_RUN_OF_SPACE = re.compile(r"[^\S\xa0]\s*|\xa0\s+")


def fold(text: str) -> str:
    """Fold runs of white space, marks included, to single spaces; a lone no-break space stays what it is."""
    if "\xa0" in text:
        return _RUN_OF_SPACE.sub(" ", text).strip()
    return " ".join(text.split())


def cut(run: str, links: Sequence[tuple[int, Link]]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Cut a run at its marks: at two breaks in a row, or at one beside a long line.

    Parameters
    ----------
    run : str
        Text with marks in it.
    links : sequence of (int, Link)
        Links of the run, each with the number of marks before its end.

    Yields
    ------
    text : str
        White space folded; short lines keep a line feed between them, cells a tab. Where a row has
        several cells with text, those without keep their place.
    links : tuple of Link
    """
    marks = _MARKS.findall(run)
    lines = [fold(line) for line in _MARKS.split(run)]
    links_of: dict[int, list[Link]] = {}
    for number, link in links:
        links_of.setdefault(number, []).append(link)
    parts: list[str] = []
    part_links: list[Link] = []
    previous = ""
    empty = cells = 0
    for number, line in enumerate(lines):
        mark = marks[number - 1] if number else BREAK
        if parts and _apart(previous, line, mark):
            yield _row(parts, empty), tuple(part_links)
            parts, part_links, cells = [], [], 0
        else:
            cells = cells + 1 if mark == CELL else 0
        if line:
            if parts:
                parts.append("\t" * cells or "\n")
            else:
                empty = cells if number == cells else 0
            parts.append(line)
            cells = 0
        part_links += links_of.get(number, ())
        previous = line
    if parts:
        yield _row(parts, empty), tuple(part_links)


def _row(parts: Sequence[str], empty: int) -> str:
    """Put a block together; if it is a row of several cells, behind the empty ones that it begins with."""
    text = "".join(parts)
    return "\t" * empty + text if "\t" in text else text


def _apart(before: str, after: str, mark: str) -> bool:
    """Tell whether two lines of a run belong to different blocks."""
    if len(before) + len(after) > LONG_LINE:
        return True
    return mark == BREAK and (len(before) >= LONG_LINE or len(after) >= LONG_LINE or not (before and after))
