"""How a text is set: apostrophes, quotation marks, dashes, percentages; each can be put in two ways."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_SPACE, _QUOTE, _PERCENT, _APOSTROPHE, _HYPHEN, _ZERO, _NINE = b" \"%'-09"
_LEAD = 0xE2
"""First byte of the curly marks and the dashes in UTF-8; their second is 0x80."""
_LEFT_QUOTE, _RIGHT_QUOTE, _LOW_QUOTE, _CURLY_APOSTROPHE, _EN_DASH, _EM_DASH = (
    mark.encode()[2] for mark in "“”„’–—"
)


class Mark(IntEnum):
    """What is counted."""

    STRAIGHT_APOSTROPHE = 0
    CURLY_APOSTROPHE = 1
    STRAIGHT_QUOTE = 2
    TYPESET_QUOTE = 3
    """Curly quotation marks and guillemets."""
    HYPHEN_FOR_DASH = 4
    """One between spaces, or two."""
    DASH = 5
    TIGHT_DASH = 6
    """Between two words, without spaces."""
    SPACED_DASH = 7
    """Between spaces, a hyphen for one included."""
    PERCENT_SIGN = 8
    """Right behind a number."""
    SPACED_PERCENT_SIGN = 9


MARKS = len(Mark)


def count_marks(codes: Bytes, inside: Flags, bounds: Ints) -> npt.NDArray[np.int32]:
    """Count the marks of each text.

    Parameters
    ----------
    codes : uint8 array, shape (bytes,)
        Texts as UTF-8, a line feed after each.
    inside : bool array, shape (bytes,)
        Which bytes are those of words.
    bounds : int64 array, shape (texts + 1,)
        Text ``i`` is ``codes[bounds[i]:bounds[i + 1]]``, its line feed included.

    Returns
    -------
    int32 array, shape (texts, MARKS)
    """
    # Before the first byte stands the very last, a line feed: no mark has a neighbour in another text.
    space = codes == _SPACE
    apostrophe, hyphen = np.flatnonzero(codes == _APOSTROPHE), np.flatnonzero(codes == _HYPHEN)
    percent = np.flatnonzero(codes == _PERCENT)
    curly, dash, typeset = _typeset(codes)
    after_number = _digit(codes, percent - 1)
    apart = space[percent - 1] & _digit(codes, percent - 2)
    spaced = space[hyphen - 1] & space[_next(codes, hyphen, 1)]
    double = (codes[_next(codes, hyphen, 1)] == _HYPHEN) & (codes[hyphen - 1] != _HYPHEN)
    found = {
        Mark.STRAIGHT_APOSTROPHE: apostrophe[inside[apostrophe - 1] & inside[_next(codes, apostrophe, 1)]],
        Mark.CURLY_APOSTROPHE: curly[inside[curly - 1] & inside[_next(codes, curly, 3)]],
        Mark.STRAIGHT_QUOTE: np.flatnonzero(codes == _QUOTE),
        Mark.TYPESET_QUOTE: typeset,
        Mark.HYPHEN_FOR_DASH: hyphen[spaced | double],
        Mark.DASH: dash,
        Mark.TIGHT_DASH: dash[inside[dash - 1] & inside[_next(codes, dash, 3)]],
        Mark.SPACED_DASH: np.concatenate(
            (dash[space[dash - 1] & space[_next(codes, dash, 3)]], hyphen[spaced])
        ),
        Mark.PERCENT_SIGN: percent[after_number],
        Mark.SPACED_PERCENT_SIGN: percent[apart],
    }
    cells = [(np.searchsorted(bounds, places, "right") - 1) * MARKS + mark for mark, places in found.items()]
    texts = len(bounds) - 1
    counts = np.bincount(np.concatenate(cells), minlength=texts * MARKS).reshape(texts, MARKS)
    return np.asarray(counts, dtype=np.int32)


def _typeset(codes: Bytes) -> tuple[Ints, Ints, Ints]:
    """Return where curly apostrophes, dashes, and quotation marks that are not straight begin."""
    lead = np.flatnonzero(codes == _LEAD)
    lead = lead[codes[_next(codes, lead, 1)] == 0x80]
    last = codes[_next(codes, lead, 2)]
    guillemet = np.flatnonzero(codes == 0xC2)
    kind = codes[_next(codes, guillemet, 1)]
    quote = (last == _LEFT_QUOTE) | (last == _RIGHT_QUOTE) | (last == _LOW_QUOTE)
    return (
        lead[last == _CURLY_APOSTROPHE],
        lead[(last == _EN_DASH) | (last == _EM_DASH)],
        np.concatenate((lead[quote], guillemet[(kind == 0xAB) | (kind == 0xBB)])),
    )


def _next(codes: Bytes, places: Ints, step: int) -> Ints:
    """Return the places so many bytes on; the last one for those beyond it."""
    return np.minimum(places + step, len(codes) - 1)


def _digit(codes: Bytes, places: Ints) -> Flags:
    values = codes[places]
    return (values >= _ZERO) & (values <= _NINE)
