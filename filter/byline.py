"""Who wrote it: names out of declared authors, and out of what stands around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from filter.page import Page

MAXIMUM_NAME = 60
"""Characters beyond which an author's name is no name."""

LONGEST_BYLINE = 2 * MAXIMUM_NAME
"""Characters at the beginning of a block among which a name is looked for: room for the words before it."""

BEFORE, AFTER = 4, 10
"""Blocks before and after the headline among which a byline is looked for."""

_NOBODY = frozenset({"admin", "administrator", "by", "editor", "root", "user", "von", "webmaster"})
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|html?|php)\b|/", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;|/•·]|,|\s(?:and|und|et|en|og|och|&))\s+(?=\S)")
_BETWEEN_OR_WITHIN = re.compile(r"\s[yei]\s")
"""Stands between names, and between the surnames of one: "José Ortega y Gasset"."""
_QUALIFICATION = re.compile(
    r"\A(?:Ph\.?D|M\.?D|M\.?A|M\.?S|B\.?A|Jr|Sr|R\.?D|R\.?N|CPA|MBA|J\.?D|Esq)\b", re.IGNORECASE
)
_NO_NAME = re.compile(r"[\d!?:*_]")
_AFTER_NAME = re.compile(r"\s+(?:[|•·–—-]|on|am|le|el)\s|,?\s*\d|\s*\(|,\s(?=[a-z])")

_WRITTEN_BY = re.compile(
    r"""\A\s*(?:(?:written|posted|published|words|story|text|article)\ by|by|author
    |von|text|autor(?:in|ka)?|(?:geschrieben|verfasst|veröffentlicht)\ von|ein\ (?:beitrag|artikel)\ von
    |por|(?:escrito|publicado)\ por|par|(?:rédigé|publié)\ par|di|a\ cura\ di|door|av|af|przez)
    \s*:?\s+(?=\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_AUTHOR_HINT = re.compile(r"author|byline|autor\b|writer|redakteur", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|zy)?|auteurs?|by|writers?|contributors?|columnists?|profiles?|people|person|staff"
    r"|redaktion|redakteur|reporter|experts?|team|users?|u|members?|journalist[a-z]*)[/=]|[?&]author=|/@",
    re.IGNORECASE,
)


def split_names(bylines: Iterable[str], site_name: str | None = None) -> tuple[str, ...]:
    """Cut bylines into names.

    Parameters
    ----------
    bylines : iterable of str
        What is given as authors: one name each, or several with commas or
        "and" between, or an address, or nobody ("admin").
    site_name : str or None
        The site, which is no author of its own pages.

    Returns
    -------
    tuple of str
        Each name once, in order, without addresses and accounts.
    """
    site = site_name.casefold() if site_name else None
    names: dict[str, None] = {}
    for byline in bylines:
        for name in _names(byline):
            if name.casefold() not in _NOBODY and name.casefold() != site:
                names.setdefault(name)
    return tuple(names)


def _names(byline: str) -> Iterator[str]:
    stripped = _WRITTEN_BY.sub("", " ".join(byline.split()), count=1)
    name = ""
    for piece in _pieces(stripped):
        if name and _QUALIFICATION.match(piece):
            name = f"{name}, {piece}"[: MAXIMUM_NAME + 1]  # no name already, however many are to come
            continue
        if _is_name(name):
            yield name
        name = piece.strip(" ,;")
    if _is_name(name):
        yield name


def _pieces(byline: str) -> Iterator[str]:
    """Cut a byline where one name may end and another begin."""
    for piece in _BETWEEN.split(byline):
        names = _BETWEEN_OR_WITHIN.split(piece)
        yield from names if all(" " in name.strip() for name in names) else [piece]


def _is_name(name: str) -> bool:
    return 1 < len(name) <= MAXIMUM_NAME and not _ADDRESS.search(name) and any(map(str.isalpha, name))


def visible_byline(page: Page, headline: int) -> str | None:
    """Find the byline that readers see.

    Parameters
    ----------
    page : Page
        A page.
    headline : int
        Index of the block that is its headline.

    Returns
    -------
    str or None
        What comes first among: the text of a link to an author's page, a
        block that begins with "By" or the like, a block that its markup
        calls a byline; all within a few blocks of the headline.
    """
    around = range(max(0, headline - BEFORE), min(len(page), headline + AFTER))
    lines = {block: _beginning(page.texts[block]) for block in around}
    linked = [link.text for block in around for link in page.links[block] if _AUTHOR_PAGE.search(link.href)]
    stated = [_signature(line) for line in lines.values() if _WRITTEN_BY.match(line)]
    called = [_signature(lines[block]) for block in around if _AUTHOR_HINT.search(_hints(page, block))]
    return next((name for name in [*linked, *stated, *called] if _looks_like_a_name(name)), None)


def _beginning(text: str) -> str:
    """Fold white space, of which preformatted text may hold a million in a row, and cut off the rest."""
    return " ".join(text.split())[:LONGEST_BYLINE]


def _signature(line: str) -> str:
    """The name at the head of a byline, without the date or place that often follows."""
    return _AFTER_NAME.split(_WRITTEN_BY.sub("", line, count=1), maxsplit=1)[0]


def _looks_like_a_name(text: str) -> bool:
    return (
        _is_name(text)
        and len(text.split()) <= 8
        and not _NO_NAME.search(text)
        and text.casefold() not in _NOBODY
    )


def _hints(page: Page, block: int) -> str:
    """What authors of the page call a block and the two elements around it."""
    hints = [page.inline_hints[block]]
    element = page.owners[block]
    while element >= 0 and len(hints) < 3:
        hints.append(page.elements.hints[element])
        element = page.elements.parents[element]
    return " ".join(hints)
