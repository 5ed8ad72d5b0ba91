"""WARC archives: the pages among their response records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from filter.batch.entry import Entry, Page, ReadPage
from filter.batch.extras import needed
from filter.batch.readers.reading import Reading
from filter.batch.sources import Source

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
"""Media types that are pages; a response of another type (a picture, a script) is not."""


def read_warc(source: Source, reading: Reading) -> Iterator[Entry]:
    """Yield an entry for each response that is a page; its HTTP charset is honoured."""
    iterator = needed("warcio.archiveiterator").ArchiveIterator
    with reading.open(source) as stream:
        for number, record in enumerate(iterator(stream), 1):
            if record.rec_type == "response" and record.http_headers is not None:
                content_type = record.http_headers.get_header("Content-Type", "")
                if content_type.partition(";")[0].strip().lower() in PAGE_TYPES:
                    yield _entry(source, number, record, content_type, reading)


def _entry(source: Source, number: int, record: Any, content_type: str, reading: Reading) -> Entry:
    content = record.content_stream().read(reading.max_bytes + 1)
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    carried = {
        "url": url,
        "warc_record_id": headers.get_header("WARC-Record-ID"),
        "warc_date": headers.get_header("WARC-Date"),
        "http_status": record.http_headers.get_statuscode(),
    }
    page = Page(
        content=content,
        content_type=content_type,
        url=url,
        carried={name: value for name, value in carried.items() if value is not None},
    )
    return ReadPage(f"{source.name}:{number}", f"{source.mirror}/{number:06}.txt", len(content), page)
