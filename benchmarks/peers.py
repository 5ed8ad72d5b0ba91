"""The peers: extractors of main text that others use, each with the settings that suit it best."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

Extract = Callable[[str], str]
"""HTML in, main text out; an empty string where the peer finds none or fails."""


def with_trafilatura(html: str) -> str:
    """Trafilatura, without comments, which no gold text holds."""
    from trafilatura import extract

    return extract(html, include_comments=False) or ""


def with_readability(html: str) -> str:
    """readability-lxml; the HTML that it returns becomes text by turbohtml's layout."""
    import turbohtml
    from readability import Document  # type: ignore[import-untyped]

    if not html.strip():
        return ""
    return str(turbohtml.parse(Document(html).summary(html_partial=True)).to_text())


def with_resiliparse(html: str) -> str:
    """Resiliparse's main content, without comments."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(html, main_content=True, comments=False))


def with_justext(html: str) -> str:
    """JusText with the stop words of the language that the page declares, else English."""
    import justext  # type: ignore[import-untyped]

    if not html.strip():
        return ""
    paragraphs = justext.justext(html, _stop_words(_declared_language(html)))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def with_goose(html: str) -> str:
    """Goose3."""
    return str(_goose().extract(raw_html=html).cleaned_text)


def with_turbohtml(html: str) -> str:
    """The main text by the rules of turbohtml, our parser."""
    import turbohtml

    return str(turbohtml.parse(html).main_text())


EXTRACTORS: dict[str, tuple[str, Extract]] = {
    "trafilatura": ("trafilatura", with_trafilatura),
    "readability-lxml": ("readability", with_readability),
    "resiliparse": ("resiliparse", with_resiliparse),
    "jusText": ("justext", with_justext),
    "turbohtml main text": ("turbohtml", with_turbohtml),
    "goose3": ("goose3", with_goose),
}
"""Name of each peer, the module that must be there, and how it is called."""


def installed(*names: str) -> dict[str, Extract]:
    """Those of the named peers (all, if none is named) that are installed."""
    chosen = names or tuple(EXTRACTORS)
    return {name: EXTRACTORS[name][1] for name in chosen if find_spec(EXTRACTORS[name][0])}


def missing(*names: str) -> list[str]:
    """Those of the named peers (all, if none is named) that aren't."""
    return [name for name in names or tuple(EXTRACTORS) if not find_spec(EXTRACTORS[name][0])]


def forgiving(extract: Extract) -> Extract:
    """The same, but a page that makes the peer fail counts as one without text."""

    def extract_or_nothing(html: str) -> str:
        try:
            return extract(html)
        except Exception:  # whatever a peer raises is its answer to the page
            return ""

    return extract_or_nothing


_LANGUAGE = re.compile(r"<html[^>]*\slang=[\"']?([a-zA-Z]{2})")
_STOPLISTS = {
    "cs": "Czech",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}


def _declared_language(html: str) -> str:
    found = _LANGUAGE.search(html)
    return _STOPLISTS.get(found[1].lower(), "English") if found else "English"


@cache
def _stop_words(language: str) -> frozenset[str]:
    import justext

    return frozenset(justext.get_stoplist(language))


@cache
def _goose() -> Any:
    from goose3 import Goose  # type: ignore[import-untyped]

    return Goose({"enable_image_fetching": False})
