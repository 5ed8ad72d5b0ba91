"""What authors call their elements, read for the parts of a page they name."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

PARTS = {
    "comments": "comment disqus repl(?:y|ies) respon[ds] discussion kommentar",
    "related": "relat recommend read-?(?:more|next|also) more-(?:from|stor|in) popular trend most- teaser similar latest",
    "sidebar": "sidebar widget rail aside complementary",
    "sharing": "share sharing social follow facebook twitter whatsapp",
    "byline": r"author byline \bbio\b avatar contributor autor dateline timestamp posted",
    "promotion": r"newsletter subscri sign-?up promo advert \bads?\b sponsor banner \bcta paywall donat",
    "menu": r"\bnav menu breadcrumb pagination pager toolbar dropdown",
    "foot": "foot copyright colophon legal disclaimer",
    "caption": "caption credit figure image gallery photo",
    "story": "article story entry (?:post|page|main|body|text|rich)[-_]?(?:content|body|text) prose articlebody",
    "forum": "forum thread topic message question answer",
    "product": "product price review rating cart shop item",
    "tags": r"\btags?\b categor taxonomy \bmeta keyword",
    "dialogue": "modal popup cookie consent gdpr overlay login dialog",
    "summary": r"summary excerpt card standfirst deck subtitle dek \blead\b",
    "heading": "title headline heading",
}
"""Parts of a page, and the beginnings of the names that authors give them (regular expressions)."""

_PART_PATTERN = re.compile(
    "|".join(f"(?P<{part}>{names.replace(' ', '|')})" for part, names in PARTS.items())
)
_PLACES = {part: place for place, part in enumerate(PARTS)}


def name_parts(hints: list[str]) -> Floats:
    """Tell which parts of a page each hint names.

    Returns
    -------
    float32 array, shape (hints, parts)
        1 where the hint holds a name of that part.
    """
    result = np.zeros((len(hints), len(PARTS)), dtype=np.float32)
    for row, hint in enumerate(hints):
        if hint:
            for match in _PART_PATTERN.finditer(hint.lower()):
                result[row, _PLACES[match.lastgroup or ""]] = 1
    return result
