"""Spam put into the markup of real pages."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from filter.training.corpora import SpamBlock
from filter.training.metrics import words as words_of

FEWEST_PARAGRAPHS = 4
"""Paragraphs of the main content that must be found in a page's markup for it to be a host."""
_FEWEST_WORDS = 8
"""Words of such a paragraph."""

_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"(<title\b[^>]*>).*?(</title)", re.IGNORECASE | re.DOTALL)
_DESCRIPTION = re.compile(r"<meta\b[^>]*description\b[^>]*>", re.IGNORECASE)
_LONGEST_TITLE = 150
"""Characters."""
_OPENING = re.compile(r"<p\b[^>]*>", re.IGNORECASE)
_LONGEST_PARAGRAPH = 20_000
"""Characters of markup in which a paragraph's beginning is looked for."""
_TAG = re.compile(r"<[^>]*>")
_TAGS = {"heading": "h3", "list_item": "li", "anchors": "p", "paragraph": "p"}
_UNLINKED = 0.35
"""Share of passages without any link, whatever the text they were taken from: a brand in words will do."""
_LINKED = 0.65
"""Share of the others without a link that are given one."""
_DISGUISED = 0.5
"""Share of passages whose paragraphs look like the page's own, as an editor would write them."""
_CLASSES = ("textwidget", "entry-extra", "wrap-2", "post-bottom", "x7", "article-text", "content-box")
_HIDING_STYLES = (
    "display:none",
    "position:absolute;left:-9999px",
    "height:0;overflow:hidden",
    "font-size:0",
    "visibility:hidden",
    "text-indent:-9999px",
)


class Manner(StrEnum):
    """Where in a page's markup spam is put, and how."""

    AFTER_LAST = "after the last paragraph"
    CONTAINER = "in a container after the last paragraph"
    MIDDLE = "between two paragraphs"
    SEVERAL = "between paragraphs and after the last"
    END_OF_BODY = "at the end of the body"
    HIDDEN = "hidden by its own style"
    HIDDEN_BY_RULE = "hidden by a rule of the style sheet"
    BREAKS = "separated by line breaks"


def paragraph_ends(page: str, gold: str) -> list[int]:
    """Find where the paragraphs of the main content end in a page's markup.

    Parameters
    ----------
    page : str
        HTML.
    gold : str
        The main content.

    Returns
    -------
    list of int
        Offsets behind each ``</p>`` whose words stand together in the main content, in order.
    """
    running = f" {' '.join(words_of(gold))} "
    ends = []
    for found in _PARAGRAPH.finditer(page):
        own = words_of(html.unescape(_TAG.sub(" ", found[1])))
        if len(own) >= _FEWEST_WORDS and f" {' '.join(own)} " in running:
            ends.append(found.end())
    return ends


def splice_markup(
    page: str,
    ends: Sequence[int],
    passages: Sequence[Sequence[SpamBlock]],
    manner: Manner,
    random: np.random.Generator,
) -> str:
    """Put spam into a page's markup.

    Parameters
    ----------
    page : str
        HTML of the host.
    ends : sequence of int
        Of its paragraphs, from :func:`paragraph_ends`; at least two.
    passages : sequence of sequences of SpamBlock
        One, or two for ``Manner.SEVERAL``.
    manner : Manner
    random : numpy.random.Generator
        Decides places, names and addresses.
    """
    passages = [_with_link(blocks, random) for blocks in passages]
    address = f"https://{_name(random)}.example/"
    last = ends[-1]
    paragraph = _opening_tag(page, last) if random.random() < _DISGUISED else "<p>"
    spam = _markup(passages[0], address, paragraph)
    name = str(random.choice(_CLASSES))
    if manner is Manner.CONTAINER:
        spam = f'<div class="{name}">{spam}</div>'
    elif manner is Manner.HIDDEN:
        spam = f'<div style="{random.choice(_HIDING_STYLES)}">{spam}</div>'
    elif manner is Manner.HIDDEN_BY_RULE:
        rule = f"<style>.{name}-h{{{random.choice(_HIDING_STYLES)}}}</style>"
        head = page.lower().find("</head")
        spam = f'<div class="{name}-h">{spam}</div>'
        if head < 0 or head > last:
            return page[:last] + rule + spam + page[last:]
        return page[:head] + rule + page[head:last] + spam + page[last:]
    elif manner is Manner.BREAKS:
        texts = [_linked(block, address) for block in passages[0]]
        spam = f"<div>{'<br><br>'.join(texts)}</div>"
    elif manner is Manner.MIDDLE:
        last = ends[int(random.integers(len(ends) - 1))]
    elif manner is Manner.END_OF_BODY:
        end = page.lower().rfind("</body")
        last = end if end >= 0 else len(page)
    elif manner is Manner.SEVERAL:
        middle = ends[int(random.integers(len(ends) - 1))]
        other = _markup(passages[-1], f"https://{_name(random)}.example/", paragraph)
        return page[:middle] + other + page[middle:last] + spam + page[last:]
    return page[:last] + spam + page[last:]


