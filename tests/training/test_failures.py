"""What stands out is worse than all by its whole interval, and of enough pages."""

from __future__ import annotations

from typing import Any

import pytest

from filter.training.failures import FEWEST, MOST, weaknesses


def found(
    *, types: dict[str, Any] | None = None, spliced: tuple[Any, ...] = (), alarms: tuple[Any, ...] = ()
) -> dict[tuple[str, str], list[str]]:
    """Name the groups that stand out, by what was measured and of which pages."""
    figures = {"pages": types or {}, "spam": {"spliced": spliced, "alarms": alarms}}
    return {
        (weakness.figure, weakness.pages): [group.name for group in weakness.groups]
        for weakness in weaknesses(figures)
    }


def spliced(group: str, name: str, restored: float, high: float, pages: int = 40) -> dict[str, Any]:
    """Figures of some pages with spam in them."""
    interval = [0.0, high]
    return {
        "group": group,
        "name": name,
        "pages": pages,
        "restored": restored,
        "restored interval": interval,
    }


def alarms(subject: str, share: float, low: float, pages: int = 40) -> dict[str, Any]:
    """Figures of some genuine pages."""
    return {"subject": subject, "pages": pages, "share": share, "interval": [low, 1.0]}


TEXT = spliced("text", "all", 0.75, 0.8)
MARKUP = spliced("markup", "all", 0.5, 0.6)


@pytest.mark.parametrize(("high", "stands_out"), [(0.75, False), (0.74, True)])
def test_restored_counts_as_worse_where_the_whole_interval_is_below_all(
    high: float, stands_out: bool
) -> None:
    weak = found(spliced=(TEXT, spliced("text, niche", "vpn", 0.7, high)))
    assert weak == ({("restored", "text, niche"): ["vpn"]} if stands_out else {})


@pytest.mark.parametrize(("low", "stands_out"), [(0.01, False), (0.02, True)])
def test_false_alarms_count_as_worse_where_the_whole_interval_is_above_all(
    low: float, stands_out: bool
) -> None:
    weak = found(alarms=(alarms("text, all", 0.01, 0), alarms("text, gambling", 0.05, low)))
    assert weak == ({("false alarms", "text, genuine"): ["gambling"]} if stands_out else {})


@pytest.mark.parametrize(("pages", "stands_out"), [(FEWEST - 1, False), (FEWEST, True)])
def test_groups_of_few_pages_say_nothing(pages: int, stands_out: bool) -> None:
    weak = found(
        spliced=(TEXT, spliced("text, niche", "vpn", 0.1, 0.2, pages)),
        alarms=(alarms("text, all", 0.01, 0), alarms("text, gambling", 0.9, 0.8, pages)),
    )
    assert len(weak) == 2 * stands_out


def test_each_form_of_page_is_held_against_its_own_figure() -> None:
    # Below what is restored of text, above what is restored of markup.
    weak = found(
        spliced=(
            TEXT,
            MARKUP,
            spliced("text, language", "de", 0.6, 0.65),
            spliced("markup, language", "de", 0.6, 0.65),
        )
    )
    assert weak == {("restored", "text, language"): ["de"]}


def test_the_worst_come_first_and_no_more_than_a_few() -> None:
    groups = [spliced("text, niche", f"niche {n}", n / 100, 0.5) for n in (5, 3, 1, 4, 2)]
    assert len(groups) > MOST
    weak = found(spliced=(TEXT, *groups))
    assert weak == {("restored", "text, niche"): ["niche 1", "niche 2", "niche 3", "niche 4"]}


def test_the_most_alarming_come_first() -> None:
    subjects = alarms("text, all", 0.01, 0), alarms("text, crypto", 0.05, 0.02), alarms("text, vpn", 0.5, 0.2)
    assert found(alarms=subjects) == {("false alarms", "text, genuine"): ["vpn", "crypto"]}


def test_page_types_are_held_against_all_pages() -> None:
    types = {
        "article": {"f1": 0.95, "interval": [0.9, 0.97], "pages": 40},
        "": {"f1": 0.5, "interval": [0.4, 0.6], "pages": 40},
        "all": {"f1": 0.8, "interval": [0.7, 0.9], "pages": 80},
        "segments": {"f1": 0.1},
    }
    assert found(types=types) == {("word F1", "by type"): ["(none)"]}
