"""WARC archives: the pages among their response records.

fastwarc reads them: it is twice as fast as warcio, and where an archive is
garbled it says so, while warcio ends in silence.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from filter.batch.compression import Compression
from filter.batch.entry import Entry, Page
from filter.batch.extras import needed
from filter.batch.readers.reading import Reading, check_read
from filter.batch.sources import Source

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
"""Media types that are pages; a response of another type (a picture, a script) is not."""

ENCODINGS = ("Content-Encoding", "Transfer-Encoding")

LONGEST_HEADER = 1 << 16
"""Bytes at the end of an archive among which a header that was cut off is looked for."""
_VERSION = b"WARC/"
_PIECE = 1 << 14
"""Bytes read on at once: of a decompression bomb they make some 16 MB."""
_GZIP = 16
"""What zlib adds to the size of its window where the data are gzip's."""


@dataclass(frozen=True, slots=True)
class Response(Entry):
    """A response as it came over the wire; the worker undoes its encodings.

    Attributes
    ----------
    payload : bytes
        What followed the HTTP header.
    content_type : str
        HTTP's header of that name, its charset included.
    encodings : tuple of (str, str)
        HTTP's headers that say how the payload is compressed or cut into chunks.
    fields : Mapping[str, object]
        What the record says about the page: address, date, status.
    """

    payload: bytes
    content_type: str
    encodings: tuple[tuple[str, str], ...]
    fields: Mapping[str, object]

    def open(self, max_bytes: int) -> Page:
        """Return the page, decompressed."""
        check_read(self.payload, max_bytes)
        content = self._decoded(max_bytes) if self.encodings else self.payload
        check_read(content, max_bytes)
        url = self.fields.get("url")
        return Page(content, self.content_type, url if isinstance(url, str) else None, self.fields)

    def carried(self) -> Mapping[str, object]:
        """Return what the record says about the page."""
        return self.fields

    def _decoded(self, max_bytes: int) -> bytes:
        """Have fastwarc undo the encodings, on a record made of this response alone.

        In the archive itself it loses its way after a page that it did not decode to the end.
        """
        header = "".join(f"{name}: {value}\r\n" for name, value in self.encodings)
        message = f"HTTP/1.1 200 OK\r\n{header}\r\n".encode() + self.payload
        record = (
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(message)}\r\n\r\n"
        )
        stream = io.BytesIO(record.encode() + message + b"\r\n\r\n")
        try:
            response = next(needed("fastwarc.warc").ArchiveIterator(stream, auto_decode="all"))
            content: bytes = response.reader.read(max_bytes + 1)
        except (OSError, ValueError):
            return self.payload  # many crawlers keep the header of an encoding that they have undone
        return content


def read_warc(source: Source, reading: Reading) -> Iterator[Entry]:
    """Yield an entry for each response that is a page; its HTTP charset is honoured.

    Raises
    ------
    OSError
        If the archive is garbled.
    EOFError
        If it ends in the middle of a record.
    """
    warc = needed("fastwarc.warc")
    with reading.open(source) as stream:
        records = warc.ArchiveIterator(stream, record_types=warc.WarcRecordType.response, auto_decode="none")
        last = 0
        for number, record in enumerate(records, 1):
            last = record.stream_pos
            headers = record.http_headers
            content_type = (headers.get("Content-Type") if headers is not None else None) or ""
            if content_type.partition(";")[0].strip().lower() in PAGE_TYPES:
                yield _entry(source, number, record, content_type, reading)
        if stream.seekable():
            _check_end(stream, last, Compression.of(source.location))


def _check_end(stream: BinaryIO, last: int, compression: Compression) -> None:
    """Read on from the last response: an archive that is cut off ends in silence for fastwarc.

    Raises
    ------
    EOFError
        If the archive ends in the middle of a record.
    """
    stream.seek(last)
    if not (_members_end(stream) if compression is Compression.GZIP else _records_end(stream)):
        raise EOFError("the archive ends in the middle of a record")


def _members_end(stream: BinaryIO) -> bool:
    """Tell whether the last member of gzip is complete."""
    member = None
    while compressed := stream.read(_PIECE):
        while compressed:
            if member is None or member.eof:
                member = zlib.decompressobj(wbits=zlib.MAX_WBITS | _GZIP)
            member.decompress(compressed)
            compressed = member.unused_data
    return member is None or member.eof


def _records_end(stream: BinaryIO) -> bool:
    """Tell whether the last record is as long as it says, and no header follows that is cut off."""
    first = stream.tell()
    records = needed("fastwarc.warc").ArchiveIterator(stream, parse_http=False, auto_decode="none")
    for record in records:
        left = record.content_length
        while piece := record.reader.read(_PIECE):
            left -= len(piece)
        if left:
            return False
    stream.seek(first)
    end = b""
    while piece := stream.read(_PIECE):
        end = (end + piece)[-LONGEST_HEADER:]
    rest = end.rpartition(b"\r\n\r\n")[2].lstrip()
    return not rest or rest[: len(_VERSION)] != _VERSION[: len(rest)]


def _entry(source: Source, number: int, record: Any, content_type: str, reading: Reading) -> Entry:
    payload = record.reader.read(reading.max_bytes + 1)
    if len(payload) < min(record.content_length, reading.max_bytes):
        raise EOFError(f"the archive ends in the middle of response {number}")
    http = record.http_headers
    fields = {
        "url": record.headers.get("WARC-Target-URI"),
        "warc_record_id": record.headers.get("WARC-Record-ID"),
        "warc_date": record.headers.get("WARC-Date"),
        "http_status": http.status_code,
    }
    return Response(
        source=f"{source.name}:{number}",
        mirror=f"{source.mirror}/{number:06}.txt",
        size=len(payload),
        payload=payload,
        content_type=content_type,
        encodings=tuple((name, http[name]) for name in ENCODINGS if name in http),
        fields={name: value for name, value in fields.items() if value is not None},
    )
