"""What is let in: no page that is too large to be one, nothing that is no text."""

from __future__ import annotations

from filter.article import Outcome
from filter.errors import PageError

MAXIMUM_BYTES = 50_000_000
"""Largest page that is read unless the caller says otherwise, in bytes (or characters of a ``str``)."""

MAXIMUM_BLOCKS = 200_000
"""A page of more blocks is refused: each takes 3 kB while it is judged, and articles have a few hundred."""

_UNPACK, _RECODE = "decompress it first", "turn it into UTF-8 first"
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90\x00", "an executable"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS\x00", "audio or video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\xff\xfe\x00\x00", "text in UTF-32"),
    (b"\x00\x00\xfe\xff", "text in UTF-32"),
)
_ADVICE = {"gzip data": _UNPACK, "zstd data": _UNPACK, "xz data": _UNPACK, "text in UTF-32": _RECODE}

_BINARY_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
"""Bytes that text doesn't hold (WHATWG, *MIME Sniffing*, "binary data byte")."""

_NOISE_SHARE = 0.03
"""Share of such bytes above which a page is refused: noise has 11 %, text next to none."""

_NOISE_BYTES = 8
"""As many stray control characters never refuse a page: short pages have accidents, too."""

_NOISE_SAMPLE_BYTES = 65_536


def check_size(page: bytes | str, maximum_bytes: int = MAXIMUM_BYTES) -> None:
    """Refuse a page that is too large to be one.

    Parameters
    ----------
    page : bytes or str
        The page as it came.
    maximum_bytes : int
        The limit, in bytes; in characters for a ``str``.

    Raises
    ------
    PageError
        With the outcome ``too_large``.
    """
    if len(page) > maximum_bytes:
        unit = "bytes" if isinstance(page, bytes) else "characters"
        raise PageError(
            f"the page has {len(page):,} {unit}, more than the limit of {maximum_bytes:,}: "
            "skip it, or raise the limit",
            Outcome.TOO_LARGE,
        )


def too_many_blocks() -> PageError:
    """Return the refusal of a page that has more blocks than are judged."""
    return PageError(
        f"the page has more than {MAXIMUM_BLOCKS:,} blocks of text: skip it, or cut it into pages",
        Outcome.TOO_LARGE,
    )


def refuse_signatures(data: bytes) -> None:
    """Refuse bytes that begin as files other than pages do, whatever encoding the caller names.

    Raises
    ------
    PageError
        With the outcome ``undecodable``.
    """
    for signature, description in _SIGNATURES:
        if data.startswith(signature):
            advice = _ADVICE.get(description, "leave it out, or fetch the page again")
            raise PageError(f"this is no page but {description}: {advice}", Outcome.UNDECODABLE)


def refuse_noise(data: bytes) -> None:
    """Refuse bytes that hold more control characters than any text.

    Raises
    ------
    PageError
        With the outcome ``undecodable``.
    """
    sample = data[:_NOISE_SAMPLE_BYTES]
    noise = len(sample) - len(sample.translate(None, _BINARY_BYTES))
    if noise > max(_NOISE_BYTES, _NOISE_SHARE * len(sample)):
        raise PageError(
            f"{noise:,} of the first {len(sample):,} bytes are control characters, so this is binary data "
            "and no page: leave it out, or name its encoding",
            Outcome.UNDECODABLE,
        )
