"""The spider: follows every link of one site, and hands over whole pages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor


class NewsSpider(scrapy.Spider):
    """Crawls the site of its start page."""

    name = "news"

    def __init__(self, start: str = "http://localhost:8000/", **more: Any) -> None:
        super().__init__(**more)
        self.start_url = start
        # An extractor passes over mail addresses: asking for one ends the page and loses its other links.
        self.links = LinkExtractor(allow=f"^{re.escape(start)}")

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Begin with the start page."""
        yield scrapy.Request(self.start_url)

    def parse(self, response: Response) -> Iterator[dict[str, Any] | scrapy.Request]:
        """Yield the page, and a request for each page that it links to on the same site."""
        if not isinstance(response, HtmlResponse):
            return  # plain text, programs, data: how it is served tells, where its name may not
        yield {"url": response.url, "html": response.text}
        yield from response.follow_all(self.links.extract_links(response))
