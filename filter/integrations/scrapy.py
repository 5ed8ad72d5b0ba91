"""Scrapy: clean the pages of items, or of responses, while the spider crawls on.

Pages are cleaned in worker processes, so neither a large page nor a hostile one
holds up the reactor. In ``settings.py``::

    ITEM_PIPELINES = {"filter.integrations.scrapy.NewsfilterPipeline": 300}

or, to know the verdict inside the spider's callbacks::

    DOWNLOADER_MIDDLEWARES = {"filter.integrations.scrapy.NewsfilterMiddleware": 50}

Settings, with their defaults::

    NEWSFILTER_FAVOUR = "balanced"    # or "precision", "recall"
    NEWSFILTER_MODEL = None           # path of a model of your own
    NEWSFILTER_MODEL_DIGEST = None    # the digest it must have
    NEWSFILTER_WORKERS = 1            # pages cleaned at once
    NEWSFILTER_TIMEOUT = 20.0         # seconds a page
    NEWSFILTER_MAX_BYTES = 10_000_000 # bytes a page
    NEWSFILTER_MAX_MEMORY = 1_000     # megabytes a page
    NEWSFILTER_DROP = True            # pipeline: drop items without an article
    NEWSFILTER_IGNORE = False         # middleware: ignore responses without an article
    NEWSFILTER_PAGE_FIELD = "html"    # pipeline: the field that holds the page
    NEWSFILTER_URL_FIELD = "url"      # pipeline: the field that holds its address
    NEWSFILTER_FIELDS = {"title": "title", "text": "text", "verdict": "verdict"}
                                      # pipeline: fields of the record → fields of the item

Statistics count pages by verdict (``newsfilter/verdict/keep`` …) and outcome
(``newsfilter/outcome/ok`` …).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, IgnoreRequest
from scrapy.http import HtmlResponse, Request, Response, TextResponse
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThreadPool
from twisted.python.threadpool import ThreadPool

from filter.article import Outcome, Verdict, failed_article
from filter.batch.cleaning import CleanerSettings
from filter.batch.limits import Limits
from filter.batch.service import CleaningService
from filter.errors import CallerError
from filter.render import to_record

FIELDS = {"title": "title", "text": "text", "verdict": "verdict"}
"""Fields of the record, and the fields of the item that they go to."""

RECORD_FIELDS = tuple(to_record(failed_article(Outcome.EMPTY, ""), text_only=True))
"""All fields of the record: every page's has the same."""


class _Component:
    """What both components share: workers, statistics, and closing."""

    def __init__(self, crawler: Crawler) -> None:
        self._settings = crawler.settings
        self._crawler = crawler
        self._service = make_service(crawler.settings)
        self._threads = ThreadPool(0, self._service.workers, "newsfilter")
        self._threads.start()
        crawler.signals.connect(self._close, signals.spider_closed)

    async def _clean(self, content: str | bytes, content_type: str | None, url: str | None) -> dict[str, Any]:
        """Return the record of a page; meanwhile the reactor goes on."""
        from twisted.internet import reactor  # here: importing it installs it, and Scrapy chooses which

        deferred = deferToThreadPool(
            reactor, self._threads, self._service.clean, content, content_type=content_type, url=url
        )
        record: dict[str, Any] = await maybe_deferred_to_future(deferred)
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"newsfilter/verdict/{record['verdict']}")
            self._crawler.stats.inc_value(f"newsfilter/outcome/{record['outcome']}")
        return record

    def _close(self) -> None:
        self._service.close()
        self._threads.stop()


