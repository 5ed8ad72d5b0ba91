"""Reasons: computed from the block's own features, and only where they are a fair description."""

from __future__ import annotations

import numpy as np
import pytest

from filter.article import Label
from filter.reasons import EVIDENCE, MOST, Evidence, block_reasons

LANGUAGE = "in another language than the article"


def reasons(label: Label, spam: float = 0.0, **features: float) -> tuple[str, ...]:
    """The reasons of a block with these features, and no others."""
    names = [name.replace("_", " ").replace("spam ", "spam: ") for name in features]
    assert set(names) <= set(EVIDENCE)
    return block_reasons(Evidence(names, np.array([[*features.values()]], dtype=np.float32)), 0, label, spam)


@pytest.mark.parametrize(
    ("density", "said"),
    [
        (0.5, "likelier furniture than not, features taken together"),
        (0.8, "mostly links (80% of its characters)"),
    ],
)
def test_a_reason_is_given_when_its_feature_passes_a_limit(density: float, said: str) -> None:
    assert reasons(Label.FURNITURE, link_density=density) == (said,)


def test_the_strongest_come_first_and_not_too_many() -> None:
    found = reasons(
        Label.FURNITURE,
        link_density=0.6,
        footer_ancestors=3,
        form_ancestors=1,
        hidden=1,
        repeats=1,
        aside_ancestors=1,
    )
    assert found[0] == "inside a footer"
    assert len(found) == MOST


@pytest.mark.parametrize(
    ("words", "seen", "said"), [(8, 0.1, True), (7, 0.1, False), (8, 0.3, False), (0, 0.0, False)]
)
def test_another_language_shows_in_some_little_words_seen_nowhere_else(
    words: int, seen: float, said: bool
) -> None:
    found = reasons(Label.SPAM, spam_little_words_seen_elsewhere=seen, spam_little_words=words)
    assert (LANGUAGE in found) == said


@pytest.mark.parametrize(
    ("label", "spam", "said"),
    [
        (Label.ARTICLE, 0.51, True),
        (Label.FURNITURE, 0.9, True),
        (Label.ARTICLE, 0.5, False),
        (Label.SPAM, 0.9, False),
    ],
)
def test_a_block_that_is_likely_spam_and_not_removed_for_it_says_so(
    label: Label, spam: float, said: bool
) -> None:
    unsure = "likelier spam than not, but no run of such blocks is sure enough to be removed"
    assert (unsure in reasons(label, spam)) == said
