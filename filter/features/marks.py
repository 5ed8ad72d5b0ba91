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
_LATIN = 0xC2
"""First byte of guillemets."""
_BEGINS_A_MARK = np.isin(np.arange(256), [_QUOTE, _PERCENT, _APOSTROPHE, _HYPHEN, _LEAD, _LATIN])


class Mark(IntEnum):
    """What is counted: the two ways to put one thing, one behind the other."""

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
    # A line feed ends the last text, and stands before the first byte, too: so there is a byte
    # before each mark and one after, and it belongs to no other text.
    places = np.flatnonzero(_BEGINS_A_MARK.take(codes))
    first = codes[places]
    apostrophe, hyphen, percent = (places[first == mark] for mark in (_APOSTROPHE, _HYPHEN, _PERCENT))
    curly, dash, typeset = _typeset(codes, places[first == _LEAD], places[first == _LATIN])
    spaced = (codes[hyphen - 1] == _SPACE) & (codes[hyphen + 1] == _SPACE)
    double = (codes[hyphen + 1] == _HYPHEN) & (codes[hyphen - 1] != _HYPHEN)
    spaced_dash = dash[(codes[dash - 1] == _SPACE) & (codes[dash + 3] == _SPACE)]
    apart = (codes[percent - 1] == _SPACE) & _is_digit(codes[percent - 2])
    found = {
        Mark.STRAIGHT_APOSTROPHE: apostrophe[inside[apostrophe - 1] & inside[apostrophe + 1]],
        Mark.CURLY_APOSTROPHE: curly[inside[curly - 1] & inside[curly + 3]],
        Mark.STRAIGHT_QUOTE: places[first == _QUOTE],
        Mark.TYPESET_QUOTE: typeset,
        Mark.HYPHEN_FOR_DASH: hyphen[spaced | double],
        Mark.DASH: dash,
        Mark.TIGHT_DASH: dash[inside[dash - 1] & inside[dash + 3]],
        Mark.SPACED_DASH: np.concatenate((spaced_dash, hyphen[spaced])),
        Mark.PERCENT_SIGN: percent[_is_digit(codes[percent - 1])],
        Mark.SPACED_PERCENT_SIGN: percent[apart],
    }
    cells = [(np.searchsorted(bounds, places, "right") - 1) * MARKS + mark for mark, places in found.items()]
    texts = len(bounds) - 1
    counts = np.bincount(np.concatenate(cells), minlength=texts * MARKS).reshape(texts, MARKS)
    return np.asarray(counts, dtype=np.int32)


def _typeset(codes: Bytes, lead: Ints, latin: Ints) -> tuple[Ints, Ints, Ints]:
    """Return where curly apostrophes, dashes, and quotation marks that are not straight begin."""
    lead = lead[codes[lead + 1] == 0x80]
    last, kind = codes[lead + 2], codes[latin + 1]
    quote = (last == _LEFT_QUOTE) | (last == _RIGHT_QUOTE) | (last == _LOW_QUOTE)
    return (
        lead[last == _CURLY_APOSTROPHE],
        lead[(last == _EN_DASH) | (last == _EM_DASH)],
        np.concatenate((lead[quote], latin[(kind == 0xAB) | (kind == 0xBB)])),
    )


def _is_digit(codes: Bytes) -> Flags:
    return (codes >= _ZERO) & (codes <= _NINE)
