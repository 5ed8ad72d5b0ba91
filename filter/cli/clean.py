"""``newsfilter clean``: cleaned text on standard output."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from filter.article import Article, Outcome, Verdict, failed_article
from filter.cli.exit_codes import DONE, DROPPED, FAILED
from filter.cli.judge import (
    Favour,
    FavourOption,
    ModelDigestOption,
    ModelOption,
    TrustModelOption,
    make_cleaner,
)
from filter.cli.output import report, write
from filter.cli.pages import check_sources, read_page
from filter.errors import CallerError, PageError
from filter.render import printable, to_json, to_markdown, to_text

if TYPE_CHECKING:
    from filter.cleaner import Cleaner


class Format(StrEnum):
    """How an article is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    JSONL = "jsonl"


class Input(StrEnum):
    """What a page is taken for."""

    AUTO = "auto"
    HTML = "html"
    TEXT = "text"


_CONTENT_TYPES = {Input.AUTO: None, Input.HTML: "text/html", Input.TEXT: "text/plain"}


def clean(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|-", help="Pages, HTML or plain text; standard input by default."),
    ] = None,
    format: Annotated[
        Format,
        typer.Option("--format", "-f", rich_help_panel="Output", help="How the article is written."),
    ] = Format.TEXT,
    title: Annotated[
        bool,
        typer.Option("--title/--no-title", rich_help_panel="Output", help="Put the headline above the text."),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            rich_help_panel="Output",
            help="Show every block with label, probability and reasons instead.",
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", rich_help_panel="Output", help="Print the text of a dropped page as well."),
    ] = False,
    input: Annotated[
        Input,
        typer.Option("--input", "-i", rich_help_panel="Input", help="What the pages are."),
    ] = Input.AUTO,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", rich_help_panel="Input", help="The pages' encoding, when they declare a wrong one."
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", rich_help_panel="Input", help="Where the page came from."),
    ] = None,
    favour: FavourOption = Favour.BALANCED,
    model: ModelOption = None,
    model_digest: ModelDigestOption = None,
    trust_model: TrustModelOption = False,
) -> None:
    """Print the genuine text of pages.

    Several texts follow each other after a blank line, several JSON objects
    make an array; JSON Lines keep pages apart. Exits with 3 if a page holds no
    article, with 1 if one can't be read.
    """
    if explain and format != Format.TEXT:
        raise CallerError(
            f"--explain is a table for people: leave out --format {format}, or --explain; "
            "--format json has labels, probabilities and reasons too"
        )
    sources = check_sources(files or [])
    if url is not None and len(sources) > 1:
        raise CallerError("--url is where one page came from: clean the pages one by one, or leave it out")
    cleaner = make_cleaner(favour, model, model_digest, trust_model)
    results: list[str] = []
    codes = {DONE}
    for source in sources:
        article = _clean(cleaner, source, _CONTENT_TYPES[input], url, encoding)
        codes.add(_tell_problems(article, force))
        if explain:
            from filter.cli.explain import explanation  # here: Rich is slow to import

            results.append(explanation(article))
        elif format in (Format.JSON, Format.JSONL):
            results.append(to_json(article, indent=2 if format == Format.JSON else None))
        elif article.outcome == Outcome.OK and (force or article.verdict != Verdict.DROP):
            render = to_markdown if format == Format.MARKDOWN else to_text
            results.append(render(article, title=title))
    if format == Format.JSON and len(sources) > 1:
        write("[" + ",\n".join(results) + "]")
    elif results:
        write(("\n" if format == Format.JSONL else "\n\n").join(results))
    raise typer.Exit(FAILED if FAILED in codes else max(codes))


def _clean(
    cleaner: Cleaner, source: str, content_type: str | None, url: str | None, encoding: str | None
) -> Article:
    try:
        page = read_page(source)
        article = cleaner.clean(page, content_type=content_type, url=url, encoding=encoding)
    except PageError as error:
        article = failed_article(error.outcome, str(error))
    return replace(article, source=url or printable(source))


def _tell_problems(article: Article, force: bool) -> int:
    """Say on stderr why a page has no text, and return the exit code that this calls for."""
    if article.outcome != Outcome.OK:
        report(article.message or f"the page is {article.outcome}: fetch it again", about=article.source)
        return FAILED
    if article.verdict != Verdict.DROP:
        return DONE
    if not force:
        why = "; ".join(article.verdict_reasons) or "no article found"
        report(f"dropped: {why} (--force prints its text)", about=article.source)
    return DROPPED
