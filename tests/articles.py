"""Articles put together by hand, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Sequence

from filter import Article, Block, Encoding, Kind, Label, Link, Metadata, Outcome, Removed, Verdict
from filter.article import failed_article


def block(
    text: str,
    label: Label = Label.ARTICLE,
    kind: Kind = Kind.PARAGRAPH,
    *,
    level: int = 0,
    links: Sequence[tuple[str, str]] = (),
    reasons: Sequence[str] = (),
    path: str = "body/article/p",
    hidden: bool = False,
) -> Block:
    """Return a block that the model is nine tenths sure of."""
    others = [name for name in Label if name != label]
    probabilities = {str(label): 0.9} | {str(name): 0.1 / len(others) for name in others}
    return Block(
        text=text,
        label=label,
        probabilities=probabilities,
        kind=kind,
        path=path,
        reasons=tuple(reasons),
        level=level,
        links=tuple(Link(anchor, href) for anchor, href in links),
        hidden=hidden,
    )


def article(*blocks: Block, title: str | None = None, source: str = "page.html", **others: object) -> Article:
    """Return the article that these blocks make."""
    text = "\n\n".join(item.text for item in blocks if item.label == Label.ARTICLE)
    spam = sum(len(item.text) for item in blocks if item.label == Label.SPAM)
    removed = spam + sum(len(item.text) for item in blocks if item.label == Label.FURNITURE)
    total = sum(len(item.text) for item in blocks) or 1
    values: dict[str, object] = {
        "title": title,
        "text": text,
        "verdict": Verdict.TRIM if spam else Verdict.KEEP,
        "removed": Removed(removed, removed / total, spam),
        "source": source,
        "_make_blocks": lambda: blocks,
    }
    return Article(**(values | others))  # type: ignore[arg-type]


def ferry() -> Article:
    """Return a small article with something of everything."""
    return article(
        block(
            "Menu", Label.FURNITURE, Kind.LIST_ITEM, level=1, links=[("Menu", "/menu")], path="body/nav/ul/li"
        ),
        block("Night ferry returns", Label.TITLE, Kind.HEADING, level=1, path="body/article/h1"),
        block("The boat leaves at nine.", links=[("boat", "https://boats.example/")]),
        block("Two boats", kind=Kind.HEADING, level=2),
        block("Little Gannet", kind=Kind.LIST_ITEM, level=1),
        block("Herring Queen", kind=Kind.LIST_ITEM, level=1),
        block("We are not asking for a luxury.", kind=Kind.QUOTE),
        block("Adult\t£6.50", kind=Kind.TABLE_ROW),
        block("Child\t£3", kind=Kind.TABLE_ROW),
        block("dep 21:00\n  arr 21:50", kind=Kind.PREFORMATTED),
        block(
            "Win big at our casino",
            Label.SPAM,
            links=[("casino", "https://casino.example/")],
            reasons=["off the article's topic", "links to a domain found nowhere else on the page"],
        ),
        title="Night ferry returns",
        encoding=Encoding("utf-8", "bom"),
        verdict_reasons=("1 block of spam",),
        _make_metadata=lambda: Metadata(headline="Night ferry returns", authors=("Ines Calloway",)),
    )


def unreadable() -> Article:
    """Return what stands for a page that could not be read."""
    message = "this is no page but a PNG image"
    return failed_article(Outcome.UNDECODABLE, message, source="picture.html")


def doorway() -> Article:
    """Return a page that is dropped although blocks of it read like an article."""
    return article(
        block("We write your essay."), verdict=Verdict.DROP, verdict_reasons=("spam from end to end",)
    )
