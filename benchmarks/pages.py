"""Pages to measure on: those in a folder, or pages written here when there is none."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

AVERAGE_CHARACTERS = 174_000
"""Length of the average news page, of which about half is script and style."""

_SYLLABLES = "ba con de el far gen hul im jor ka len mar no pel qui ras su tor un vel wen yor zan"
_FUNCTION_WORDS = "the of and to in a is that for it was on as with by at from are this be"


def read_pages(folder: Path, limit: int | None = None) -> list[str]:
    """Read the HTML pages in a folder and below it, plain or gzipped, in order of their names.

    Parameters
    ----------
    folder : Path
        Where ``*.html`` or ``*.html.gz`` files lie.
    limit : int or None
        Take that many, evenly spread over all.

    Returns
    -------
    list of str
        The pages, decoded as UTF-8 with replacement: what every contender gets alike.
    """
    files = sorted(file for file in folder.rglob("*") if file.name.endswith((".html", ".html.gz")))
    if limit is not None and len(files) > limit:
        files = [files[index * len(files) // limit] for index in range(limit)]
    return [_read(file).decode("utf-8", "replace") for file in files]


def _read(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def written_pages(count: int, seed: int = 0) -> Iterator[str]:
    """Write news pages of average size and shape: 174 kB, half of it script and style, 1,000 elements."""
    for number in range(count):
        yield _news_page(random.Random(f"{seed}/{number}"))


def article_text(characters: int, seed: int = 0) -> str:
    """Write the text of an article, one paragraph a line."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraphs.append(_paragraph(chance))
        length += len(paragraphs[-1]) + 1
    return "\n".join(paragraphs)[:characters]


def _news_page(chance: random.Random) -> str:
    headline = _sentence(chance, 9)
    head = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
        <title>{headline} | Lindhaven Courier</title>
        <meta property="og:title" content="{headline}"><meta name="author" content="Marta Oduya">
        <link rel="canonical" href="https://courier.example/{chance.randrange(10**6)}">
        <style>{_rules(chance, 22_000)}</style><script>{_program(chance, 40_000)}</script></head>"""
    navigation = "".join(_section_link(chance) for _ in range(70))
    story = "".join(f'<p class="story__paragraph">{_paragraph(chance)}</p>' for _ in range(28))
    cards = "".join(_card(chance) for _ in range(30))
    notices = "".join(_section_link(chance) for _ in range(60))
    body = f"""<body class="page page--story"><header><nav class="nav"><ul>{navigation}</ul></nav></header>
        <main><article class="story"><h1 class="story__headline">{headline}</h1>
        <p class="byline">By Marta Oduya</p>
        <figure><img src="/i.jpg" alt=""><figcaption>{_sentence(chance, 8)}</figcaption></figure>
        {story}</article></main>
        <aside class="related"><h2>Read next</h2>{cards}</aside>
        <footer class="footer"><ul>{notices}</ul><p>Copyright Lindhaven Courier</p></footer>"""
    missing = AVERAGE_CHARACTERS - len(head) - len(body)
    return f"{head}{body}<script>{_program(chance, max(missing, 0))}</script></body></html>"


def _section_link(chance: random.Random) -> str:
    section = _word(chance)
    return f"""<li class="nav__item menu-item menu-item-{chance.randrange(9999)}" role="none">
        <a class="nav__link" role="menuitem" href="/section/{section}?ref=nav">
        <span>{section.title()}</span></a></li>"""


def _card(chance: random.Random) -> str:
    slug = f"{_word(chance)}-{_word(chance)}-{chance.randrange(10**6)}"
    return f"""<div class="grid__item col-xs-12 col-md-{chance.randrange(3, 9)} js-track" data-slot="{slug}">
        <!-- card {slug} --><div class="card card--{_word(chance)} card--has-image" id="card-{slug}">
        <div class="card__media media-wrapper ratio-16x9"><a class="card__link analytics-link" tabindex="-1"
        href="/news/{slug}" data-event="click" data-label="{slug}" aria-label="{_word(chance)}"><picture>
        <source srcset="/images/{slug}.webp?w=400 1x, /images/{slug}.webp?w=800 2x" type="image/webp">
        <img loading="lazy" class="card__image lazyload" src="/images/{slug}.jpg?w=400"
        alt="{_sentence(chance, 5)}"></picture></a></div><div class="card__body">
        <span class="card__label label label--small">{_word(chance).title()}</span>
        <h3 class="card__title heading"><a href="/news/{slug}">{_sentence(chance, 8)}</a></h3>
        <p class="card__lead">{_sentence(chance, 16)} — {_sentence(chance, 4)}…</p><div class="card__meta">
        <svg class="icon" width="12" height="12" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z"/></svg>
        <time>{chance.randrange(1, 12)} hours ago</time>
        <button type="button" class="btn js-save" aria-pressed="false">Save</button></div></div></div>
        </div>"""


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance, chance.randrange(9, 24)) + "." for _ in range(chance.randrange(2, 5)))


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(
        chance.choice(_FUNCTION_WORDS.split()) if chance.random() < 0.42 else _word(chance)
        for _ in range(words)
    ).capitalize()


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES.split(), k=chance.randrange(1, 4)))


def _rules(chance: random.Random, characters: int) -> str:
    rules = [
        f".{_word(chance)}__{_word(chance)}{{margin:0 {index}px;color:#3{index % 10}c}}"
        for index in range(999)
    ]
    return "\n".join(rules)[:characters]


def _program(chance: random.Random, characters: int) -> str:
    name = _word(chance)
    lines = [f'window.{name}=window.{name}||[];if(a<{index}){{push("<b>{index}")}};' for index in range(99)]
    text = "\n".join(lines)
    return (text * (characters // len(text) + 1))[:characters]
