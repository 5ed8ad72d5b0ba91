"""Where the model fails: what is known of it, and what stands out in the figures of a training run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 15
"""Groups of fewer pages say too little to be shown."""
MOST = 4
"""Of the groups that stand out together, so many are named."""
FAILURES = (
    "Guest posts and advice pages that a site prints as its own articles are kept: nothing sets them apart "
    "from their page.",
    "A single neutral sentence slipped in with a link is found less often than a passage: see the table.",
    "Listings, product pages and collections have no single article; their figures are far below those of "
    "articles.",
    "Comment sections without names in the markup that say what they are may be taken for the article, "
    "above all under very short articles.",
    "Languages other than English rest on few outlets and few spammers each; scripts without spaces on "
    "fewer still.",
    "A shop's own guide, handed over as plain text, may be taken for spam from end to end: its words alone "
    "are those of spam.",
    "A digest of unrelated short reports reads like a string of topic breaks: false alarms are likeliest "
    "there.",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A figure of some pages that have something in common.

    Attributes
    ----------
    name : str
    value : float
    interval : (float, float)
        Of 95 %.
    pages : int
    """

    name: str
    value: float
    interval: tuple[float, float]
    pages: int


@dataclass(frozen=True, slots=True)
class Weakness:
    """Groups of pages on which the model does worse than on all, by more than chance explains.

    Attributes
    ----------
    figure : str
        What was measured, such as ``"restored"``.
    pages : str
        Of which pages, and by what they are grouped, such as ``"text, niche"``.
    groups : list of Group
        The worst first.
    overall : float
        The figure of all these pages.
    """

    figure: str
    pages: str
    groups: list[Group]
    overall: float


def weaknesses(figures: Mapping[str, Any]) -> Iterator[Weakness]:
    """Find the groups whose whole interval is on the worse side of the figure of all.

    Parameters
    ----------
    figures : Mapping
        See :func:`filter.training.figures.figures_of`.
    """
    for weakness in (*_by_type(figures["pages"]), *_spliced(figures["spam"]), *_alarms(figures["spam"])):
        if weakness.groups:
            yield weakness


def _by_type(pages: Mapping[str, Any]) -> Iterator[Weakness]:
    groups = [
        Group(name or "(none)", own["f1"], own["interval"], own["pages"])
        for name, own in pages.items()
        if name != "segments"
    ]
    if groups:
        overall = pages["all"]["f1"]
        yield Weakness("word F1", "by type", _below(groups, overall), overall)


def _spliced(spam: Mapping[str, Any]) -> Iterator[Weakness]:
    overall = {own["group"]: own["restored"] for own in spam["spliced"] if own["name"] == "all"}
    grouped: dict[str, list[Group]] = {}
    for own in spam["spliced"]:
        group = Group(own["name"], own["restored"], own["restored interval"], own["pages"])
        grouped.setdefault(own["group"], []).append(group)
    for pages, groups in sorted(grouped.items()):
        of_all = overall[pages.partition(",")[0]]
        yield Weakness("restored", pages, _below(groups, of_all), of_all)


def _alarms(spam: Mapping[str, Any]) -> Iterator[Weakness]:
    grouped: dict[str, list[Group]] = {}
    for own in spam["alarms"]:
        form, _, subject = own["subject"].partition(", ")
        group = Group(subject, own["share"], own["interval"], own["pages"])
        grouped.setdefault(form, []).append(group)
    for form, groups in grouped.items():
        overall = next(group.value for group in groups if group.name == "all")
        yield Weakness("false alarms", f"{form}, genuine", _above(groups, overall), overall)


def _below(groups: Sequence[Group], overall: float) -> list[Group]:
    worse = [group for group in groups if group.pages >= FEWEST and group.interval[1] < overall]
    return sorted(worse, key=lambda group: group.value)[:MOST]


def _above(groups: Sequence[Group], overall: float) -> list[Group]:
    worse = [group for group in groups if group.pages >= FEWEST and group.interval[0] > overall]
    return sorted(worse, key=lambda group: -group.value)[:MOST]
