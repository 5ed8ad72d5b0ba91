"""How time grows with a page's size, for pages made to be hard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.clock import cpu_seconds
from benchmarks.pages import article_text
from benchmarks.table import markdown_table
from filter import Cleaner

STEPS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1)
"""Shares of the full size at which time is taken."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A page that grows in one way: its full size, and how to make it of a size."""

    name: str
    size: int
    make: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Curve:
    """Time of one shape at growing sizes."""

    name: str
    megabytes: tuple[float, ...]
    seconds: tuple[float, ...]


SHAPES = (
    Shape("blocks", 100_000, lambda size: "".join(f"<p>{_SENTENCE} {number}</p>" for number in range(size))),
    Shape("levels of nesting", 100_000, lambda size: f"{'<div>' * size}{_SENTENCE}{'</div>' * size}"),
    Shape("levels with text at each", 100_000, lambda size: f"{f'<div>{_SENTENCE}' * size}{'</div>' * size}"),
    Shape("characters in one paragraph", 20_000_000, lambda size: f"<p>{_paragraph(size)}</p>"),
    Shape("<br>", 1_000_000, lambda size: f"<div>{f'{_SENTENCE}<br>' * size}</div>"),
    Shape("<br> without text", 1_000_000, lambda size: f"<p>{_SENTENCE}</p>{'<br>' * size}"),
    Shape("links in one paragraph", 100_000, lambda size: f"<p>{'<a href=/x>quay</a> ' * size}</p>"),
    Shape("tags never closed", 200_000, lambda size: f"{'<p><b><i><a href=x>word ' * size}"),
)

_SENTENCE = "The harbour board met on Tuesday."


def measure(pages: Sequence[str], cleaner: Cleaner) -> tuple[str, list[Curve]]:
    """Clean each shape at growing sizes.

    Parameters
    ----------
    pages : sequence of str
        Ordinary pages, whose time a byte is the measure of all others.
    cleaner : Cleaner

    Returns
    -------
    table : str
        For each shape at its full size: time, and time a byte beside an ordinary page's; and by what
        factor time grew when the size doubled last.
    curves : list of Curve
    """
    cleaner.clean(pages[0])
    ordinary = cpu_seconds(lambda: [cleaner.clean(page) for page in pages]) / sum(map(len, pages))
    curves = [_curve(shape, cleaner) for shape in SHAPES]
    rows = [
        [
            f"{shape.size:,} {shape.name}",
            f"{curve.megabytes[-1]:.1f}",
            f"{curve.seconds[-1]:.2f}",
            f"{curve.seconds[-1] / (curve.megabytes[-1] * 1e6) / ordinary:.2f}",
            f"{curve.seconds[-1] / curve.seconds[-2]:.2f}",
        ]
        for shape, curve in zip(SHAPES, curves, strict=True)
    ]
    headings = ["page", "MB", "CPU s", "time a byte ÷ ordinary page's", "last doubling, ×"]
    return markdown_table(headings, rows), curves


def _curve(shape: Shape, cleaner: Cleaner) -> Curve:
    megabytes, seconds = [], []
    for step in STEPS:
        page = shape.make(int(shape.size * step))
        megabytes.append(len(page) / 1e6)
        seconds.append(cpu_seconds(lambda page=page: cleaner.clean(page, content_type="text/html")))  # type: ignore[misc]
    return Curve(shape.name, tuple(megabytes), tuple(seconds))


def _paragraph(characters: int) -> str:
    sample = article_text(min(characters, 200_000)).replace("\n", " ")
    return (sample * (characters // len(sample) + 1))[:characters]
