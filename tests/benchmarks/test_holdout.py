"""Leaving a part out: no domain, campaign or outlet stands on both sides, and nothing else is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.holdout import FOLDS, HeldOut, leave_out
from filter.errors import CallerError
from filter.training.corpora import read_news, read_spam
from filter.training.pages import read_gold_pages

SITES = [f"https://www.outlet{number}.example/quay" for number in range(10)]
PAGE = "<h1>Quay closes</h1><p>The harbour board of Lindhaven met on Tuesday to decide.</p>"

ARTICLE = {"page_type": {"primary": "article"}}


def spam_record(number: int) -> dict[str, object]:
    blocks = [{"text": "Buy rods", "kind": "paragraph", "links": 1, "link_chars": 4}]
    names = {"id": f"s{number}", "campaign": f"c{number // 2}", "niche": "rods"}
    return {**names, "style": "selling", "lang": "en", "paragraphs": blocks}


def news_record(number: int) -> dict[str, object]:
    names = {"id": f"n{number}", "source": f"o{number // 3}", "topic": "other", "lang": "en", "title": ""}
    return {**names, "paragraphs": ["a", "b"], "para": "kept"}


def write_lines(file: Path, records: list[dict[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora"
    spam = [spam_record(number) for number in range(20)]
    news = [news_record(number) for number in range(30)]
    write_lines(folder / "spam/dev.jsonl.gz", spam)
    write_lines(folder / "news/dev.jsonl.gz", news)
    write_lines(folder / "written/spam.jsonl.gz", spam[:1])
    write_lines(folder / "written/news.jsonl.gz", news[:1])
    for name in ("wcxb-dev/html", "wcxb-dev/ground-truth", "trafilatura-eval/html"):
        (folder / name).mkdir(parents=True)
    segments = {}
    for number, url in enumerate(SITES):
        truth = {"url": url, "_internal": ARTICLE, "ground_truth": {"main_content": "x"}}
        (folder / f"wcxb-dev/ground-truth/{number}.json").write_text(json.dumps(truth), "utf-8")
        (folder / f"wcxb-dev/html/{number}.html.gz").write_bytes(gzip.compress(PAGE.encode()))
        (folder / f"trafilatura-eval/html/{number}.html.gz").write_bytes(gzip.compress(PAGE.encode()))
        segments[f"{number}.html"] = {"url": url, "title": "", "with": ["x"], "without": []}
    (folder / "trafilatura-eval/segments.json").write_text(json.dumps(segments), "utf-8")
    return folder


@pytest.fixture
def rest(tmp_path: Path) -> Path:
    folder = tmp_path / "rest"
    folder.mkdir()
    return folder


@pytest.fixture
def held_out(corpora: Path, rest: Path) -> HeldOut:
    return leave_out(corpora, rest)


def test_a_fifth_is_held_out(held_out: HeldOut) -> None:
    # Each site has a page in both corpora of pages.
    assert len(held_out.hosts) == 2 * len(SITES) // FOLDS
    assert len(held_out.documents) == 20 // FOLDS


def test_no_domain_stands_on_both_sides(held_out: HeldOut, rest: Path) -> None:
    kept = read_gold_pages(rest)

    assert not {host.domain for host in held_out.hosts} & {page.domain for page in kept}
    assert len(kept) == 2 * len(SITES) - len(held_out.hosts)


def test_no_campaign_stands_on_both_sides(held_out: HeldOut, rest: Path) -> None:
    kept = read_spam(rest)

    assert not {document.campaign for document in held_out.documents} & {
        document.campaign for document in kept
    }
    assert len(kept) + len(held_out.documents) == 20


def test_outlets_are_left_out_whole(held_out: HeldOut, rest: Path) -> None:
    kept = read_news(rest)

    assert len(kept) == 24
    assert all(sum(article.outlet == outlet for article in kept) == 3 for outlet in {a.outlet for a in kept})


def test_what_was_composed_stays(held_out: HeldOut, rest: Path) -> None:
    assert len(read_spam(rest, composed=True)) == 1


def test_missing_corpora_are_named(tmp_path: Path, rest: Path) -> None:
    with pytest.raises(CallerError, match="missing"):
        leave_out(tmp_path / "nowhere", rest)
