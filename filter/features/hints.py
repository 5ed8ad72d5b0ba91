"""What authors call their elements, read for the parts of a page they name."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter.features.words import Words, split_words

Floats = npt.NDArray[np.float32]

PARTS = {
    "comments": "comment disqus reply replies respond response discussion kommentare",
    "related": "related recommended readmore readnext more trending popular most teaser similar latest",
    "sidebar": "sidebar widget rail aside complementary",
    "sharing": "share sharing social follow facebook twitter whatsapp",
    "byline": "author byline bio avatar contributor autor dateline timestamp posted",
    "promotion": "newsletter subscribe signup promo advert ad ads sponsor banner cta paywall donate",
    "menu": "nav navbar navigation menu breadcrumb pagination pager toolbar dropdown",
    "foot": "footer foot copyright colophon legal disclaimer",
    "caption": "caption credit figure image gallery photo",
    "story": "article story entry prose articlebody content body text richtext",
    "forum": "forum thread topic message question answer",
    "product": "product price review rating cart shop item",
    "tags": "tag tags category taxonomy meta keyword",
    "dialogue": "modal popup cookie consent gdpr overlay login dialog",
    "summary": "summary excerpt card standfirst deck subtitle dek lead",
    "heading": "title headline heading",
}
"""Parts of a page, and words that authors name them by; the first five letters count."""


def _part_stems() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return the stems of all names, sorted, and the part that each stands for."""
    words = split_words(list(PARTS.values()))
    stems, places = np.unique(words.stems, return_index=True)
    return stems, words.owners[places]


_STEMS, _PART_OF_STEM = _part_stems()


def name_parts(words: Words) -> Floats:
    """Tell which parts of a page each hint names.

    Parameters
    ----------
    words : Words
        Of the hints of a batch.

    Returns
    -------
    float32 array, shape (hints, parts)
        1 where the hint holds a name of that part.
    """
    result = np.zeros((len(words.offsets) - 1, len(PARTS)), dtype=np.float32)
    places = np.minimum(np.searchsorted(_STEMS, words.stems), len(_STEMS) - 1)
    known = _STEMS[places] == words.stems
    result[words.owners[known], _PART_OF_STEM[places[known]]] = 1
    return result