class NewsfilterPipeline(_Component):
    """Cleans the page in each item: adds title, text and verdict, and drops items without an article."""

    def __init__(self, crawler: Crawler) -> None:
        self._fields = _fields(crawler.settings)  # first: what is refused must leave no threads behind
        super().__init__(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NewsfilterPipeline:
        """Make the pipeline with a crawler's settings.

        Raises
        ------
        CallerError
            If the record has no such field as ``NEWSFILTER_FIELDS`` names.
        """
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Return the item with the cleaned text; items without a page pass untouched.

        Raises
        ------
        DropItem
            If the page holds no article, or can't be read.
        CallerError
            If the item has no such field as ``NEWSFILTER_FIELDS`` names.
        """
        fields = ItemAdapter(item)
        content = fields.get(self._settings.get("NEWSFILTER_PAGE_FIELD", "html"))
        if not isinstance(content, str | bytes):
            return item
        record = await self._clean(
            content, None, fields.get(self._settings.get("NEWSFILTER_URL_FIELD", "url"))
        )
        for name, field in self._fields.items():
            try:
                fields[field] = record[name]
            except (KeyError, AttributeError) as error:
                raise CallerError(
                    f"items of type {type(item).__name__} have no field {field!r}: "
                    "declare it, or change NEWSFILTER_FIELDS"
                ) from error
        if record["verdict"] == Verdict.DROP and self._settings.getbool("NEWSFILTER_DROP", True):
            raise DropItem(f"no article in the page ({_reason(record)})")
        return item


class NewsfilterMiddleware(_Component):
    """Cleans each page that is downloaded: the record stands in ``response.meta["newsfilter"]``.

    Pages are HTML and plain text. Feeds, data, and whatever Scrapy asks for itself, such
    as ``robots.txt``, pass untouched.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NewsfilterMiddleware:
        """Make the middleware with a crawler's settings."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the response, the page's record in its ``meta``.

        Raises
        ------
        IgnoreRequest
            If the page holds no article and ``NEWSFILTER_IGNORE`` is set: its links are not followed.
        """
        # Of robots.txt ignored, Scrapy would make a site without rules.
        if request.callback is NO_CALLBACK or not _is_page(response) or not 200 <= response.status < 300:
            return response
        header = response.headers.get("Content-Type")
        content_type = header.decode("latin-1") if header else None
        record = await self._clean(response.body, content_type, response.url)
        request.meta["newsfilter"] = record
        if record["verdict"] == Verdict.DROP and self._settings.getbool("NEWSFILTER_IGNORE", False):
            raise IgnoreRequest(f"no article in the page ({_reason(record)})")
        return response


def make_service(settings: BaseSettings) -> CleaningService:
    """Return workers as a crawler's settings have them."""
    limits, model = Limits(), settings.get("NEWSFILTER_MODEL")
    max_bytes = settings.getint("NEWSFILTER_MAX_BYTES", limits.bytes)
    return CleaningService(
        CleanerSettings(
            favour=settings.get("NEWSFILTER_FAVOUR", "balanced"),
            model=Path(model) if model else None,
            model_digest=settings.get("NEWSFILTER_MODEL_DIGEST"),
            maximum_bytes=max_bytes,
        ),
        Limits(
            bytes=max_bytes,
            seconds=settings.getfloat("NEWSFILTER_TIMEOUT", limits.seconds),
            megabytes=settings.getint("NEWSFILTER_MAX_MEMORY", limits.megabytes),
        ),
        workers=settings.getint("NEWSFILTER_WORKERS", 1),
    )


def _fields(settings: BaseSettings) -> dict[str, str]:
    """Return the fields of the record that items get, and what they are called there."""
    fields: dict[str, str] = settings.getdict("NEWSFILTER_FIELDS", FIELDS)
    unknown = [name for name in fields if name not in RECORD_FIELDS]
    if unknown:
        raise CallerError(
            f"NEWSFILTER_FIELDS: the record has no field {', '.join(map(repr, unknown))}: "
            f"choose among {', '.join(RECORD_FIELDS)}"
        )
    return fields


def _is_page(response: Response) -> bool:
    media_type = (response.headers.get("Content-Type") or b"").partition(b";")[0].strip().lower()
    is_plain = isinstance(response, TextResponse) and media_type in (b"text/plain", b"")
    return is_plain or isinstance(response, HtmlResponse)


def _reason(record: dict[str, Any]) -> str:
    return str(next(iter(record["verdict_reasons"]), record["outcome"]))
