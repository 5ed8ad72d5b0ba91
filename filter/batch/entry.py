"""What travels through a batch: entries of the sources, and the pages in them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from filter.admission import check_size
from filter.article import Outcome
from filter.errors import PageError


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the cleaner wants it, and what else stood in its entry.

    Attributes
    ----------
    content : str or bytes
        The page itself.
    content_type : str or None
        HTTP's header of that name, or its first part alone; ``None`` to tell by looking.
    url : str or None
        Where the page came from.
    carried : Mapping[str, object]
        Fields that pass to the record unchanged.
    """

    content: str | bytes
    content_type: str | None = None
    url: str | None = None
    carried: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry(ABC):
    """One page of a source, not yet opened: it becomes exactly one record.

    Entries are read in the supervising process and opened in a worker, so
    that whatever opening costs or breaks is inside the page's limits.

    Attributes
    ----------
    source : str
        The name that the record carries: a path, or ``path:number``.
    mirror : str
        Where the text goes when the output is a folder, relative to it.
    size : int
        Bytes, as far as known before opening.
    """

    source: str
    mirror: str
    size: int

    @abstractmethod
    def open(self, max_bytes: int) -> Page:
        """Return the page.

        Raises
        ------
        PageError
            If there is no page to be had, or it is larger than `max_bytes`.
        """

    def carried(self) -> Mapping[str, object]:
        """Return the fields to carry through, for a page that could not be cleaned."""
        return {}


@dataclass(frozen=True, slots=True)
class ReadPage(Entry):
    """A page whose content was read together with its entry."""

    page: Page

    def open(self, max_bytes: int) -> Page:
        """Return the page, if it isn't too large."""
        check_size(self.page.content, max_bytes)
        return self.page

    def carried(self) -> Mapping[str, object]:
        """Return the page's other fields."""
        return self.page.carried


@dataclass(frozen=True, slots=True)
class Refused(Entry):
    """An entry that is known to hold no page: its record says why."""

    outcome: Outcome
    message: str

    def open(self, max_bytes: int) -> Page:  # noqa: ARG002 - there is nothing to measure
        """Raise what is wrong with the entry."""
        raise PageError(self.message, self.outcome)
