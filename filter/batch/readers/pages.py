"""Files that are one page each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from filter.article import Outcome
from filter.batch.compression import Compression, check_installed, decompressed, read_errors
from filter.batch.entry import Entry, Page
from filter.batch.readers.reading import Reading, check_read
from filter.batch.sources import Source
from filter.batch.storage import open_input
from filter.errors import PageError

CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class PageFile(Entry):
    """A file that is one page; the worker reads it."""

    location: str
    content_type: str | None

    def open(self, max_bytes: int) -> Page:
        """Read the file."""
        compression = Compression.of(self.location)
        try:
            with decompressed(open_input(self.location), compression) as stream:
                content = stream.read(max_bytes + 1)
        except read_errors(compression) as error:
            reason = getattr(error, "strerror", None) or error
            raise PageError(
                f"the file can't be read ({reason}): check it, or fetch it again", Outcome.UNDECODABLE
            ) from error
        check_read(content, max_bytes)
        return Page(content, self.content_type)


def read_page_file(source: Source, reading: Reading) -> Iterator[Entry]:
    """Yield the only entry of a page file.

    Raises
    ------
    CallerError
        If the file is compressed, and the library for it is not installed.
    """
    del reading  # the worker opens the file, and knows the limit
    check_installed(
        Compression.of(source.location)
    )  # here: in the worker, it would pass for the page's fault
    yield PageFile(source.name, f"{source.mirror}.txt", source.size, source.location, content_type(source))


def content_type(source: Source) -> str | None:
    """Return the content type that the file's suffix tells."""
    name = source.location.lower().removesuffix(Compression.of(source.location))
    return next((kind for suffix, kind in CONTENT_TYPES.items() if name.endswith(suffix)), None)
