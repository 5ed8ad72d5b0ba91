"""Articles as pages for people: what was cut, and why.

Each page is one file that loads nothing. Its content-security policy names the
digests of our own style sheet and script, so that nothing else can run, and
every text of the cleaned page passes Jinja's escaping.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from filter.article import Article, Block, Kind, Label, Verdict
from filter.render import without_control_characters

CORRECTIONS_SCHEMA = 1
"""Number of the schema of exported corrections."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index: an article, and the file that holds its page.

    Attributes
    ----------
    article : Article
    address : str
        Where the article's page is, relative to the index.
    """

    article: Article
    address: str


def to_page(article: Article, *, original: str | None = None) -> str:
    """Draw an article's blocks, labels, probabilities and reasons as an HTML page.

    Parameters
    ----------
    article : Article
        A cleaned page, or one that failed.
    original : str, optional
        The page's HTML. It goes into exported corrections, so that a model can
        be trained on them with all that the markup tells.

    Returns
    -------
    str
        A self-contained HTML document.
    """
    counts = Counter(block.label for block in article.blocks)
    return _draw(
        "page.html",
        article=article,
        blocks=list(article.blocks),
        labels=[(label, counts[label]) for label in Label],
        record=_corrections_record(article, original),
    )


def to_index(entries: Iterable[Entry]) -> str:
    """Draw a page that leads to the pages of several articles.

    Parameters
    ----------
    entries : iterable of Entry
        In the order in which they are listed.

    Returns
    -------
    str
        A self-contained HTML document.
    """
    rows = [(entry, Counter(block.label for block in entry.article.blocks)) for entry in entries]
    verdicts = Counter(entry.article.verdict for entry, _ in rows)
    return _draw("index.html", rows=rows, verdicts=verdicts, labels=list(Label))


def _corrections_record(article: Article, original: str | None) -> dict[str, Any]:
    """Return what the page's script completes with corrections and exports."""
    return {
        "schema": CORRECTIONS_SCHEMA,
        "source": article.source,
        "page": original,
        "blocks": [
            {"text": block.text, "path": block.path, "label": str(block.label), "corrected": None}
            for block in article.blocks
        ],
    }


def _draw(template: str, **values: Any) -> str:
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _environment().get_template(template)
    names = {"Kind": Kind, "Label": Label, "Verdict": Verdict}
    return page.render(style=style, script=script, policy=policy, **names, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("filter", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_without_controls,
    )
    environment.filters["certainty"] = _certainty
    return environment


def _without_controls(value: Any) -> Any:
    """Drop control characters, which HTML forbids even when escaped."""
    return without_control_characters(value) if type(value) is str else value


def _certainty(block: Block) -> float:
    """Return the probability of the label that the block has."""
    return block.probabilities.get(block.label, 0.0)


@cache
def _asset(name: str) -> str:
    return files("filter.report").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return the digest by which a content-security policy names an inline asset."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
