"""Which texts the tone and the topics are learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from filter.features.tone import Tone
from filter.features.topic import Topic
from filter.features.wording import Wording
from filter.features.words import split_words
from filter.training.spam_corpus import SpamCorpus
from filter.training.tone import LabelledTexts, fit_tone

PARAGRAPHS_AN_OUTLET = 1000
"""More of one outlet teach the text scores little."""
FEWEST_BLOCKS = 3
"""Blocks of a text for its topic to be learned from: one must be found again by the others."""
FEWEST_CHARACTERS = 30
"""Shorter blocks of pages say nothing of tone, and shorter ones of anything nothing of a topic."""


@dataclass(frozen=True, slots=True)
class _Sample:
    text: str
    source: str
    language: str
    composed: bool
    spam: bool


def fit_wording_on(corpus: SpamCorpus) -> Wording:
    """Fit topic vectors and both tones on all texts of a corpus, or a sample of each outlet's."""
    samples = [*_spam(corpus), *_news(corpus)]
    return Wording(fit_topic_on(corpus), _fit_tone(samples), _fit_tone([*samples, *_pages(corpus)]))


def _fit_tone(samples: Sequence[_Sample]) -> Tone:
    return fit_tone(
        LabelledTexts(
            words=split_words([sample.text for sample in samples]),
            spam=np.array([sample.spam for sample in samples]),
            sources=[sample.source for sample in samples],
            languages=[sample.language for sample in samples],
            composed=np.array([sample.composed for sample in samples]),
        )
    )


def fit_topic_on(corpus: SpamCorpus) -> Topic:
    """Learn topic vectors from everything that has several blocks: articles, pages, and spam, too."""
    # Imports torch, which takes longer than many a test.
    from filter.training.topic import fit_topic

    stories = [(article.language, article.paragraphs) for article in corpus.articles]
    stories += [(host.language or "en", tuple(host.main_texts())) for host in corpus.hosts]
    stories += [
        (document.language, tuple(block.text for block in document.blocks)) for document in corpus.documents
    ]
    rows = []
    for number, (language, blocks) in enumerate(stories):
        own = [text for text in blocks if len(text) >= FEWEST_CHARACTERS]
        if len(own) >= FEWEST_BLOCKS:
            rows += [(text, number, language) for text in own]
    texts, numbers, languages = zip(*rows, strict=True)
    return fit_topic(split_words(texts), numbers, languages)


def _spam(corpus: SpamCorpus) -> Iterator[_Sample]:
    for document in corpus.documents:
        for block in document.blocks:
            yield _Sample(block.text, document.campaign, document.language, document.composed, spam=True)


def _news(corpus: SpamCorpus) -> Iterator[_Sample]:
    outlets: dict[str, list[_Sample]] = {}
    for article in corpus.articles:
        own = outlets.setdefault(article.outlet, [])
        for text in filter(None, (*article.paragraphs, article.title)):
            own.append(_Sample(text, article.outlet, article.language, article.composed, spam=False))
    random = np.random.default_rng(0)
    for outlet in sorted(outlets):
        own = outlets[outlet]
        yield from (own[place] for place in random.permutation(len(own))[:PARAGRAPHS_AN_OUTLET].tolist())


def _pages(corpus: SpamCorpus) -> Iterator[_Sample]:
    for host in corpus.hosts:
        for text in host.main_texts():
            if len(text) < FEWEST_CHARACTERS:
                continue
            yield _Sample(text, host.domain, host.language or "en", composed=False, spam=False)
