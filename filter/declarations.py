"""What a page declares about itself, gathered while its elements go by."""

from __future__ import annotations

from collections.abc import Mapping

from filter.layout import META, SCRIPT, STYLE, TITLE
from filter.page import Declarations

_CANONICAL = ("canonical", "shortlink", "alternate")
_SEEN = ("all", "screen")
"""Values of a style element's ``media`` that mean any reader's screen."""


class DeclarationsBuilder:
    """Hears of the elements that declare something and builds a page's :class:`~filter.page.Declarations`.

    Attributes
    ----------
    language : str
        ``lang`` of the html element, set by whoever hears of that.
    styles : list of str
        Text of each style element that holds for any reader's screen.
    """

    __slots__ = ("_links", "_metas", "_scripts", "_title", "language", "styles")

    def __init__(self) -> None:
        self.language = ""
        self.styles: list[str] = []
        self._title = ""
        self._metas: list[tuple[str, str]] = []
        self._links: list[tuple[str, str]] = []
        self._scripts: list[str] = []

    def read_attributes(self, action: int, given: Mapping[str, str | None]) -> None:
        """Keep what a meta or link element says, if it is complete and of use."""
        if action == META:
            name = given.get("property") or given.get("name") or given.get("itemprop")
            content = given.get("content")
            if name and content:
                self._metas.append((name.lower(), content))
        else:
            rel, href = given.get("rel"), given.get("href")
            if rel and href and rel.lower() in _CANONICAL:
                self._links.append((rel.lower(), href))

    def wants_text(self, action: int, given: Mapping[str, str | None]) -> bool:
        """Tell whether an element's text declares something: a style, a JSON-LD script, the first title."""
        if action == TITLE:
            return not self._title
        if action == STYLE:
            return (given.get("media") or "all").strip().lower() in _SEEN
        return action == SCRIPT and "ld+json" in (given.get("type") or "").lower()

    def keep_text(self, action: int, text: str) -> None:
        """Keep the text of an element that :meth:`wants_text` asked for."""
        if action == TITLE:
            self._title = text
        elif action == SCRIPT:
            self._scripts.append(text)
        else:
            self.styles.append(text)

    def declarations(self) -> Declarations:
        """Return what was declared."""
        title = " ".join(self._title.split())
        return Declarations(title, self.language, self._metas, self._links, self._scripts)
