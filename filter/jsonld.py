"""JSON-LD as pages carry it: broken here and there, nested at will, cross-referenced."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from filter.decode import without_surrogates

Thing = dict[str, Any]
"""An object of JSON-LD, such as an article, a person, a publisher."""

ARTICLE_TYPES = frozenset(
    {
        "AdvertiserContentArticle",
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "DiscussionForumPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "SatiricalArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
    }
)
"""https://schema.org/Article and the types below it."""

_DECODER = json.JSONDecoder(strict=False)
_BEGINNING = re.compile(r"(?<!!)(?<!CDATA)[{\[]")


def things(scripts: Iterable[str]) -> Iterator[Thing]:
    """Walk every object in the JSON-LD of a page, outermost first, however nested.

    Parameters
    ----------
    scripts : iterable of str
        The text of each script. Raw line breaks inside strings, comments
        before the JSON and anything after it are forgiven; a script that
        can't be read is passed over.

    Yields
    ------
    dict
        Each object, those of ``@graph`` and of properties included.
    """
    waiting = [value for script in scripts for value in _decoded(script)]
    waiting.reverse()
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _decoded(script: str) -> Iterator[Any]:
    beginning = _BEGINNING.search(script)
    if beginning is None:
        return
    try:
        yield _DECODER.raw_decode(script, beginning.start())[0]
    except (ValueError, RecursionError):
        return


def is_article(thing: Thing) -> bool:
    """Whether a thing is an article of some type."""
    return any(
        isinstance(kind, str) and kind.rpartition("/")[2] in ARTICLE_TYPES for kind in values(thing, "@type")
    )


def values(thing: Thing, name: str) -> list[Any]:
    """The values of a property, whether one or a list is given."""
    value = thing.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def texts(sources: Iterable[Thing], name: str) -> list[str]:
    """The non-empty strings given for a property, white space folded, entities decoded."""
    given = [value for thing in sources for value in values(thing, name) if isinstance(value, str)]
    return [text for value in given if (text := " ".join(_unescaped(value).split()))]


def _unescaped(value: str) -> str:
    """Decode entities; nothing is left of a string with a number that Python refuses to read.

    JSON's escapes may make lone surrogates.
    """
    try:
        return without_surrogates(html.unescape(value))
    except ValueError:
        return ""


def author_names(articles: Iterable[Thing], everything: Iterable[Thing]) -> list[str]:
    """The authors of the first article that names any: strings, persons, or references to persons.

    Parameters
    ----------
    articles : iterable of dict
        The page's articles.
    everything : iterable of dict
        Every thing on the page, among which references (``@id``) are looked up.

    Returns
    -------
    list of str
        As the page has them, junk included.
    """
    named = {
        thing["@id"]: thing for thing in everything if "name" in thing and isinstance(thing.get("@id"), str)
    }
    for article in articles:
        names = []
        for author in [*values(article, "author"), *values(article, "creator")]:
            if isinstance(author, str):
                names.append(without_surrogates(author))
            elif isinstance(author, dict):
                identity = author.get("@id")
                known = named.get(identity, author) if isinstance(identity, str) else author
                names += texts([author if "name" in author else known], "name")
        if names:
            return names
    return []
