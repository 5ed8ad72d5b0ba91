"""Bytes to text, and which step decided.

The order is a browser's (WHATWG, *HTML*, 13.2.3 "The input byte stream"), with
what browsers leave to the reader's eye added: a declaration that the bytes
plainly contradict is passed over, and a detector speaks before the fallback.
Labels, the scan for ``<meta>`` and the decoders are turbohtml's, which follow
the WHATWG *Encoding* standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import turbohtml
from turbohtml.detect import detect

from filter.admission import refuse_noise, refuse_signatures
from filter.article import Encoding
from filter.errors import CallerError

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;,\"']+)", re.IGNORECASE)

_PRESCAN_BYTES = 1024
"""How far a browser looks for ``<meta charset>`` before it parses (WHATWG)."""

_LATE_SCAN_BYTES = 65_536
"""How far we look when nothing else helps: browsers obey a late ``<meta>`` as well, by parsing again."""

_ASCII_ONLY = bytes(code if code < 0x80 else ord("?") for code in range(256))

_UTF16 = frozenset({"utf-16le", "utf-16be"})

_UTF16_SAMPLE_BYTES = 65_536

_UTF16_SHARE = 0.2
"""Share of NUL bytes in every other place that gives UTF-16 away; mark-up alone makes more."""

_UTF16_MARGIN = 10
"""So many times more of them than in the places between."""

_UTF8_MARGIN = 10
"""So many sound characters for each broken one still make a page UTF-8: one cut short, a stray quote."""

_CHANCE_CHARACTERS = 4
"""Fewer two-byte characters than this may be UTF-8 by chance in an East Asian encoding (13 % each in GBK)."""

_EAST_ASIAN = frozenset({"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "iso-2022-jp"})

_LONG_RUN = re.compile(rb"[\x80-\xff]{4,}")

_BETWEEN_PUNCTUATION = re.compile(rb"[\0-/].*[\0-/]", re.DOTALL)
"""From the first to the last byte that is no part of a longer character in any encoding but ISO-2022-JP."""

_NOT_ASCII = bytes(range(0x80))

_SURROGATE = re.compile("[\ud800-\udfff]")

_DETECTOR_PIECES = 4

_PIECE_BYTES = 65_536
"""The detector sees four such pieces of a long page, which takes it about 12 ms."""


class _Declaration(NamedTuple):
    name: str
    step: str


def decode(
    data: bytes, *, encoding: str | None = None, content_type: str | None = None
) -> tuple[str, Encoding]:
    """Turn the bytes of a page into text.

    The first of these that holds decides: the caller's word, a byte order
    mark, the HTTP header, ``<meta>`` in the first 1,024 bytes, the bytes being
    valid UTF-8, the pattern of NUL bytes in UTF-16, a late ``<meta>``, a
    detector that looks at samples of the whole page, windows-1252. A
    declaration is passed over when the bytes contradict it: text that is valid
    UTF-8 all through is not Latin-1 or GBK, and bytes that hardly decode are
    not what they claim to be.

    Parameters
    ----------
    data : bytes
        The page as it came.
    encoding : str, optional
        A label of the WHATWG Encoding standard that overrules everything else.
    content_type : str, optional
        The value of the HTTP header ``Content-Type``.

    Returns
    -------
    text : str
        The page, without a byte order mark; never holds a lone surrogate.
    encoding : Encoding
        What was used, which step decided, and how many characters were lost.

    Raises
    ------
    CallerError
        If ``encoding`` is not such a label.
    PageError
        With the outcome ``undecodable``, if the bytes are no text: an image,
        an archive, an executable.
    """
    refuse_signatures(data)
    if encoding is not None:
        name = _callers_name(encoding, data)
        if name not in _UTF16:
            refuse_noise(data)
        return _decode_as(name, "caller", data)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(name, "bom", data)
    header = _header_name(content_type)
    if b"\0" in data:
        if utf16 := _utf16_name(data, header):
            return _decode_as(utf16, "header" if header in _UTF16 else "detector", data)
        refuse_noise(data)
    declarations = [found for found in _declared(data, header) if found.name not in _UTF16]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        refuse_noise(data)
        return _decode_not_utf8(data, declarations)
    return _decode_valid_utf8(data, text, declarations)


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no encoding can hold and parsers stumble over, by U+FFFD.

    Bytes that were decoded here never hold any; a ``str`` from elsewhere may.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-16-le")  # the cheapest look at every character: a third of UTF-8's
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _whatwg_name(label: str) -> str | None:
    """Give the standard's name of an encoding in lower case; None for an unknown or an unsafe one."""
    try:
        name = turbohtml.parse(b"", encoding=label).encoding
    except (LookupError, ValueError):
        return None
    return None if name is None or name == "replacement" else name.lower()


def _callers_name(label: str, data: bytes) -> str:
    name = _whatwg_name(label)
    if name is None:
        raise CallerError(
            f"unknown encoding {label!r}: give a label of the WHATWG Encoding standard such as 'utf-8' or "
            "'windows-1251', or leave it out and let the page tell"
        )
    if name in _UTF16 and data.startswith(b"\xfe\xff"):
        return "utf-16be"
    return name


