"""The bake-off of parsers: speed, fidelity to the WHATWG rules, crashes, silent truncation."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.clock import in_turns, stay_on_one_core
from benchmarks.mutations import mutated
from benchmarks.parsers import Event, Parser, installed, reference_events, text_of
from benchmarks.table import markdown_table

PROCESS_PAGES = 2_000
"""Mutated pages that one process gets, so that a crash is soon found."""

DEPTHS = (400, 1_000, 10_000, 100_000)
"""Levels of nesting at which text may get lost."""


def report(pages: list[str], *, rounds: int, faithful: int, mutations: int) -> Iterator[str]:
    """Run the bake-off.

    Parameters
    ----------
    pages : list of str
        Pages to parse.
    rounds : int
        Rounds of the race, of which the median counts.
    faithful : int
        On how many pages trees are held against html5lib's, which is slow.
    mutations : int
        How many mutated pages each parser gets.

    Yields
    ------
    str
        Tables in Markdown.
    """
    stay_on_one_core()
    parsers = installed()
    yield _speed(parsers, pages, rounds)
    yield _fidelity(parsers, pages[:: max(1, len(pages) // faithful)] if faithful else [])
    yield _truncation(parsers)
    yield _crashes(parsers, pages, mutations)


def _speed(parsers: dict[str, Parser], pages: list[str], rounds: int) -> str:
    contenders: dict[str, Callable[[], object]] = {}
    for name, parser in parsers.items():
        contenders[f"{name}/parse"] = lambda parse=parser.parse: _each(parse, pages)  # type: ignore[misc]
        contenders[f"{name}/visit"] = lambda visit=parser.visit: _each(visit, pages)  # type: ignore[misc]
    seconds = in_turns(contenders, rounds)
    rows = [
        [name, *(f"{seconds[f'{name}/{step}'] / len(pages) * 1e3:.2f}" for step in ("parse", "visit"))]
        for name in parsers
    ]
    average = sum(map(len, pages)) / len(pages) / 1e3
    headings = ["parser", "parse, ms a page", "parse and visit every node, ms a page"]
    return f"{len(pages)} pages, {average:.0f} kB on average\n\n{markdown_table(headings, rows)}"


def _each(work: Callable[[str], object], pages: Iterable[str]) -> None:
    for page in pages:
        work(page)


def _fidelity(parsers: dict[str, Parser], pages: list[str]) -> str:
    references = [outline(reference_events(page)) for page in pages]
    rows = []
    for name, parser in parsers.items():
        same = sum(
            outline(parser.events(page)) == reference
            for page, reference in zip(pages, references, strict=True)
        )
        rows.append([name, f"{same} of {len(pages)}"])
    return markdown_table(["parser", "trees identical to html5lib's"], rows)


def outline(events: Iterable[Event]) -> list[str]:
    """A tree as tags and folded text in order; templates count as empty: their content is no part of it."""
    outlined: list[str] = []
    run: list[str] = []
    template_depth = 0
    for kind, value in events:
        if template_depth:
            template_depth += (kind == "start") - (kind == "end")
            if template_depth:
                continue
        if kind == "text":
            run.append(value)
            continue
        if text := " ".join("".join(run).split()):
            outlined.append(f"text {text}")
        run.clear()
        outlined.append(f"{kind} {value}")
        template_depth += kind == "start" and value == "template"
    return outlined


def _truncation(parsers: dict[str, Parser]) -> str:
    rows = []
    for name, parser in parsers.items():
        cells = []
        for depth in DEPTHS:
            page = "<body>" + "".join(f"<div>w{level} " for level in range(depth)) + "</div>" * depth
            kept = len(text_of(parser.events(page)).split())
            cells.append(f"{kept / depth:.0%}")
        rows.append([name, *cells])
    return markdown_table(["parser", *(f"text kept at depth {depth:,}" for depth in DEPTHS)], rows)


@dataclass(slots=True)
class _Casualties:
    crashes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _crashes(parsers: dict[str, Parser], pages: list[str], mutations: int) -> str:
    rows = []
    for name in parsers:
        found = _survive(name, pages, mutations)
        example = f"page {found.crashes[0]}" if found.crashes else ", ".join(sorted(set(found.errors))[:2])
        rows.append([name, f"{mutations:,}", str(len(found.crashes)), str(len(found.errors)), example])
    return markdown_table(["parser", "mutated pages", "crashes", "exceptions", "for example"], rows)


def _survive(parser: str, pages: list[str], mutations: int) -> _Casualties:
    """Feed mutated pages to a parser; after a crash go on behind the page that caused it."""
    found = _Casualties()
    handed = json.dumps(pages)
    number = 0
    while number < mutations:
        count = min(PROCESS_PAGES, mutations - number)
        command = [sys.executable, "-m", "benchmarks.mutations", parser, str(number), str(count)]
        ended = subprocess.run(command, input=handed, capture_output=True, text=True, check=False)
        lines = ended.stdout.split("\n")
        found.errors += [line.split()[2] for line in lines if line.startswith("!")]
        seen = [int(line) for line in lines if line.isdigit()]
        if ended.returncode != 0 and not seen:
            raise RuntimeError(f"{parser} does not start: {ended.stderr.strip()[-300:]}")
        if ended.returncode != 0:
            found.crashes.append(seen[-1])
        number = seen[-1] + 1
    return found


def crash_page(pages: list[str], number: int) -> str:
    """Return the mutated page of a number that the table names."""
    return mutated(pages, number)
