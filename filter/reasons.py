"""Why a block has its label, in words: each reason computed from the block's own features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from filter.article import Label

Floats = npt.NDArray[np.float32]

MOST = 4
"""Reasons given for one block, at most."""


class _Rule(NamedTuple):
    """A reason, given when a feature passes a limit; the further, the stronger.

    The limits are where the reason becomes a fair description of the block.
    They decide what is said, never what is labelled.
    """

    feature: str
    limit: float
    scale: float
    text: str
    needs: tuple[str, float] | None = None
    """Another feature and what it must reach at least, for the first to say anything."""


_FURNITURE = (
    _Rule("link density", 0.5, 0.25, "mostly links ({:.0%} of its characters)"),
    _Rule("navigation ancestors", 0.5, 0.5, "inside the page's navigation"),
    _Rule("footer ancestors", 0.5, 0.5, "inside a footer"),
    _Rule("header ancestors", 0.5, 1, "inside a header"),
    _Rule("aside ancestors", 0.5, 0.5, "inside an aside"),
    _Rule("form ancestors", 0.5, 0.7, "inside a form"),
    _Rule("button ancestors", 0.5, 0.5, "inside a button"),
    _Rule("figure ancestors", 0.5, 0.5, "a caption or credit"),
    _Rule("hidden", 0.5, 1, "hidden by style"),
    _Rule("hints against", -1.0, -1.0, "the page's own class names call its surroundings furniture"),
    _Rule("hint", -0.7, -0.7, "the page's own class name calls it furniture"),
    _Rule("share of title", 0.8, 0.2, "repeats the headline"),
    _Rule("repeats", 0.6, 0.7, "stands more than once on the page"),
    _Rule("text score", -1.0, -0.7, "reads like furniture"),
    _Rule("style probability", 0.2, -0.1, "blocks that look the same are furniture"),
    _Rule("container 1 probability", 0.2, -0.1, "the container around it holds furniture"),
    _Rule("container 1 alike", 1.5, 0.5, "one of a list of look-alikes"),
    _Rule("probability within 2", 0.25, -0.1, "its neighbours are furniture"),
    _Rule("mass before", 0.98, 0.01, "stands after the end of the main content"),
)
_ARTICLE = (
    _Rule("share in declared body", 0.8, 0.1, "stands in the article body that the page declares"),
    _Rule("article ancestors", 0.5, 1, "inside the article element"),
    _Rule("hints for", 1.0, 1.0, "the page's own class names call its surroundings content"),
    _Rule("text score", 0.7, 0.7, "reads like an article"),
    _Rule("words", 3.4, 0.7, "prose of some length"),
    _Rule("probability within 2", 0.7, 0.1, "stands amid main content"),
    _Rule("style probability", 0.7, 0.1, "blocks that look the same are main content"),
    _Rule("container 1 probability", 0.7, 0.1, "the container around it holds main content"),
)
_TITLE = (
    _Rule("share of title", 0.5, 0.2, "agrees with the headline that the page declares"),
    _Rule("is h1", 0.5, 0.2, "the page's main heading"),
    _Rule("share in title", 0.7, 0.2, "its words are those of the declared headline"),
    _Rule("title chance", 0.25, 0.25, "stands and reads like a headline"),
)
_SPAM = (
    _Rule("spam: hidden", 0.5, 0.3, "hidden by style"),
    _Rule("spam: new domains", 0.5, 1.0, "links to domains found nowhere else on the page ({:.0f})"),
    _Rule("spam: link density", 0.4, 0.3, "mostly links ({:.0%} of its characters)"),
    _Rule("spam: topic against lead", 0.2, -0.15, "off the article's topic"),
    _Rule("spam: lexical", 0.5, 0.7, "reads like link-building copy"),
    _Rule("spam: plain", 0.5, 0.7, "written in the tone of link-building copy"),
    _Rule("spam: lexical from here", 0.5, 0.7, "what follows reads like link-building copy, too"),
    _Rule(
        "spam: little words seen elsewhere",
        0.3,
        -0.15,
        "in another language than the article",
        needs=("spam: little words", 8),
    ),
    _Rule(
        "spam: style agrees with the rest",
        -1.0,
        -0.7,
        "set in another style than the rest of the page: apostrophes, quotes, dashes or percentages",
    ),
)
_RULES = {Label.FURNITURE: _FURNITURE, Label.ARTICLE: _ARTICLE, Label.TITLE: _TITLE, Label.SPAM: _SPAM}
_FALLBACK = {
    Label.FURNITURE: "likelier furniture than not, features taken together",
    Label.ARTICLE: "likelier main content than not, features taken together",
    Label.TITLE: "the likeliest headline of the page",
    Label.SPAM: "part of a run that is likelier spam than not, features taken together",
}
_UNSURE = "likelier spam than not, but no run of such blocks is sure enough to be removed"
EVIDENCE = tuple(
    dict.fromkeys(
        feature
        for rules in _RULES.values()
        for rule in rules
        for feature in (rule.feature, *(rule.needs[:1] if rule.needs else ()))
    )
)
"""The features that reasons are made of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of a page's blocks that reasons are made of.

    Attributes
    ----------
    names : sequence of str
        A name for each column.
    values : float32 array, shape (blocks, columns)
        NaN where a feature says nothing.
    """

    names: Sequence[str]
    values: Floats


def block_reasons(evidence: Evidence, block: int, label: Label, spam: float) -> tuple[str, ...]:
    """Say why a block has its label, strongest reason first.

    Parameters
    ----------
    evidence : Evidence
    block : int
    label : Label
    spam : float
        Probability that the block is spam. Where it says so and the label does not, that is told, too.
    """
    values = dict(zip(evidence.names, evidence.values[block].tolist(), strict=True))
    found = []
    for rule in _RULES[label]:
        value = values.get(rule.feature, np.nan)
        strength = (value - rule.limit) / rule.scale
        if strength > 0 and _applies(rule, values):
            found.append((strength, rule.text.format(value)))
    found.sort(key=lambda reason: -reason[0])
    reasons = tuple(text for _, text in found[:MOST]) or (_FALLBACK[label],)
    return (*reasons, _UNSURE) if spam > 0.5 and label is not Label.SPAM else reasons


def _applies(rule: _Rule, values: Mapping[str, float]) -> bool:
    if rule.needs is None:
        return True
    feature, least = rule.needs
    return values.get(feature, np.nan) >= least
