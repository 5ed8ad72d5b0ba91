"""Spam put into HTML pages at places where it is met."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.metrics import words
from filter.training.corpora import SpamBlock

FEWEST_PARAGRAPHS = 4
"""Paragraphs of the gold text that must be found in a page's markup for it to be a host."""

_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LONG_ENOUGH = 8


class Place(StrEnum):
    """Where in the page the spam goes."""

    AFTER_LAST = "after the last paragraph"
    OWN_CONTAINER = "after the last paragraph, in a container"
    MIDDLE = "between two paragraphs"
    END_OF_BODY = "at the end of the body"
    HIDDEN = "after the last paragraph, hidden by style"


@dataclass(frozen=True, slots=True)
class SplicedPage:
    """A host's page with spam in it."""

    html: str
    spam: tuple[str, ...]
    place: Place


def paragraph_ends(page: str, gold: str) -> list[int]:
    """Where in the markup the paragraphs of a gold text end, in order.

    Parameters
    ----------
    page : str
        HTML.
    gold : str
        The page's main content.

    Returns
    -------
    list of int
        Offsets behind each ``</p>`` whose words stand together in the gold
        text; paragraphs of fewer than eight words don't count.
    """
    running = f" {' '.join(words(gold))} "
    ends = []
    for found in _PARAGRAPH.finditer(page):
        own = words(html.unescape(_TAG.sub(" ", found[1])))
        if len(own) >= _LONG_ENOUGH and f" {' '.join(own)} " in running:
            ends.append(found.end())
    return ends


def splice(
    page: str, ends: Sequence[int], blocks: Sequence[SpamBlock], place: Place, chance: random.Random
) -> SplicedPage:
    """Put spam blocks into a page.

    Parameters
    ----------
    page : str
        HTML of the host.
    ends : sequence of int
        Of its paragraphs, from :func:`paragraph_ends`; at least two.
    blocks : sequence of SpamBlock
    place : Place
    chance : random.Random
        Decides which paragraphs it goes between, and the address that it links to.
    """
    spam = _markup(blocks, f"https://{chance.randrange(36**6):x}-{chance.randrange(99)}.example/")
    offset = ends[-1]
    if place is Place.OWN_CONTAINER:
        spam = f'<div class="block-{chance.randrange(99)}">{spam}</div>'
    elif place is Place.HIDDEN:
        spam = f'<div style="position:absolute;left:-9999px">{spam}</div>'
    elif place is Place.MIDDLE:
        offset = ends[chance.randrange(len(ends) - 1)]
    elif place is Place.END_OF_BODY:
        end = page.lower().rfind("</body")
        offset = end if end >= 0 else len(page)
    return SplicedPage(page[:offset] + spam + page[offset:], tuple(block.text for block in blocks), place)


def _markup(blocks: Sequence[SpamBlock], address: str) -> str:
    pieces = []
    for block in blocks:
        text = html.escape(block.text)
        if block.kind == "anchors":
            text = " ".join(
                f'<a href="{address}{number}">{word}</a>' for number, word in enumerate(text.split(" | "))
            )
        elif block.links:
            cut = text.find(" ", block.link_characters)
            cut = cut if cut > 0 else len(text)
            text = f'<a href="{address}">{text[:cut]}</a>{text[cut:]}'
        tag = {"heading": "h3", "list_item": "li"}.get(block.kind, "p")
        pieces.append(f"<{tag}>{text}</{tag}>")
    return "".join(pieces)
