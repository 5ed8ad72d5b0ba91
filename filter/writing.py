"""How a text is written, with spaces between words or without, and what counts as a word or a sentence.

Scripts are told apart by ranges of Unicode, no further than counting needs.
"""

from __future__ import annotations

import re
import string
from enum import StrEnum


class Writing(StrEnum):
    """How most of a text's letters are written, as far as words and sentences are concerned."""

    SPACED = "spaced"
    """Spaces between words, marks at the end of sentences: Latin, Cyrillic, Arabic, Hangul and others."""
    UNSPACED = "unspaced"
    """No spaces between words, marks at the end of sentences: Han and kana."""
    UNMARKED = "unmarked"
    """No spaces between words, seldom a mark at the end of a sentence: Thai, Lao, Khmer, Myanmar."""


_HAN_OR_KANA = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_THAI_AND_LIKE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED_WORD = re.compile(f"[{_HAN_OR_KANA}]{{1,2}}|[{_THAI_AND_LIKE}]{{1,4}}")
_UNSPACED_LETTER = re.compile(f"[{_HAN_OR_KANA}]")
_UNMARKED_LETTER = re.compile(f"[{_THAI_AND_LIKE}]")
_LETTER = re.compile(r"[^\W\d_]")
_PUNCTUATION = (
    string.punctuation + "“”„‟‘’‚«»‹›…–—―·•‣▪■□◦¡¿。、，．！？；：「」『』（）《》〈〉【】｡؟،؛٪।॥۔։"
)
_CLOSERS = "\"'”’»›)]}」』）】"
# Each run is tried once, from its first mark, and never given back: linear on any input.
_SENTENCE_END = re.compile(
    r"(?<![.!?؟۔।॥։።…])[.!?؟۔।॥։።…]++[" + re.escape(_CLOSERS) + r"]*+(?=\s|\Z)|[。！？｡]"
)


def words_in(text: str) -> list[str]:
    """Return a text's words, lower-case and without the punctuation around them.

    In scripts without spaces, two characters of Han or kana and four of Thai,
    Lao, Khmer or Myanmar make one, about the mean length of a word there.
    """
    pieces = _UNSPACED_WORD.sub(r" \g<0> ", text).split()
    return [word for piece in pieces if (word := piece.strip(_PUNCTUATION).lower())]


def has_letter(text: str) -> bool:
    """Tell whether a letter of any script occurs."""
    return _LETTER.search(text) is not None


def count_sentences(text: str) -> int:
    """Count the runs of marks that end a sentence: before white space or the end, or full-width ones."""
    return len(_SENTENCE_END.findall(text))


def writing_of(text: str) -> Writing:
    """Tell how most of a text's letters are written."""
    unspaced, unmarked = len(_UNSPACED_LETTER.findall(text)), len(_UNMARKED_LETTER.findall(text))
    if 2 * (unspaced + unmarked) <= len(_LETTER.findall(text)):
        return Writing.SPACED
    return Writing.UNSPACED if unspaced >= unmarked else Writing.UNMARKED
