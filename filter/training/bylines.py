"""Lines between headline and story: who wrote it, when, how long it takes to read; composed for training."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from filter.training.phrases import pick, with_names

_AUTHORS = (
    "By {name}",
    "by {name}",
    "BY {name}",
    "{name}",
    "Written by {name}",
    "Posted by {name}",
    "Words: {name}",
    "By {name} and {other}",
    "{name}, staff writer",
    "{name}, chief reporter",
    "{name} Senior correspondent",
    "By {name} in {other}",
    "Reported by {name}",
    "Author: {name}",
    "Von {name}",
    "Par {name}",
    "Por {name}",
    "Di {name}",
    "Door {name}",
    "Oleh {name}",
    "Autor: {name}",
    "Автор: {name}",
    "文／{name}",
    "记者 {name}",
    "来源：{name}",
)
_DATES = (
    "%A, %B %d, %Y",
    "%A %d %B %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%Y年%m月%d日",
)
_TIMES = ("", "", " %H:%M", ", %H:%M", " %I:%M %p", " at %I.%M%p", ", %H.%M Uhr", " %H:%M GMT", " - %H:%M")
_DATED = (
    "{date}",
    "{date}",
    "{date}",
    "Published {date}",
    "Published: {date}",
    "Posted on {date}",
    "Updated {date}",
    "Last updated {date}",
    "First published {date}",
    "Veröffentlicht am {date}",
    "Publié le {date}",
    "Publicado el {date}",
    "Опубликовано {date}",
)
_REMARKS = (
    "5 min read",
    "3 minute read",
    "Reading time: 7 minutes",
    "in {other}",
    "Filed under {other}",
    "{other}",
    "Comments (12)",
    "0 comments",
    "Share this article",
    "Share",
    "Save",
    "Print",
    "Listen to this article",
    "Lesezeit: 4 Minuten",
    "评论(8)",
)
_SEPARATORS = (" | ", " · ", " • ", " – ", " - ", ", ", " / ", " ", " on ", "  ")
_FIRST_DAY = datetime(2004, 1, 1, 6, 0)
_MINUTES = 60 * 24 * 365 * 21
"""Of the years that dates are drawn from."""


def compose_head(names: list[str], random: np.random.Generator) -> str:
    """Compose one line as it stands above a story.

    Parameters
    ----------
    names : list of str
        Names that may appear; at least one.
    random : numpy.random.Generator
    """
    parts = []
    if random.random() < 0.6:
        parts.append(pick(_AUTHORS, random))
    if not parts or random.random() < 0.5:
        parts.append(pick(_DATED, random).replace("{date}", _date(random)))
    if random.random() < 0.2:
        parts.append(pick(_REMARKS, random))
    line = pick(_SEPARATORS, random).join(parts)
    return with_names(line, names, random)


def _date(random: np.random.Generator) -> str:
    moment = _FIRST_DAY + timedelta(minutes=int(random.integers(_MINUTES)))
    return moment.strftime(pick(_DATES, random) + pick(_TIMES, random))
