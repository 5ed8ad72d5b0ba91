"""Broken pages without number: slices cut, doubled, swapped, tags and odd characters strewn in.

As a program, it feeds them to one parser, in a process of its own, so that a
crash takes nothing else along::

    python -m benchmarks.mutations PARSER FIRST COUNT < pages.json
"""

from __future__ import annotations

import json
import random
import sys

LONGEST = 20_000
"""Characters of a mutated page: short enough that 100,000 of them take minutes."""

_TAGS = """
<table> </table> <tr> <td> <p> </p> <a/href=x> </a> <b> </b> <i> <div> </div> <form> </form> <select>
<option> <svg> <math> <mi> <template> </template> <script> </script> <style> <title> <textarea> <noscript>
<frameset> <body> </body> <html/lang=q> <plaintext> <!-- --> <![CDATA[ ]]> <!DOCTYPE> <? </ <x- < > = ' "
"""
_CHARACTERS = ("&#x0;", "&amp", "&nLt;", "\0", "\ufeff", "\U0010ffff", "<" * 64, "<a " + "b " * 64)
_STREWN = (*_TAGS.split(), *_CHARACTERS)


def mutate(page: str, chance: random.Random) -> str:
    """Break a page in one to twelve places.

    Parameters
    ----------
    page : str
        A well-meant page; a window of it is taken.
    chance : random.Random
        Decides everything.

    Returns
    -------
    str
        At most about twice ``LONGEST`` characters.
    """
    start = chance.randrange(max(1, len(page) - LONGEST))
    pieces = page[start : start + LONGEST]
    for _ in range(chance.randrange(1, 13)):
        here, there = sorted((chance.randrange(len(pieces) + 1), chance.randrange(len(pieces) + 1)))
        there = min(there, here + 2_000)
        kind = chance.randrange(4)
        if kind == 0:
            pieces = pieces[:here] + pieces[there:]
        elif kind == 1:
            pieces = pieces[:there] + pieces[here:there] + pieces[there:]
        elif kind == 2:
            pieces = pieces[:here] + pieces[there:] + pieces[here:there]
        else:
            pieces = pieces[:here] + chance.choice(_STREWN) * chance.choice((1, 1, 1, 40)) + pieces[here:]
    return pieces


def mutated(pages: list[str], number: int) -> str:
    """Return mutated page `number`, the same at every call."""
    chance = random.Random(number)
    return mutate(pages[number % len(pages)], chance)


def feed(parser_name: str, pages: list[str], first: int, count: int) -> None:
    """Parse and walk mutated pages; the number of each is printed before the parser sees it."""
    from benchmarks.parsers import PARSERS

    visit = PARSERS[parser_name].visit
    for number in range(first, first + count):
        page = mutated(pages, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        try:
            visit(page)
        except Exception as error:
            sys.stdout.write(f"! {number} {type(error).__name__}\n")


if __name__ == "__main__":
    feed(sys.argv[1], json.load(sys.stdin), int(sys.argv[2]), int(sys.argv[3]))
