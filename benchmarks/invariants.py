"""Promises that are measured, because no test can hold them for every page.

``python -m benchmarks.invariants FOLDER`` cleans the pages of a folder (``.html``,
``.html.gz``) and tells how much cleaning the cleaned text again takes away, what
more furniture around a page costs its article, and whether batches and threads
agree with one page at a time.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from filter import Article, Cleaner, Label, PageError, Verdict
from filter.render import to_json

THREADS = 16
PAGES_FOR_THREADS = 10_000

_LINKS = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(12))
_STORIES = "".join(
    f'<li><a href="/story/{number}">Harbour board to vote on quay number {number}</a></li>'
    for number in range(8)
)
FURNITURE_BEFORE = (
    f'<header><nav class="main-menu"><ul>{_LINKS}</ul></nav></header>'
    '<div class="cookie-banner">We use cookies to improve this site. <button>Accept</button></div>'
)
FURNITURE_AFTER = (
    f'<aside class="related-stories"><h3>More stories</h3><ul>{_STORIES}</ul></aside>'
    '<div class="newsletter">Subscribe to our newsletter and never miss a story.</div>'
    f"<footer><ul>{_LINKS}</ul><p>© Lindenau Courier. All rights reserved.</p></footer>"
)


def read_pages(folder: Path) -> list[bytes]:
    """Read the HTML pages of a folder, at any depth."""
    paths = sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".html.gz")))
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths
    ]


def with_furniture(html: str) -> str:
    """Put more furniture before and after what a page has in its body."""
    html = re.sub(r"<body\b[^<>]*>", lambda match: match[0] + FURNITURE_BEFORE, html, count=1, flags=re.I)
    head, end, tail = html.rpartition("</body>")
    return head + FURNITURE_AFTER + end + tail if end else html + FURNITURE_AFTER


def kept(article: Article) -> list[str]:
    """Return the texts of the blocks that are the article."""
    return [block.text for block in article.blocks if block.label is Label.ARTICLE]


def again(cleaner: Cleaner, articles: Iterable[Article]) -> str:
    """Clean cleaned texts once more, and tell what is lost."""
    words = words_left = same = count = 0
    for article in articles:
        twice = cleaner.clean(article.text, content_type="text/plain")
        count += 1
        same += twice.text.split() == article.text.split()
        words += len(article.text.split())
        words_left += len(twice.text.split())
    return (
        f"cleaned again: {count:,} texts, {1 - words_left / max(words, 1):.2%} of their words taken away; "
        f"{same / max(count, 1):.1%} come out as they went in"
    )


def more_furniture(cleaner: Cleaner, pages: Sequence[str], articles: Sequence[Article]) -> str:
    """Clean pages with more furniture around them, and tell what their articles lose and gain."""
    before = lost = gained = touched = 0
    for page, article in zip(pages, articles, strict=True):
        first = kept(article)
        second = kept(cleaner.clean(with_furniture(page), content_type="text/html"))
        missing = [text for text in first if text not in set(second)]
        before += sum(map(len, first))
        lost += sum(map(len, missing))
        gained += sum(len(text) for text in second if text not in set(first))
        touched += bool(missing)
    return (
        f"with more furniture: {lost / max(before, 1):.2%} of the articles' characters lost, "
        f"{gained / max(before, 1):.2%} gained; "
        f"{touched / max(len(pages), 1):.1%} of {len(pages):,} pages lose a block"
    )


def agreement(cleaner: Cleaner, pages: Sequence[bytes]) -> str:
    """Clean pages one by one, in batches, and by many threads, and tell how many results differ."""
    alone = [_record(cleaner, page) for page in pages]
    together = [to_json(article) for article in cleaner.clean_many(pages)]
    backwards = [to_json(article) for article in cleaner.clean_many(pages[::-1])][::-1]
    many = list(islice(cycle(range(len(pages))), PAGES_FOR_THREADS))
    with ThreadPoolExecutor(THREADS) as threads:
        threaded = list(threads.map(lambda number: _record(cleaner, pages[number]), many))
    batches = sum(one != other for one, other in zip(alone, together, strict=True))
    order = sum(one != other for one, other in zip(alone, backwards, strict=True))
    mixed = sum(record != alone[number] for record, number in zip(threaded, many, strict=True))
    return (
        f"agreement: {batches} of {len(pages):,} pages differ in batches, {order} in batches from the end; "
        f"{mixed} of {len(many):,} differ in {THREADS} threads"
    )


def _record(cleaner: Cleaner, page: bytes) -> str:
    try:
        return to_json(cleaner.clean(page))
    except PageError as error:
        return str(error.outcome)


def main() -> None:
    """Read the folder from the command line, measure, and tell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.invariants", description=__doc__)
    parser.add_argument("folder", type=Path, help="HTML pages")
    folder = parser.parse_args().folder
    pages = read_pages(folder)
    if not pages:
        parser.error(f"{folder} holds no HTML pages")
    cleaner = Cleaner()
    articles = list(cleaner.clean_many(pages))
    chosen = [place for place, article in enumerate(articles) if article.verdict is not Verdict.DROP]
    genuine = [articles[place] for place in chosen]
    texts = [pages[place].decode("utf-8", "replace") for place in chosen]
    for line in (
        again(cleaner, genuine),
        more_furniture(cleaner, texts, [cleaner.clean(text, content_type="text/html") for text in texts]),
        agreement(
            cleaner, [page for page, article in zip(pages, articles, strict=True) if article.outcome == "ok"]
        ),
    ):
        sys.stdout.write(line + os.linesep)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
