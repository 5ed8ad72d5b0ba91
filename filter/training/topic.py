"""Learning topic vectors from news: which paragraph belongs to which article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.features.topic import SHORTEST_WORD, Topic
from filter.features.words import Words

Floats = npt.NDArray[np.float32]

BITS, DIMENSIONS = 15, 32
STEPS = 2500
ARTICLES = 256
"""Told apart at once, all in one language, so that the language gives nothing away."""
LEARNING_RATE = 0.02
DROPPED = 0.2
"""Share of words left out at random, so that the vectors do not lean on single ones."""
FEWEST_ARTICLES = 40
"""Of a language, for it to take part."""
FITS = 8
"""Each from another start. They agree on which paragraphs belong together less than one would think (0.83
between two of them, by correlation); in the directions that they share, their chance parts cancel out."""
EVENNESS = 0.6
"""A language takes its turn in proportion to its articles to this power."""


def fit_topic(words: Words, article_of: Sequence[int], languages: Sequence[str]) -> Topic:
    """Learn a vector for each bucket of stems, by contrast (InfoNCE).

    A paragraph has to find the rest of its own article among those of a
    hundred others. What several fits say together is projected on the
    directions in which it varies most. Deterministic on one machine.

    Parameters
    ----------
    words : Words
        Of all paragraphs, the paragraphs of an article one after another.
    article_of : sequence of int, length paragraphs
    languages : sequence of str, length paragraphs
    """
    return Topic(_quantise(shared([_fit(words, article_of, languages, seed) for seed in range(FITS)])))


def shared(tables: Sequence[Floats]) -> Floats:
    """Return vectors whose products are close to the mean of the products of several tables' vectors.

    Parameters
    ----------
    tables : sequence of float32 arrays, shape (rows, dimensions)

    Returns
    -------
    float32 array, shape (rows, dimensions)
        The projection that keeps the most of all tables side by side (Eckart & Young 1936).
    """
    joined = np.hstack([table / np.sqrt((table**2).mean()) for table in tables])
    _, directions = np.linalg.eigh(joined.T @ joined)
    strongest = directions[:, : -tables[0].shape[1] - 1 : -1]
    return np.asarray(joined @ strongest, dtype=np.float32)


def _fit(words: Words, article_of: Sequence[int], languages: Sequence[str], seed: int) -> Floats:
    """Learn the vectors once, from a start of its own; shape (2**BITS, DIMENSIONS)."""
    # Large, and needed for this alone: evaluation does without it.
    import torch
    from torch.nn import functional

    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    paragraphs = _paragraph_stems(words)
    starts = np.flatnonzero(np.diff(np.asarray(article_of), prepend=-1))
    stops = np.append(starts[1:], len(paragraphs))
    long_enough = stops - starts >= 3
    starts, stops = starts[long_enough], stops[long_enough]
    language, sizes = np.unique(np.asarray(languages)[starts], return_counts=True)
    language, sizes = language[sizes >= FEWEST_ARTICLES], sizes[sizes >= FEWEST_ARTICLES]
    members = [np.flatnonzero(np.asarray(languages)[starts] == name) for name in language]
    chances = sizes**EVENNESS / (sizes**EVENNESS).sum()
    bags = torch.nn.EmbeddingBag(1 << BITS, DIMENSIONS, mode="sum")
    torch.nn.init.normal_(bags.weight, std=0.05)
    sharpness = torch.nn.Parameter(torch.tensor(2.0))
    optimiser = torch.optim.Adam([*bags.parameters(), sharpness], lr=LEARNING_RATE)
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, (step + 1) / 50) * (1 - step / STEPS)
        pool = members[random.choice(len(members), p=chances)]
        chosen = random.choice(pool, min(ARTICLES, len(pool)), replace=False)
        questions, answers = [], []
        for article in chosen:
            question, answer = _ask(random, paragraphs[starts[article] : stops[article]])
            questions.append(question)
            answers.append(answer)
        alike = _embed(bags, questions) @ _embed(bags, answers).T * sharpness.exp().clamp(max=40)
        own = torch.arange(len(chosen))
        loss = functional.cross_entropy(alike, own) + functional.cross_entropy(alike.T, own)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return np.asarray(bags.weight.detach().numpy(), dtype=np.float32)


def _paragraph_stems(words: Words) -> list[npt.NDArray[np.int64]]:
    places = (words.stems >> np.uint32(32 - BITS)).astype(np.int64)
    telling = words.lengths >= SHORTEST_WORD
    bounds = np.concatenate(([0], np.cumsum(telling)))[words.offsets]
    return np.split(places[telling], bounds[1:-1])


def _ask(
    random: np.random.Generator, paragraphs: list[npt.NDArray[np.int64]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Take one paragraph, and some or all of the others."""
    place = int(random.integers(len(paragraphs)))
    others = [paragraph for number, paragraph in enumerate(paragraphs) if number != place]
    share = random.choice([0.3, 0.6, 1.0])
    kept = [paragraph for paragraph in others if random.random() < share] or others[:1]
    question, answer = paragraphs[place], np.concatenate(kept)
    return (
        question[random.random(len(question)) >= DROPPED],
        answer[random.random(len(answer)) >= DROPPED],
    )


def _embed(bags: Any, texts: list[npt.NDArray[np.int64]]) -> Any:
    import torch
    from torch.nn import functional

    offsets = np.concatenate(([0], np.cumsum([len(text) for text in texts])[:-1]))
    vectors = bags(torch.from_numpy(np.concatenate(texts)), torch.from_numpy(offsets))
    return functional.normalize(vectors, dim=1)


def _quantise(table: Floats) -> npt.NDArray[np.int8]:
    """Scale all to one byte; only directions and relative lengths matter."""
    top = np.quantile(np.abs(table), 0.9999)
    return np.asarray(np.clip(np.round(table / top * 127), -127, 127), dtype=np.int8)
