"""Passages and articles composed for training: read as found ones are, and fit to be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filter.training.composed import FOLDER, composed_news, composed_spam, linked_block
from filter.training.corpora import SpamBlock


def test_links_stand_in_double_brackets() -> None:
    block = linked_block("Ask [[movers in Wexmoor]] or [[vans]] first.", "paragraph")
    assert block == SpamBlock(
        "Ask movers in Wexmoor or vans first.", "paragraph", 2, len("movers in Wexmoorvans")
    )


def test_a_text_without_brackets_has_no_link() -> None:
    assert linked_block("Prices [per van] vary.", "paragraph") == SpamBlock(
        "Prices [per van] vary.", "paragraph", 0, 0
    )


def test_each_passage_is_a_campaign_of_its_own(tmp_path: Path) -> None:
    record = {
        "lang": "en",
        "niche": "movers",
        "style": "filler",
        "paragraphs": [
            {"kind": "heading", "text": "Vans"},
            {"kind": "anchors", "text": "[[Vans in Wexmoor]]"},
        ],
    }
    (tmp_path / "spam").mkdir()
    (tmp_path / "spam/en.jsonl").write_text(2 * (json.dumps(record) + "\n"), encoding="utf-8")
    first, second = composed_spam(tmp_path)
    assert first.campaign != second.campaign
    assert first.composed
    assert [(block.text, block.kind, block.links) for block in first.blocks] == [
        ("Vans", "heading", 0),
        ("Vans in Wexmoor", "anchors", 1),
    ]


def test_articles_keep_their_paragraphs_and_say_that_they_are_composed(tmp_path: Path) -> None:
    record = {
        "lang": "de",
        "topic": "gambling",
        "title": "Spielhalle schließt",
        "paragraphs": ["Eins.", "Zwei."],
    }
    (tmp_path / "news").mkdir()
    (tmp_path / "news/de.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    (article,) = composed_news(tmp_path)
    assert (article.title, article.paragraphs, article.composed) == (
        "Spielhalle schließt",
        ("Eins.", "Zwei."),
        True,
    )
    assert article.own_breaks


@pytest.mark.parametrize("language", sorted(path.stem for path in (FOLDER / "spam").glob("*.jsonl")))
def test_passages_are_of_the_language_that_their_file_names(language: str) -> None:
    passages = [document for document in composed_spam() if document.name.startswith(f"{language} ")]
    assert {document.language for document in passages} == {language}
    for document in passages:
        assert document.blocks
        assert {block.kind for block in document.blocks} <= {"paragraph", "heading", "list_item", "anchors"}
        assert all(block.text == block.text.strip() != "" for block in document.blocks)
        assert all("[[" not in block.text and "]]" not in block.text for block in document.blocks)


def test_no_passage_is_there_twice() -> None:
    texts = [tuple(block.text for block in document.blocks) for document in composed_spam()]
    assert len(set(texts)) == len(texts)


def test_articles_have_a_headline_and_several_paragraphs() -> None:
    for article in composed_news():
        assert article.title
        assert len(article.paragraphs) > 1
