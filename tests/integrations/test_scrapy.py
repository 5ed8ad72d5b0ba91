"""Real spiders on a real server: the sample project, and the components by themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.site import ROOT, SAMPLES, serving, serving_folder, three_pages

pytest.importorskip("scrapy")

from filter.integrations.scrapy import RECORD_FIELDS

NEWS = three_pages()
FRONT_PAGES = 2
"""How often the front page is fetched: to begin with, and because the articles link to it."""

SPIDER = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess
from dataclasses import dataclass

settings, output = eval(sys.argv[2]), sys.argv[3]

@dataclass
class Declared:
    url: str
    html: str

class Spider(scrapy.Spider):
    name = "test"
    start_urls = [sys.argv[1]]

    def parse(self, response):
        found = response.meta.get("newsfilter")
        item = {"url": response.url, "html": response.text, "found": found and found["verdict"]}
        yield Declared(response.url, response.text) if settings.get("DECLARED") else item
        yield from response.follow_all(css="a[href]")

quiet = {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False}
process = CrawlerProcess({**settings, **quiet, "FEEDS": {output: {"format": "jsonlines"}}})
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
import json
print(json.dumps({k: v for k, v in crawler.stats.get_stats().items() if isinstance(v, (int, float, str))}))
"""


def crawl(
    tmp_path: Path, settings: dict[str, Any], pages: Mapping[str, str] = NEWS
) -> tuple[dict[str, dict[str, Any]], dict[str, Any], str]:
    """Crawl a site; return the items by page, the statistics, and the log."""
    output = tmp_path / "items.jsonl"
    program = tmp_path / "crawl.py"
    program.write_text(f"if __name__ == '__main__':\n{indented(SPIDER)}")
    with serving(pages) as address:
        done = subprocess.run(
            [sys.executable, str(program), address, repr(settings), str(output)],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    items = [json.loads(line) for line in output.read_text().splitlines()] if output.exists() else []
    return {item["url"].rpartition("/")[2]: item for item in items}, json.loads(done.stdout), done.stderr


def indented(program: str) -> str:
    return "".join(f"    {line}\n" for line in program.splitlines())


PIPELINE = {"ITEM_PIPELINES": {"filter.integrations.scrapy.NewsfilterPipeline": 300}}
MIDDLEWARE = {"DOWNLOADER_MIDDLEWARES": {"filter.integrations.scrapy.NewsfilterMiddleware": 50}}


def expected(name: str) -> str:
    return (SAMPLES / name).with_suffix(".expected.txt").read_text(encoding="utf-8").strip()


def test_items_get_text_and_pages_without_an_article_are_dropped(tmp_path: Path) -> None:
    items, stats, _ = crawl(tmp_path, PIPELINE)
    assert set(items) == {"date-palms-arabic.html", "pumps-company-news.html"}
    assert items["date-palms-arabic.html"]["text"].strip() == expected("date-palms-arabic.html")
    assert items["date-palms-arabic.html"]["verdict"] == "keep"
    assert items["pumps-company-news.html"]["verdict"] == "keep"
    assert stats["newsfilter/verdict/keep"] == 2
    assert stats["newsfilter/verdict/drop"] == 1 + FRONT_PAGES
    assert stats["item_dropped_count"] == 1 + FRONT_PAGES
    outcomes = [number for name, number in stats.items() if name.startswith("newsfilter/outcome/")]
    assert sum(outcomes) == len(NEWS) + FRONT_PAGES


def test_items_can_be_annotated_alone(tmp_path: Path) -> None:
    fields = {"text": "clean_text", "verdict": "judgement"}
    items, _, _ = crawl(tmp_path, {**PIPELINE, "NEWSFILTER_DROP": False, "NEWSFILTER_FIELDS": fields})
    assert set(items) == {*NEWS, ""}
    assert items["nothing.html"]["judgement"] == "drop"
    assert items["date-palms-arabic.html"]["clean_text"].strip() == expected("date-palms-arabic.html")
    assert "title" not in items["date-palms-arabic.html"]


def test_items_without_a_page_pass_untouched(tmp_path: Path) -> None:
    items, stats, _ = crawl(tmp_path, {**PIPELINE, "NEWSFILTER_PAGE_FIELD": "body"})
    assert set(items) == {*NEWS, ""}
    assert "text" not in items["date-palms-arabic.html"]
    assert not [name for name in stats if name.startswith("newsfilter/")]


def test_items_that_lack_the_fields_say_so(tmp_path: Path) -> None:
    items, _, log = crawl(tmp_path, {**PIPELINE, "DECLARED": True})
    assert items == {}
    assert "items of type Declared have no field 'title': declare it, or change NEWSFILTER_FIELDS" in log


def test_fields_that_the_record_lacks_are_told_before_any_page_is_fetched(tmp_path: Path) -> None:
    _, stats, log = crawl(tmp_path, {**PIPELINE, "NEWSFILTER_FIELDS": {"headline": "title_x"}})
    assert "NEWSFILTER_FIELDS: the record has no field 'headline': choose among schema, source, " in log
    assert "items of type" not in log
    assert "downloader/request_count" not in stats


def test_every_field_of_the_record_can_be_asked_for(tmp_path: Path) -> None:
    fields = {name: f"clean_{name}" for name in RECORD_FIELDS}
    items, _, _ = crawl(tmp_path, {**PIPELINE, "NEWSFILTER_DROP": False, "NEWSFILTER_FIELDS": fields})
    assert set(items) == {*NEWS, ""}
    assert all(set(fields.values()) < set(item) for item in items.values())


def test_a_page_beyond_its_limits_is_dropped_with_its_outcome(tmp_path: Path) -> None:
    items, stats, _ = crawl(tmp_path, {**PIPELINE, "NEWSFILTER_MAX_BYTES": 1_000})
    assert items == {}
    assert stats["newsfilter/outcome/too_large"] == 2, stats


def test_the_spider_sees_the_verdict_of_a_response(tmp_path: Path) -> None:
    items, stats, _ = crawl(tmp_path, MIDDLEWARE)
    assert {name: item["found"] for name, item in items.items()} == {
        "": "drop",
        "date-palms-arabic.html": "keep",
        "pumps-company-news.html": "keep",
        "nothing.html": "drop",
    }
    assert stats["newsfilter/verdict/drop"] == 1 + FRONT_PAGES


def test_responses_without_an_article_can_be_ignored(tmp_path: Path) -> None:
    items, stats, _ = crawl(tmp_path, {**MIDDLEWARE, "NEWSFILTER_IGNORE": True})
    assert items == {}, "the front page is no article, so its links are not followed"
    assert stats["newsfilter/verdict/drop"] == 1


@pytest.mark.parametrize("ignore", [False, True])
def test_the_rules_of_a_site_are_no_page_and_stay_in_force(tmp_path: Path, ignore: bool) -> None:
    rules = {"robots.txt": "User-agent: *\nDisallow: /\n"}
    settings = {**MIDDLEWARE, "NEWSFILTER_IGNORE": ignore, "ROBOTSTXT_OBEY": True}
    items, stats, _ = crawl(tmp_path, settings, {**NEWS, **rules})
    assert items == {}
    assert stats["robotstxt/forbidden"] == 1
    assert not [name for name in stats if name.startswith("newsfilter/")]


def test_only_html_and_plain_text_are_judged(tmp_path: Path) -> None:
    pages = {"feed.xml": "<rss><channel/></rss>", "prices.csv": "boat,3\n", "notes.txt": "Boats come in."}
    items, stats, _ = crawl(tmp_path, MIDDLEWARE, pages)
    assert {name: item["found"] for name, item in items.items()} == {
        "": "drop",
        "feed.xml": None,
        "prices.csv": None,
        "notes.txt": "drop",
    }
    assert stats["newsfilter/verdict/drop"] == 2


@pytest.fixture(scope="module")
def crawled_samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], str]:
    """Do what the sample project's README says; return the articles, and the log."""
    output = tmp_path_factory.mktemp("crawl") / "articles.jsonl"
    with serving_folder(SAMPLES) as address:
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"start={address}", "-O", str(output)],
            cwd=SAMPLES / "scrapy_project",
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    return [json.loads(line) for line in output.read_text().splitlines()], done.stderr


def test_the_sample_project_lets_only_html_pages_with_an_article_out(
    crawled_samples: tuple[list[dict[str, Any]], str],
) -> None:
    articles, _ = crawled_samples
    pages = {page.name for page in SAMPLES.glob("*.html")}
    assert {article["url"].rpartition("/")[2] for article in articles} == pages - {
        "cookie-wall.html",
        "essay-doorway.html",
    }
    assert all(set(article) == {"url", "title", "text", "verdict"} for article in articles)


def test_the_sample_project_passes_over_links_that_are_no_pages(
    crawled_samples: tuple[list[dict[str, Any]], str],
) -> None:
    _, log = crawled_samples
    assert "mailto:" in (SAMPLES / "pumps-company-news.html").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert "/imprint>" in log, "the rest of that page's links are followed"
