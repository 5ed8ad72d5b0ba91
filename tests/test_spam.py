"""The second pass: blocks, then runs, then the page; with a model made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from filter.features.batch import gather
from filter.features.bodies import Bodies, select_bodies
from filter.features.runs import run_features, second_look_features
from filter.features.story import Story
from filter.features.tone import Tone, bucket
from filter.features.topic import Topic
from filter.features.wording import Wording
from filter.features.words import split_words
from filter.linear import LinearOdds
from filter.page import text_page
from filter.runs import Runs
from filter.second_opinion import SecondOpinion
from filter.spam import (
    BESIDE_A_SURE_RUN,
    FEWEST_WORDS,
    LEAST_EVIDENCE,
    SpamModel,
    accepted,
    features_of,
)
from tests.judges import steady, stump

NEWS = "The harbour board met on Monday and put off its decision."
SPAM = "Gleaming casino reels await."


def bodies(*pages: list[str]) -> Bodies:
    """Everything on some pages of plain text."""
    batch = gather([text_page(page) for page in pages])
    return select_bodies(batch, np.ones(batch.blocks, dtype=bool), [""] * len(pages))


def wording() -> Wording:
    """Topics that are all alike, and tones that know one word."""
    zeros = np.zeros(1 << 12, dtype=np.float32)
    words = zeros.copy()
    words[bucket(split_words(["casino"]).hashes, words)] = 9
    nothing = np.zeros(2, dtype=np.float32)
    tone = Tone(words, zeros, zeros, np.zeros(1 << 12, dtype=bool), zeros, zeros, nothing)
    return Wording(Topic(np.ones((256, 4), dtype=np.int8)), tone, tone)


def longer_is_surer(names: list[str]) -> LinearOdds:
    """A model that gives a run of one block log-odds 1, and a run of two 3."""
    ones = np.ones(len(names), dtype=np.float32)
    weights = np.array([2 if name == "blocks" else 0 for name in names], dtype=np.float32)
    return LinearOdds(ones, ones, weights, 1.0)


def model(says: float | None = None) -> SpamModel:
    """A model that takes blocks with that one word for spam, and any run of them for sure.

    Its network says the same of every block, if it is to say anything.
    """
    one, zero, ends = np.array([1]), np.zeros(1, dtype=np.float32), np.array([0, 1])
    story = Story.of(bodies([NEWS]), wording().topic)
    columns = features_of(bodies([NEWS]), wording(), story)
    names, looked = columns.names, second_look_features(zero, ends, story).names
    of_runs = run_features(Runs(one - 1, one - 1, one), ends, one, columns, (zero, zero), story).names
    return SpamModel(
        wording=wording(),
        first=stump(names.index("lexical"), 1.0, -4.0, 4.0),
        second=SecondOpinion(steady(len(names + looked), says or 0.0), 9.0 if says is None else -9.0),
        runs=longer_is_surer(of_runs),
        pages=stump(3, 0.9, -2.0, 2.0),
        thresholds={"precision": 2.0, "balanced": 0.0, "recall": 0.0},
        scaling=np.array([[0.5, 0.0], [1.0, 0.0]], dtype=np.float32),
    )


def test_appended_spam_is_found_and_the_article_left() -> None:
    found = model().suspect(bodies([NEWS, NEWS, SPAM, SPAM]))
    assert found.spam.tolist() == [False, False, True, True]
    assert found.probabilities[0] < 0.5 < found.probabilities[3]


def test_genuine_prose_after_a_run_stays() -> None:
    assert model().suspect(bodies([NEWS, SPAM, NEWS])).spam.tolist() == [False, True, False]


def test_what_is_favoured_decides_how_sure_a_run_must_be() -> None:
    # A run of one block has log-odds 1, of two blocks 3: more than precision asks for.
    assert model().suspect(bodies([NEWS, SPAM]), "balanced").spam.tolist() == [False, True]
    assert model().suspect(bodies([NEWS, SPAM]), "precision").spam.tolist() == [False, False]
    assert model().suspect(bodies([NEWS, SPAM, SPAM]), "precision").spam.tolist() == [False, True, True]


def test_pages_of_a_batch_are_judged_apart() -> None:
    found = model().suspect(bodies([NEWS, SPAM], [], [NEWS], [SPAM, SPAM]))
    assert found.spam.tolist() == [False, True, False, True, True]
    assert (found.pure > 0.5).tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("text", "evidence", "pure"),
    [
        (NEWS, LEAST_EVIDENCE + 0.1, True),
        (NEWS, LEAST_EVIDENCE - 0.1, False),
        (SPAM, LEAST_EVIDENCE - 0.1, True),
    ],
)
def test_a_page_whose_blocks_look_and_sound_genuine_is_no_pure_spam(
    text: str, evidence: float, pure: bool
) -> None:
    sure = replace(model(says=evidence), pages=stump(0, 0.0, 9.0, 9.0))
    assert (sure.suspect(bodies([text, text])).pure > 0.5).tolist() == [pure]


def test_no_pages_with_blocks_give_no_spam() -> None:
    assert model().suspect(bodies([])).spam.tolist() == []


@pytest.mark.parametrize(
    ("says", "found"), [(None, [False, True]), (3.0, [True, True]), (-3.0, [False, False])]
)
def test_the_network_has_the_last_word_on_what_it_is_asked_about(
    says: float | None, found: list[bool]
) -> None:
    assert model(says).suspect(bodies([NEWS, SPAM])).spam.tolist() == found


@pytest.mark.parametrize("says", [None, 3.0])
def test_arrays_make_the_same_model_again(says: float | None) -> None:
    read, known = bodies([NEWS, SPAM, SPAM], [SPAM]), model(says)
    again = SpamModel.from_arrays(known.to_arrays(), known.wording)
    for favour in ("precision", "balanced", "recall"):
        before, after = known.suspect(read, favour), again.suspect(read, favour)
        assert after.spam.tolist() == before.spam.tolist()
        assert after.probabilities.tolist() == before.probabilities.tolist()
        assert after.pure.tolist() == before.pure.tolist()


@pytest.mark.parametrize(
    ("odds", "labelled"),
    [
        ([2.1, BESIDE_A_SURE_RUN + 0.1], [True, True]),
        ([2.1, BESIDE_A_SURE_RUN - 0.1], [True, False]),
        ([1.9, BESIDE_A_SURE_RUN + 0.1], [False, False]),
    ],
)
def test_a_weaker_run_is_labelled_only_beside_a_sure_one(odds: list[float], labelled: list[bool]) -> None:
    runs = Runs(np.array([0, 0]), np.array([1, 5]), np.array([2, 6]))
    assert accepted(runs, np.array(odds, dtype=np.float32), np.array([9, 9]), 2.0).tolist() == labelled


@pytest.mark.parametrize(
    ("words", "labelled"),
    [
        ([FEWEST_WORDS - 1, 9], [False, False]),
        ([0, 0], [False, False]),  # a rule of dashes
        ([FEWEST_WORDS, 9], [True, True]),
        ([FEWEST_WORDS, FEWEST_WORDS - 1], [True, True]),
        ([FEWEST_WORDS, 0], [True, True]),
    ],
)
def test_a_run_of_two_words_is_labelled_only_beside_a_sure_one(
    words: list[int], labelled: list[bool]
) -> None:
    runs = Runs(np.array([0, 0]), np.array([1, 5]), np.array([2, 6]))
    odds = np.array([3, BESIDE_A_SURE_RUN + 0.1], dtype=np.float32)
    assert accepted(runs, odds, np.array(words), 2.0).tolist() == labelled


def test_a_sure_run_lends_nothing_to_other_pages() -> None:
    runs = Runs(np.array([0, 1]), np.array([1, 5]), np.array([2, 6]))
    odds = np.array([3, 1], dtype=np.float32)
    assert accepted(runs, odds, np.array([9, 9]), 2.0).tolist() == [True, False]
