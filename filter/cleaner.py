"""The pipeline: page → blocks → features → probabilities → labels → article."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, Protocol, TypeAlias, TypeGuard, runtime_checkable

from filter.admission import MAXIMUM_BYTES
from filter.article import Article, Encoding, failed_article
from filter.assembly import assemble
from filter.errors import CallerError, PageError
from filter.judges import BETAS, Judges
from filter.model import Model, load
from filter.page import Page
from filter.reading import Content, read_page

Favour = Literal["precision", "balanced", "recall"]

PAGES_TOGETHER = 128
"""Pages that :meth:`Cleaner.clean_many` reads before it judges them at once."""
BLOCKS_TOGETHER = 4_000
"""Blocks of them, at most, but for those of the last page: each takes 3 kB while it is judged."""

_Read: TypeAlias = tuple[Page, Encoding | None, str]


@runtime_checkable
class Described(Protocol):
    """A page with what is known about it, as crawlers have it in hand."""

    @property
    def content(self) -> Content:
        """The page itself."""

    @property
    def content_type(self) -> str | None:
        """HTTP's header of that name; ``None`` to tell by looking."""

    @property
    def url(self) -> str | None:
        """Where the page came from."""


class Cleaner:
    """Takes the genuine text out of pages.

    A cleaner holds its model and nothing else: it may be shared by threads and
    gives the same result for the same page, whatever it cleaned before.

    Parameters
    ----------
    model : Model, optional
        See :func:`filter.model.load`; the model that comes with the package if left out.
    favour : {"balanced", "precision", "recall"}
        Which mistakes to avoid: ``"precision"`` rather loses genuine text than keep
        furniture, ``"recall"`` the other way round. The model card states the price of each.
    maximum_bytes : int
        The largest page that is read.

    Raises
    ------
    ModelError
        If the model is for other features than this version computes.
    CallerError
        If ``favour`` is none of the three, or ``model`` no model.
    """

    def __init__(
        self,
        model: Model | None = None,
        favour: Favour = "balanced",
        *,
        maximum_bytes: int = MAXIMUM_BYTES,
    ) -> None:
        if favour not in BETAS:
            raise CallerError(f"can't favour {favour!r}: choose one of {', '.join(BETAS)}")
        if model is not None and not isinstance(model, Model):
            raise CallerError(
                f"a model of type {type(model).__name__} can't be used: load it with filter.model.load"
            )
        self._judges = Judges.of(load(), tried=True) if model is None else Judges.of(model)
        self._favour = favour
        self._maximum_bytes = maximum_bytes

    def clean(
        self,
        page: Content,
        *,
        content_type: str | None = None,
        url: str | None = None,
        encoding: str | None = None,
    ) -> Article:
        """Clean one page.

        Parameters
        ----------
        page : str, bytes, bs4.BeautifulSoup or bs4.Tag
        content_type : str, optional
            ``"text/plain"`` or ``"text/html"``, or HTTP's whole header; told by looking without.
        url : str, optional
            Where the page came from.
        encoding : str, optional
            The encoding of bytes, if it is known for sure.

        Returns
        -------
        Article
            An empty page gives one without text, its outcome ``empty``.

        Raises
        ------
        PageError
            If the page is too large, or its bytes are no text.
        CallerError
            If the page is of another type, or the encoding is unknown.
        """
        read, used = read_page(
            page, content_type=content_type, encoding=encoding, maximum_bytes=self._maximum_bytes
        )
        return self._clean([(read, used, url or "")])[0]

    def clean_many(self, pages: Iterable[Content | Described]) -> Iterator[Article]:
        """Clean many pages, in order: the fast path.

        Pages are judged some dozens at a time; the result is that of
        :meth:`clean`, page by page.

        Parameters
        ----------
        pages : iterable
            Pages as :meth:`clean` takes them, or objects with ``content``,
            ``content_type`` and ``url``.

        Returns
        -------
        iterator of Article
            One for each page. A page that can't be read gives one without text,
            its outcome and message saying why.

        Raises
        ------
        CallerError
            At once, if a single page is passed; when its turn comes, if one of them is no page. The
            articles of those before it come out first, also when the iterable itself raises.
        """
        if _is_content(pages):
            raise CallerError("pages come as an iterable: pass [page], or use clean")
        return self._clean_together(self._read(page) for page in pages)

    def _clean_together(self, read: Iterable[_Read | Article]) -> Iterator[Article]:
        waiting: list[_Read | Article] = []
        blocks = 0
        try:
            for item in read:
                waiting.append(item)
                blocks += 0 if isinstance(item, Article) else len(item[0])
                if len(waiting) == PAGES_TOGETHER or blocks >= BLOCKS_TOGETHER:
                    yield from self._clean_waiting(waiting)
                    waiting, blocks = [], 0
        except Exception:  # the caller's: an iterable that raises, or something in it that is no page
            yield from self._clean_waiting(waiting)
            raise
        yield from self._clean_waiting(waiting)

    def _clean_waiting(self, waiting: Sequence[_Read | Article]) -> Iterator[Article]:
        cleaned = iter(self._clean([item for item in waiting if not isinstance(item, Article)]))
        for item in waiting:
            yield item if isinstance(item, Article) else next(cleaned)

    def texts(self, pages: Sequence[Page]) -> list[str]:
        """Return the texts of pages that were read elsewhere, in order; for measuring."""
        return [article.text for article in self._clean_together((page, None, "") for page in pages)]

    def _read(self, page: Content | Described) -> _Read | Article:
        content, content_type, url = _described(page)
        try:
            read, used = read_page(content, content_type=content_type, maximum_bytes=self._maximum_bytes)
        except PageError as error:
            return failed_article(error.outcome, str(error), source=url)
        return read, used, url

    def _clean(self, pages: Sequence[_Read]) -> list[Article]:
        labelled = self._judges.label([page for page, _, _ in pages], self._favour)
        return [
            assemble(page, verdict, encoding, source)
            for (page, verdict), (_, encoding, source) in zip(labelled, pages, strict=True)
        ]


def clean(
    page: Content,
    *,
    content_type: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
) -> Article:
    """Clean one page with the default model, which is loaded once and kept.

    See :meth:`Cleaner.clean` for parameters, result and errors.
    """
    return _default_cleaner().clean(page, content_type=content_type, url=url, encoding=encoding)


@cache
def _default_cleaner() -> Cleaner:
    return Cleaner()


def _described(page: Content | Described) -> tuple[Content, str | None, str]:
    # A soup answers to every name, so it must be told before it is asked.
    if _is_content(page) or not isinstance(page, Described):
        return page, None, ""
    return page.content, page.content_type, page.url or ""


def _is_content(page: object) -> TypeGuard[Content]:
    """Tell whether something is a single page: whoever passes a soup has imported its library."""
    soups = sys.modules.get("bs4")
    return isinstance(page, (str, bytes, bytearray, memoryview)) or (
        soups is not None and isinstance(page, soups.Tag)
    )
