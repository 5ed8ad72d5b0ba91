"""The spider: follows every link of one site, and hands over whole pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import Response, TextResponse


class NewsSpider(scrapy.Spider):
    """Crawls the site of its start page."""

    name = "news"

    def __init__(self, start: str = "http://localhost:8000/", **more: Any) -> None:
        super().__init__(**more)
        self.start_url = start

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Begin with the start page."""
        yield scrapy.Request(self.start_url)

    def parse(self, response: Response) -> Iterator[dict[str, Any] | scrapy.Request]:
        """Yield the page, and a request for each page that it links to on the same site."""
        if not isinstance(response, TextResponse):
            return
        yield {"url": response.url, "html": response.text}
        for request in response.follow_all(css="a[href]"):
            if request.url.startswith(self.start_url):
                yield request
