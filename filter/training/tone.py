"""Fitting the two text scores: logistic regression over hashed words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from filter.features.tone import FEWEST_FEATURES, Tone, bucket, pairs_of, plain_shapes
from filter.features.words import Words

Doubles = npt.NDArray[np.float64]

WORD_BITS, STEM_BITS, PAIR_BITS = 17, 16, 18
COMMON_BITS, SHAPE_BITS, SHAPE_PAIR_BITS = 20, 14, 17
COMMON_WORDS = 1000
"""Of each language: those used by most sources."""
PENALTY = 1e-6
"""Weight of the squared weights, against a mean loss; smaller ones gained nothing on other folds."""
ITERATIONS = 70
UNMATCHED_WEIGHT = 0.2
"""Weight of texts in a language of which only spam, or only news, was found."""
COMPOSED_WEIGHT = 0.1
"""Weight of texts composed for training, against found ones; heavier ones cost recall on found spam."""


@dataclass(frozen=True, slots=True)
class LabelledTexts:
    """Texts to fit on.

    Attributes
    ----------
    words : Words
    spam : bool array, shape (texts,)
    sources : list of str
        The campaign or outlet of each text.
    languages : list of str
    composed : bool array, shape (texts,)
    """

    words: Words
    spam: npt.NDArray[np.bool_]
    sources: Sequence[str]
    languages: Sequence[str]
    composed: npt.NDArray[np.bool_]


def fit_tone(texts: LabelledTexts) -> Tone:
    """Fit both scores; deterministic."""
    words = texts.words
    weights = _weigh(texts)
    common = find_common(texts)
    shapes = plain_shapes(words, common)
    lexical = _columns(
        [(words.hashes, WORD_BITS), (words.stems, STEM_BITS)], [(words.hashes, PAIR_BITS)], words
    )
    first, first_bias = _fit(lexical, texts.spam, weights)
    plain = _columns([(shapes, SHAPE_BITS)], [(shapes, SHAPE_PAIR_BITS)], words)
    second, second_bias = _fit(plain, texts.spam, weights)
    word_end, stem_end = 1 << WORD_BITS, (1 << WORD_BITS) + (1 << STEM_BITS)
    lexical_weights, plain_weights = first.astype(np.float32), second.astype(np.float32)
    tone = Tone(
        words=lexical_weights[:word_end],
        stems=lexical_weights[word_end:stem_end],
        pairs=lexical_weights[stem_end:],
        common=common,
        shapes=plain_weights[: 1 << SHAPE_BITS],
        shape_pairs=plain_weights[1 << SHAPE_BITS :],
        biases=np.array([first_bias, second_bias], dtype=np.float32),
    )
    # At the precision that the model file keeps: what learns from the scores sees them as they will be.
    return Tone.from_arrays(tone.to_arrays())


def find_common(texts: LabelledTexts) -> npt.NDArray[np.bool_]:
    """Mark the buckets of each language's words that the most sources use."""
    words = texts.words
    by_language = defaultdict(list)
    for place, language in enumerate(texts.languages):
        by_language[language].append(place)
    source = np.unique(texts.sources, return_inverse=True)[1].astype(np.int64)
    common = np.zeros(1 << COMMON_BITS, dtype=bool)
    owners = words.owners
    for members in by_language.values():
        chosen = np.isin(owners, members)
        places, owner = bucket(words.hashes[chosen], common).astype(np.int64), owners[chosen]
        users = np.bincount(np.unique(source[owner] << COMMON_BITS | places) & ((1 << COMMON_BITS) - 1))
        uses = np.bincount(places, minlength=len(users))
        common[np.lexsort((-uses, -users))[:COMMON_WORDS]] = True
    return common


def _weigh(texts: LabelledTexts) -> Doubles:
    """Weigh sources by the square root of their size, and both classes alike in each language.

    Else a language in which much spam and little news was found would itself pass for spam.
    """
    _, source, sizes = np.unique(texts.sources, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(np.maximum(sizes, 20))[source]
    weights *= np.where(texts.composed, COMPOSED_WEIGHT, 1)
    languages = np.asarray(texts.languages)
    for language in set(texts.languages):
        spam, news = ((languages == language) & side for side in (texts.spam, ~texts.spam))
        share = np.sqrt(weights[spam].sum() * weights[news].sum())
        for side in (spam, news):
            if share:
                weights[side] *= share / weights[side].sum()
            else:
                weights[side] *= UNMATCHED_WEIGHT
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _columns(
    singles: list[tuple[npt.NDArray[np.uint32], int]],
    paired: list[tuple[npt.NDArray[np.uint32], int]],
    words: Words,
) -> sparse.csr_matrix:
    """Lay hashed features side by side, each row divided by the root of how many it has."""
    owners = words.owners
    inside = owners[1:] == owners[:-1]
    parts = [_count(hashes, owners, bits, len(words.counts)) for hashes, bits in singles]
    parts += [_count(pairs_of(h)[inside], owners[1:][inside], bits, len(words.counts)) for h, bits in paired]
    matrix = sparse.hstack(parts, format="csr", dtype=np.float32)
    totals = np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), FEWEST_FEATURES)
    return sparse.csr_matrix(sparse.diags_array((1 / np.sqrt(totals)).astype(np.float32)) @ matrix)


def _count(
    hashes: npt.NDArray[np.uint32], owners: npt.NDArray[np.int64], bits: int, rows: int
) -> sparse.csr_matrix:
    places = (hashes >> np.uint32(32 - bits)).astype(np.int64)
    ones = np.ones(len(places), dtype=np.float32)
    return sparse.csr_matrix((ones, (owners, places)), shape=(rows, 1 << bits))


def _fit(matrix: sparse.csr_matrix, spam: npt.NDArray[np.bool_], weights: Doubles) -> tuple[Doubles, float]:
    """Minimise the weighted log loss plus the penalty; return weights and bias."""
    transposed = matrix.T.tocsr()
    sign = np.where(spam, 1.0, -1.0)

    def loss(parameters: Doubles) -> tuple[float, Doubles]:
        slopes = parameters[:-1]
        margin = sign * (matrix @ slopes.astype(np.float32) + parameters[-1])
        pull = -weights * sign / (1 + np.exp(np.minimum(margin, 50)))
        gradient = np.append(transposed @ pull.astype(np.float32) + PENALTY * slopes, pull.sum())
        return float(np.logaddexp(0, -margin) @ weights + PENALTY / 2 * slopes @ slopes), gradient

    start = np.zeros(matrix.shape[1] + 1)
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return found.x[:-1], float(found.x[-1])
