"""Plain text to paragraphs, and telling it from HTML.

Text comes one paragraph a line, or hard-wrapped as mail and old articles are.
A wrapped line betrays itself: it ends where the first word of the next one
would not have fitted.
"""

from __future__ import annotations

import re
from itertools import pairwise

from filter.admission import MAXIMUM_BLOCKS, too_many_blocks
from filter.lines import fold

_HTML_SAMPLE = 65_536
"""Characters looked at to tell HTML from text."""

_BLOCK_NAMES = (
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|"
    "hr|html|li|link|main|meta|nav|noscript|ol|p|pre|script|section|style|table|tbody|td|th|thead|title|tr|ul"
)

_PROLOGUE = re.compile(
    rf"\s*<(?:!doctype\b|!--|\?xml\b|(?:{_BLOCK_NAMES}|[a-z]++-[a-z-]++)\b[^<>]*+(?:>|\Z))", re.IGNORECASE
)
"""How documents begin, and fragments that are mark-up all through."""

_INLINE_PROLOGUE = re.compile(r"\s*<(a|b|em|font|i|img|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)

_STRUCTURE = re.compile(
    rf"(?:^|>)[ \t]*</?(?:{_BLOCK_NAMES})\b[^<>]*>"
    rf"|</(?:{_BLOCK_NAMES})>[ \t]*(?:$|<)"
    r"|(?<=[\w.,;:!?])<br\b[^<>]*>",
    re.IGNORECASE | re.MULTILINE,
)
"""A tag that shapes the text around it: at the start or end of a line, or next to another tag."""

_STRUCTURE_TAGS = 2
"""So many of them make HTML; authors who write about tags keep them inside their lines."""

_CHARACTERS_A_TAG = 1_500
"""Fewer tags than one in so many characters are examples: WCXB's articles that show code have one in 2,000
and more, while fragments of HTML open and close every paragraph."""

_NARROWEST, _WIDEST = 40, 120
"""Widths, in characters, between which a text may be hard-wrapped."""

_LONG_LINES = 0.05
"""Share of lines beyond the widest width (addresses, mostly) that wrapped text may have."""

_SLACK = 0.85
"""A line counts as full if the next word would have passed this share of the width."""

_FULL_LINES = 0.8
"""Share of the inner lines that is full in wrapped text, by characters: mastheads weigh little."""

_CAPITAL_STARTS = 2 / 3
"""Wrapped lines go on in mid-sentence: if more lines than this begin with a capital, they are a list."""

_SENTENCE_ENDS = 1 / 2
"""And if more than this end a sentence, they are paragraphs."""

_BULLET = re.compile(r"[-*+•‣◦▪●]\s|[–—]\s|\(?\d{1,3}[.)]\s")

_SURE_BULLETS = "•‣◦▪●"
"""The other marks may stand in mid-sentence."""

_SENTENCE_END = '.!?:;…。！？：；"”’»)'

_INVISIBLE = ("\u200b", "\u2060", "\ufeff", "\u00ad")
"""Zero-width space, word joiner, byte order mark, soft hyphen; joiners that shape letters stay."""

_SPACELESS = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def looks_like_html(text: str) -> bool:
    """Tell whether a text is HTML, by its beginning.

    Tags that are only talked about, as in "the <b> tag", some lines of code
    in a long article, and inequalities leave a text what it is.

    Parameters
    ----------
    text : str
        A whole page or its beginning; 65,536 characters are looked at.
    """
    sample = text[:_HTML_SAMPLE].lstrip("\ufeff")
    if "<" not in sample:
        return False
    if _PROLOGUE.match(sample):
        return True
    if (inline := _INLINE_PROLOGUE.match(sample)) and f"</{inline[1].lower()}>" in sample.lower():
        return True
    enough = max(_STRUCTURE_TAGS, len(sample) / _CHARACTERS_A_TAG)
    return any(count >= enough for count, _ in enumerate(_STRUCTURE.finditer(sample), start=1))


def paragraphs(text: str) -> list[str]:
    """Cut plain text into its paragraphs.

    Parameters
    ----------
    text : str
        One paragraph a line, or hard-wrapped with blank lines, bullets or
        indents between paragraphs.

    Returns
    -------
    list of str
        The paragraphs in order, white space folded, none of them empty.

    Raises
    ------
    PageError
        With the outcome ``too_large``, if there are more than
        :data:`filter.admission.MAXIMUM_BLOCKS`.
    """
    for character in _INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    lines = text.splitlines()
    folded = [fold(line) for line in lines]
    width = _wrapping_width(folded)
    found = _unwrap(lines, folded, width) if width else [line for line in folded if line]
    if len(found) > MAXIMUM_BLOCKS:
        raise too_many_blocks()
    return found


def _wrapping_width(folded: list[str]) -> int:
    """Return the width at which the text was wrapped; 0 if it was not."""
    lengths = [len(line) for line in folded if line]
    if sum(length > _WIDEST for length in lengths) > _LONG_LINES * len(lengths):
        return 0
    width = max((length for length in lengths if length <= _WIDEST), default=0)
    if width < _NARROWEST:
        return 0
    inner = [(line, after) for line, after in pairwise(folded) if line and after]
    full = [(line, after) for line, after in inner if _is_full(line, after, width)]
    capitals = sum(after[0].isupper() for _, after in full)
    closed = sum(not _is_open(line) for line, _ in full)
    if (
        not full
        or _characters(full) < _FULL_LINES * _characters(inner)
        or capitals > _CAPITAL_STARTS * len(full)
        or closed > _SENTENCE_ENDS * len(full)
    ):
        return 0
    return width


def _characters(pairs: list[tuple[str, str]]) -> int:
    return sum(len(line) for line, _ in pairs)


def _is_full(line: str, after: str, width: int) -> bool:
    """Tell whether the first word of the line after would not have fitted."""
    word = 1 if _SPACELESS.match(after) else len(after.split(" ", 1)[0]) + 1
    return len(line) + word > _SLACK * width


def _unwrap(lines: list[str], folded: list[str], width: int) -> list[str]:
    """Join the lines that a paragraph was wrapped into."""
    joined: list[list[str]] = []
    before, indent, in_bullet = "", 0, False
    for raw, line in zip(lines, folded, strict=True):
        if line:
            indent_now = len(raw) - len(raw.lstrip())
            bullet = bool(_BULLET.match(line)) and (
                in_bullet or not _is_open(before) or line[0] in _SURE_BULLETS
            )
            starts = not before or bullet or not _is_full(before, line, width)
            if starts or (indent_now > indent and not in_bullet):
                joined.append([line])
                in_bullet = bullet
            else:
                joined[-1].extend((_joint(before, line), line))
            indent = indent_now
        before = line
    return ["".join(parts) for parts in joined]


def _is_open(line: str) -> bool:
    """Tell whether a line stops in mid-sentence."""
    return bool(line) and line[-1] not in _SENTENCE_END


def _joint(before: str, after: str) -> str:
    """Return what stands between two lines of one paragraph once they are joined."""
    if before[-2:-1].isalpha() and before[-1] == "-":
        return ""
    return "" if _SPACELESS.match(before[-1]) and _SPACELESS.match(after) else " "