def replace_main_content(
    page: str, ends: Sequence[int], title: str, blocks: Sequence[SpamBlock], random: np.random.Generator
) -> str:
    """Put a whole text in the place of all paragraphs of the main content, title included, description not.

    Parameters
    ----------
    page : str
        HTML of the host.
    ends : sequence of int
        Of its paragraphs, from :func:`paragraph_ends`; at least one.
    title : str
        What the page is to be called.
    blocks : sequence of SpamBlock
        At least one.
    random : numpy.random.Generator
        Decides addresses, and whether paragraphs look like the page's own.
    """
    paragraph = _opening_tag(page, ends[0]) if random.random() < _DISGUISED else "<p>"
    body = _markup(blocks, f"https://{_name(random)}.example/", paragraph)
    text = _DESCRIPTION.sub("", page[: paragraph_start(page, ends[0])]) + body + page[ends[-1] :]
    shown = html.escape(title[:_LONGEST_TITLE])
    return _TITLE.sub(lambda found: f"{found[1]}{shown}{found[2]}", text, count=1)


def _with_link(blocks: Sequence[SpamBlock], random: np.random.Generator) -> list[SpamBlock]:
    """Take all links from some passages, and give one to most of those that have none."""
    if random.random() < _UNLINKED:
        return [replace(block, links=0, link_characters=0) for block in blocks]
    linked = list(blocks)
    if random.random() < _LINKED and not any(block.links for block in blocks):
        prose = [place for place, block in enumerate(blocks) if block.kind != "heading"] or [0]
        place = int(random.choice(prose))
        length = int(random.integers(5, 30))
        linked[place] = replace(linked[place], links=1, link_characters=length)
    return linked


def places_in_host(host: Sequence[str], spliced: Sequence[str]) -> npt.NDArray[np.int64]:
    """Tell which block of its host each block of a spliced page is.

    Parameters
    ----------
    host, spliced : sequence of str
        Texts of the blocks of both.

    Returns
    -------
    int64 array, shape (blocks of the spliced page,)
        -1 for blocks that the host does not have.
    """
    places = np.full(len(spliced), -1, dtype=np.int64)
    for block in SequenceMatcher(None, host, spliced, autojunk=False).get_matching_blocks():
        places[block.b : block.b + block.size] = np.arange(block.a, block.a + block.size)
    return places


def paragraph_start(page: str, end: int) -> int:
    """Return the offset of the opening tag of the paragraph that ends there."""
    found = list(_OPENING.finditer(page, max(0, end - _LONGEST_PARAGRAPH), end))
    return found[-1].start() if found else end


def _opening_tag(page: str, end: int) -> str:
    """Return the opening tag of the paragraph that ends there, as its author wrote it."""
    start = paragraph_start(page, end)
    return page[start : page.index(">", start) + 1] if start < end else "<p>"


def _markup(blocks: Sequence[SpamBlock], address: str, paragraph: str) -> str:
    """Write blocks as elements; their paragraphs begin with the tag given."""
    return "".join(
        f"{paragraph if _TAGS[block.kind] == 'p' else f'<{_TAGS[block.kind]}>'}"
        f"{_linked(block, address)}</{_TAGS[block.kind]}>"
        for block in blocks
    )


def _linked(block: SpamBlock, address: str) -> str:
    text = html.escape(block.text)
    if not block.links:
        return text
    if block.kind == "anchors":
        return f'<a href="{address}">{text}</a>'
    cut = text.find(" ", min(block.link_characters, len(text)))
    cut = cut if cut > 0 else len(text)
    return f'<a href="{address}">{text[:cut]}</a>{text[cut:]}'


def _name(random: np.random.Generator) -> str:
    return "".join(random.choice(list("abcdeilmnoprstu"), size=8))
