"""datatrove's own executor runs our extractor and filter over a WARC."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.batch.test_readers import HTML, warc
from tests.integrations.site import SAMPLES, three_pages

pytest.importorskip("datatrove")
pytest.importorskip("warcio")
pytest.importorskip("magic")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.writers import JsonlWriter

from filter.article import Article, Outcome, Verdict
from filter.batch.cleaning import CleanerSettings
from filter.errors import CallerError, ModelError, PageError
from filter.integrations.datatrove import NewsExtractor, NewsFilter

PAGES = three_pages()


def written(folder: Path) -> dict[str, dict[str, Any]]:
    lines = [line for path in folder.glob("*.gz") for line in gzip.decompress(path.read_bytes()).splitlines()]
    return {document["metadata"]["url"].rpartition("/")[2]: document for document in map(json.loads, lines)}


def test_a_warc_becomes_articles_and_exclusions(tmp_path: Path) -> None:
    archive = warc(
        *((f"https://a.example/{name}", page.encode(), HTML) for name, page in PAGES.items()), compressed=True
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "crawl.warc.gz").write_bytes(archive)
    pipeline = [
        WarcReader(str(tmp_path / "in"), glob_pattern="*.warc.gz"),
        NewsExtractor(timeout=60),
        NewsFilter(exclusion_writer=JsonlWriter(str(tmp_path / "excluded"))),
        JsonlWriter(str(tmp_path / "articles")),
    ]
    LocalPipelineExecutor(pipeline, tasks=1, logging_dir=str(tmp_path / "logs")).run()
    articles, excluded = written(tmp_path / "articles"), written(tmp_path / "excluded")
    assert set(articles) == {"date-palms-arabic.html", "pumps-company-news.html"}
    expected = (SAMPLES / "date-palms-arabic.expected.txt").read_text(encoding="utf-8")
    assert articles["date-palms-arabic.html"]["text"].strip() == expected.strip()
    assert articles["pumps-company-news.html"]["metadata"]["newsfilter"]["verdict"] == "keep"
    assert set(excluded) == {"nothing.html"}
    assert excluded["nothing.html"]["metadata"]["filter_reason"] == "verdict_drop"


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        (CleanerSettings(favour="recal"), CallerError),
        (CleanerSettings(model=Path("missing.joblib"), trust_model=True), ModelError),
    ],
)
def test_wrong_settings_are_told_before_any_document_is_blamed(
    settings: CleanerSettings, error: type[Exception]
) -> None:
    documents = iter([Document("A page.", "1")])
    with pytest.raises(error):
        next(NewsExtractor(settings=settings).run(documents))
    assert next(documents).text == "A page."


class Hostile:
    """Stands in the place of the cleaner, and does what a page says."""

    def __call__(self) -> Hostile:
        return self

    def clean(self, page: str, *, content_type: str | None = None) -> Article:
        if page == "HANG":
            time.sleep(1_000)
        if page == "DIE":
            os._exit(1)
        if page == "LARGE":
            raise PageError("more than the limit: leave it out", Outcome.TOO_LARGE)
        return Article(None, page, Verdict.TRIM if page == "spam" else Verdict.KEEP)


def test_documents_that_break_the_extractor_go_on_with_their_outcome() -> None:
    texts = ["one", "HANG", "DIE", "two"]
    documents = [Document(text, id=str(number)) for number, text in enumerate(texts)]
    extractor = NewsExtractor(timeout=5, settings=Hostile())  # type: ignore[arg-type]
    found = list(extractor.run(iter(documents)))
    assert [document.text for document in found] == ["one", "", "", "two"]
    outcomes = [document.metadata["newsfilter"]["outcome"] for document in found]
    assert outcomes == ["ok", "timeout", "crashed", "ok"]
    decisions = list(map(NewsFilter().filter, found))
    assert decisions == [True, (False, "timeout"), (False, "crashed"), True]


def test_what_failed_says_the_same_whoever_gave_up() -> None:
    documents = [Document(text, id=text) for text in ("LARGE", "HANG", "DIE")]
    extractor = NewsExtractor(timeout=5, settings=Hostile())  # type: ignore[arg-type]
    for document in extractor.run(iter(documents)):
        findings = document.metadata["newsfilter"]
        assert (findings["title"], findings["verdict"]) == (None, "drop")
        assert findings["message"]
        assert findings["verdict_reasons"] == [findings["message"]]
        assert findings["removed"] == {"characters": 0, "ratio": 0.0, "spam_characters": 0}


@pytest.mark.parametrize(("keep", "decision"), [(True, True), (False, (False, "verdict_trim"))])
def test_texts_of_other_extractors_are_judged(keep: bool, decision: object) -> None:
    judge = NewsFilter(keep_trimmed=keep, settings=Hostile())  # type: ignore[arg-type]
    document = Document("spam", id="1")
    assert judge.filter(document) == decision
    assert document.text == "spam"
