"""Topic vectors: paragraphs of one article point the same way, those of others do not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from filter.features.topic import Topic, cosine
from filter.features.words import split_words
from filter.training import topic as training

pytest.importorskip("torch")

ARTICLES, PARAGRAPHS = 50, 4


def article(number: int) -> list[str]:
    """Two paragraphs with both words of one subject, and two with one of them each."""
    name = "".join("bdfgklmnpr"[int(digit)] for digit in f"{number:02}")
    return [
        f"the k{name} came and s{name} went",
        f"k{name} for s{name}",
        f"a k{name} stood",
        f"a s{name} fell",
    ]


def fit() -> Topic:
    """Learn from some articles in one language, and from one in another."""
    texts = [text for number in range(ARTICLES) for text in article(number)]
    foreign = ["ein fremder artikel", "noch ein absatz", "und ein dritter"]
    return training.fit_topic(
        split_words(texts + foreign),
        [place // PARAGRAPHS for place in range(len(texts))] + [ARTICLES] * len(foreign),
        ["en"] * len(texts) + ["de"] * len(foreign),
    )


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> Topic:
    """A small table, learned in a few steps."""
    for name, value in {"STEPS": 40, "BITS": 12, "DIMENSIONS": 8, "FITS": 2}.items():
        monkeypatch.setattr(training, name, value)
    return fit()


def likeness(fitted: Topic, texts: list[str], others: list[str]) -> npt.NDArray[np.float64]:
    return cosine(fitted.vectors(split_words(texts)), fitted.vectors(split_words(others)))


def test_paragraphs_of_one_article_are_alike_without_a_word_in_common(fitted: Topic) -> None:
    ones, others = ([article(number)[place] for number in range(ARTICLES)] for place in (2, 3))
    own, strange = likeness(fitted, ones, others), likeness(fitted, ones, [*others[1:], others[0]])
    assert np.mean(own > strange) > 0.9


def test_a_byte_holds_each_number_and_is_used_in_full(fitted: Topic) -> None:
    assert fitted.table.shape == (1 << training.BITS, training.DIMENSIONS)
    assert fitted.table.dtype == np.int8
    assert np.abs(fitted.table).max() == 127


def test_the_same_texts_teach_the_same(fitted: Topic) -> None:
    assert np.array_equal(fit().table, fitted.table)


def test_tables_that_agree_up_to_a_turn_share_their_products() -> None:
    random = np.random.default_rng(1)
    table = random.normal(size=(500, 6)).astype(np.float32)
    turn, _ = np.linalg.qr(random.normal(size=(6, 6)))
    both = training.shared([table, table @ turn.astype(np.float32)])
    products, expected = both @ both.T, table @ table.T
    assert both.shape == table.shape
    assert np.corrcoef(products.ravel(), expected.ravel())[0, 1] > 0.9999


def test_what_tables_share_outlasts_what_each_has_by_chance() -> None:
    random = np.random.default_rng(2)
    true = random.normal(size=(500, 6)).astype(np.float32)
    tables = [true + random.normal(size=true.shape).astype(np.float32) for _ in range(8)]
    likenesses = [
        np.corrcoef((table @ table.T).ravel(), (true @ true.T).ravel())[0, 1]
        for table in (training.shared(tables), tables[0])
    ]
    assert likenesses[0] > likenesses[1] + 0.2
