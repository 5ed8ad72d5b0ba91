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
        White space folded; short lines keep a line feed between them, cells a tab.
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
    for number, line in enumerate(lines):
        if parts and _apart(previous, line, marks[number - 1]):
            yield "".join(parts), tuple(part_links)
            parts, part_links = [], []
        if line:
            if parts:
                parts.append("\t" if marks[number - 1] == CELL else "\n")
            parts.append(line)
        part_links += links_of.get(number, ())
        previous = line
    if parts:
        yield "".join(parts), tuple(part_links)


def _apart(before: str, after: str, mark: str) -> bool:
    """Tell whether two lines of a run belong to different blocks."""
    if len(before) + len(after) > LONG_LINE:
        return True
    return mark == BREAK and (len(before) >= LONG_LINE or len(after) >= LONG_LINE or not (before and after))