def _header_name(content_type: str | None) -> str | None:
    match = _HEADER_CHARSET.search(content_type) if content_type else None
    return _whatwg_name(match[1]) if match else None


def _declared(data: bytes, header: str | None) -> Iterator[_Declaration]:
    if header is not None:
        yield _Declaration(header, "header")
    if meta := _meta_name(data[:_PRESCAN_BYTES]):
        yield _Declaration(meta, "meta")


def _meta_name(head: bytes) -> str | None:
    """Give the encoding that the head of a page declares in its mark-up.

    A declaration is what makes the parser's answer independent of the bytes
    that follow: without one, it calls the first probe UTF-8 and the second
    windows-1252.
    """
    head = head.translate(_ASCII_ONLY)
    name = turbohtml.parse(head + b"\xc3\xa9", positions=False).encoding
    other = turbohtml.parse(head + b"\xff", positions=False).encoding
    return name.lower() if name is not None and name == other and name != "replacement" else None


def _utf16_name(data: bytes, header: str | None) -> str | None:
    """Recognise UTF-16 without a byte order mark, by the header or by the NUL bytes that mark-up makes."""
    if header in _UTF16:
        return header
    sample = data[:_UTF16_SAMPLE_BYTES]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    enough = _UTF16_SHARE * len(sample) / 2
    if low > enough and low > _UTF16_MARGIN * high:
        return "utf-16le"
    if high > enough and high > _UTF16_MARGIN * low:
        return "utf-16be"
    return None


def _decode_valid_utf8(data: bytes, text: str, declarations: list[_Declaration]) -> tuple[str, Encoding]:
    if not declarations:
        # Escape sequences are all that tells ISO-2022-JP from ASCII.
        if b"\x1b$" in data and text.isascii():
            return _detect(data)
        return text, Encoding("utf-8", "utf-8")
    name, step = declarations[0]
    if name == "utf-8":
        return text, Encoding(name, step)
    if text.isascii() or (name in _EAST_ASIAN and _count_beyond_ascii(text) < _CHANCE_CHARACTERS):
        return _decode_as(name, step, data)
    return text, Encoding("utf-8", "utf-8")


def _decode_not_utf8(data: bytes, declarations: list[_Declaration]) -> tuple[str, Encoding]:
    text, encoding = _decode_as("utf-8", "utf-8", data)
    sound = _count_beyond_ascii(text) - encoding.replaced
    for name, step in declarations:
        if name == "utf-8" and sound > encoding.replaced:
            return text, Encoding(name, step, encoding.replaced)
    if sound > _UTF8_MARGIN * encoding.replaced:
        return text, encoding
    for name, step in declarations:
        if name != "utf-8" and not (name == "windows-1252" and _beyond_latin(data)):
            return _decode_as(name, step, data)
    late = _meta_name(data[:_LATE_SCAN_BYTES])
    if late is not None and late != "utf-8" and not declarations:
        return _decode_as(late, "meta", data)
    return _detect(data)


def _beyond_latin(data: bytes) -> bool:
    """Tell whether the bytes can't be the Western text that servers declare by default.

    Western languages never put four accented letters in a row; Cyrillic,
    Greek, Arabic and East Asian words hardly do anything else.
    """
    in_runs = sum(map(len, _LONG_RUN.findall(data)))
    return 2 * in_runs > len(data) - len(data.translate(None, _NOT_ASCII))


def _detect(data: bytes) -> tuple[str, Encoding]:
    # The blank head hides a <meta> that was found to be wrong already.
    match = detect(b" " * _PRESCAN_BYTES + _detector_sample(data))
    if match.encoding is None or match.confidence == 0.0:
        return _decode_as("windows-1252", "fallback", data)
    return _decode_as(match.encoding.lower(), "detector", data)


def _detector_sample(data: bytes) -> bytes:
    """Cut a long page down to pieces from all over it that hold more than ASCII."""
    if len(data) <= _DETECTOR_PIECES * _PIECE_BYTES:
        return data
    pieces = (data[start : start + _PIECE_BYTES] for start in range(0, len(data), _PIECE_BYTES))
    telling = [piece for piece in pieces if not piece.isascii()] or [data[:_PIECE_BYTES]]
    step = -(-len(telling) // _DETECTOR_PIECES)
    return b" ".join(_whole_characters(piece) for piece in telling[::step])


def _whole_characters(piece: bytes) -> bytes:
    match = _BETWEEN_PUNCTUATION.search(piece)
    return match[0] if match else piece


def _decode_as(name: str, step: str, data: bytes) -> tuple[str, Encoding]:
    text = data.decode("utf-8" if name == "utf-8" else f"whatwg-{name}", "replace").removeprefix("\ufeff")
    # A page may hold U+FFFD of its own.
    genuine = data.count(b"\xef\xbf\xbd") if name == "utf-8" else 0
    return text, Encoding(name, step, text.count("\ufffd") - genuine)


def _count_beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
