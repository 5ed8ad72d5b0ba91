"""``newsfilter clean --explain``: every block in a terminal table."""

from __future__ import annotations

import os

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from filter.article import Article, Block, Label
from filter.render import without_control_characters

EXCERPT = 110
"""Longest text of a block that is shown, in characters."""

REASONS = 2
"""Most reasons that are shown of a block: the report and the JSON record have all."""

WIDEST = 140
"""Widest table, in columns: beyond it, lines are hard to follow."""

_STYLES = {Label.TITLE: "bold cyan", Label.ARTICLE: "green", Label.FURNITURE: "dim", Label.SPAM: "bold red"}


def explanation(article: Article) -> str:
    """Draw the blocks of an article with their labels, probabilities and reasons.

    Returns
    -------
    str
        As wide as the terminal, or 80 columns if there is none; coloured only
        in a terminal, and never when ``NO_COLOR`` is set.
    """
    console = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
    console.width = min(console.width, WIDEST)
    with console.capture() as capture:
        console.print(Group(_blocks(article), *_summary(article)))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip("\n")


def _blocks(article: Article) -> Table:
    table = Table(box=SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("label", no_wrap=True)
    table.add_column("p", justify="right", no_wrap=True)
    table.add_column("block", ratio=3)
    table.add_column("why", ratio=2)
    for block in article.blocks:
        table.add_row(
            Text(block.label, _STYLES[block.label]),
            f"{block.probabilities.get(block.label, 0.0):.2f}",
            Text(_excerpt(block), _STYLES[block.label] if block.label == Label.FURNITURE else ""),
            Text(without_control_characters("; ".join(block.reasons[:REASONS])), "dim"),
        )
    return table


def _excerpt(block: Block) -> str:
    text = " ".join(without_control_characters(block.text[: 2 * EXCERPT]).split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _summary(article: Article) -> list[Text]:
    lines = [
        ("page", article.source),
        ("title", article.title or "none found"),
        ("verdict", " · ".join((article.verdict, *article.verdict_reasons))),
        (
            "removed",
            f"{article.removed.characters:,} characters ({article.removed.ratio:.0%}), "
            + f"{article.removed.spam_characters:,} of them spam",
        ),
    ]
    if article.encoding:
        lines.append(("encoding", f"{article.encoding.name}, decided by {article.encoding.decided_by}"))
    return [Text(f"{name:9}{without_control_characters(value)}") for name, value in lines if value]
