"""CPU time a page beside the peers, in one run, on one core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from benchmarks.clock import cpu_seconds, in_turns
from benchmarks.pages import article_text
from benchmarks.parsers import PARSERS
from benchmarks.peers import forgiving, installed
from benchmarks.table import markdown_table
from filter import Cleaner

LEXBOR = "bare lexbor parse"
TURBOHTML = "bare turbohtml parse"
RESILIPARSE = "resiliparse"
MANY = "ours, clean_many"
ONE = "ours, clean one at a time"
BLOCKS = "ours, clean_many, every Block made"

FAST = ("turbohtml main text", RESILIPARSE)
SLOW = ("jusText", "trafilatura", "readability-lxml", "goose3")
"""Peers that take so much longer that one round of them says enough."""

TEXT_CHARACTERS = 5_000


def race(pages: list[str], *, rounds: int) -> Iterator[str]:
    """Let ours and the peers go over the same pages in turns.

    Parameters
    ----------
    pages : list of str
        HTML pages, in memory.
    rounds : int
        Rounds of the fast contenders, of which the median counts; the slow
        ones run once.

    Yields
    ------
    str
        Milliseconds a page and ratios; then articles of plain text a second.
    """
    cleaner = Cleaner()
    contenders: dict[str, Callable[[], object]] = {
        LEXBOR: partial(_each, PARSERS["selectolax (lexbor)"].parse, pages),
        TURBOHTML: partial(_each, PARSERS["turbohtml"].parse, pages),
        **{name: partial(_each, forgiving(extract), pages) for name, extract in installed(*FAST).items()},
        MANY: lambda: [article.text for article in cleaner.clean_many(pages)],
        BLOCKS: lambda: [article.blocks for article in cleaner.clean_many(pages)],
        ONE: lambda: [cleaner.clean(page).text for page in pages],
    }
    seconds = in_turns(contenders, rounds)
    for name, extract in installed(*SLOW).items():
        forgiving(extract)(pages[0])  # imports are not counted
        seconds[name] = cpu_seconds(partial(_each, forgiving(extract), pages))
    rows = [
        [
            name,
            f"{spent / len(pages) * 1e3:.2f}",
            f"{spent / seconds[RESILIPARSE]:.2f}",
            f"{spent / seconds[LEXBOR]:.2f}",
        ]
        for name, spent in sorted(seconds.items(), key=lambda item: item[1])
    ]
    average = sum(map(len, pages)) / len(pages) / 1e3
    yield f"{len(pages)} pages, {average:.0f} kB on average, median of {rounds} rounds in turns"
    yield markdown_table(["one core", "CPU ms a page", "÷ resiliparse", "÷ lexbor parse"], rows)
    yield _plain_text(cleaner, rounds)


def _plain_text(cleaner: Cleaner, rounds: int) -> str:
    texts = [article_text(TEXT_CHARACTERS, seed) for seed in range(300)]
    many, one = "clean_many", "clean"
    seconds = in_turns(
        {
            many: lambda: [article.text for article in cleaner.clean_many(texts)],
            one: lambda: [cleaner.clean(text).text for text in texts],
        },
        rounds,
    )
    rows = [[name, f"{len(texts) / spent:,.0f}"] for name, spent in seconds.items()]
    return markdown_table([f"plain text, {TEXT_CHARACTERS // 1_000} kB each", "articles a second"], rows)


def _each(work: Callable[[str], object], pages: Iterable[str]) -> None:
    for page in pages:
        work(page)
