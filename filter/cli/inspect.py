"""``newsfilter inspect``: pages for people, each block coloured by its label."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filter.article import Article, Outcome, failed_article
from filter.cli.exit_codes import FAILED
from filter.cli.judge import (
    Favour,
    FavourOption,
    ModelDigestOption,
    ModelOption,
    TrustModelOption,
    make_cleaner,
)
from filter.cli.output import report, write
from filter.cli.pages import STANDARD_INPUT, check_sources, read_page
from filter.errors import CallerError, PageError
from filter.render import printable

if TYPE_CHECKING:
    from filter.cleaner import Cleaner

STANDARD_OUTPUT = Path("-")


def inspect(
    pages: Annotated[
        list[str] | None,
        typer.Argument(metavar="PAGE|-", help="Pages, HTML or plain text; standard input by default."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.html|FOLDER|-",
            rich_help_panel="Output",
            help="Where the report goes; '-' is standard output. "
            "[default: report.html, or report/ for several pages]",
        ),
    ] = None,
    favour: FavourOption = Favour.BALANCED,
    model: ModelOption = None,
    model_digest: ModelDigestOption = None,
    trust_model: TrustModelOption = False,
) -> None:
    """Show what was cut from pages, and why, in a page for people.

    The report is one file that loads nothing: every block with its label,
    probabilities and reasons, the cleaned text beside, and a button that
    exports labels corrected by hand, for training. Several pages get an index.
    """
    sources = check_sources(pages or [])
    index = _place(output, len(sources))
    if _is_one_of(sources, index):
        raise CallerError(f"{index} is one of the pages: give the report another name with -o")
    cleaner = make_cleaner(favour, model, model_digest, trust_model)
    if len(sources) == 1:
        articles = [_inspect(cleaner, sources[0], index)]
    else:
        articles = _inspect_all(cleaner, sources, index)
    if index != STANDARD_OUTPUT:
        report(f"wrote {index}")
    if any(article.outcome != Outcome.OK for article in articles):
        raise typer.Exit(FAILED)


def _place(output: Path | None, pages: int) -> Path:
    """Return the file for the report of one page, or for the index of several."""
    target = output or Path("report.html" if pages == 1 else "report")
    if target == STANDARD_OUTPUT and pages > 1:
        raise CallerError("the reports of several pages need a folder: name one with -o")
    is_file = target.suffix in (".html", ".htm") or target == STANDARD_OUTPUT
    return target if is_file else target / "index.html"


def _is_one_of(sources: list[str], index: Path) -> bool:
    """Whether the report would overwrite a page."""
    try:
        return any(index.samefile(source) for source in sources if source != STANDARD_INPUT)
    except OSError:  # no such file, which is well, or no place for one, which is told when it is written
        return False


def _inspect_all(cleaner: Cleaner, sources: list[str], index: Path) -> list[Article]:
    """Write a report for each page, and the index that leads to them."""
    from filter.report import Entry, to_index

    entries = []
    for number, source in enumerate(sources, 1):
        address = f"{index.stem}-pages/{number:03}-{_plain_name(source)}.html"
        entries.append(Entry(_inspect(cleaner, source, index.parent / address), address))
    _save(index, to_index(entries))
    return [entry.article for entry in entries]


def _inspect(cleaner: Cleaner, source: str, target: Path) -> Article:
    """Write one page's report, even when the page can't be read."""
    from filter.decode import decode
    from filter.report import to_page  # here: help must not wait for the templates

    original = None
    try:
        page = read_page(source)
        article = cleaner.clean(page)
        if article.encoding:
            original, _ = decode(page, encoding=article.encoding.name)
    except PageError as error:
        article = failed_article(error.outcome, str(error))
    if article.outcome != Outcome.OK:
        report(article.message or f"the page is {article.outcome}: fetch it again", about=source)
    article = replace(article, source=printable(source))
    _save(target, to_page(article, original=original))
    return article


def _plain_name(source: str) -> str:
    """Return a name for a page's report that every file system takes."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", Path(source).stem).strip("-")[:60] or "page"


def _save(target: Path, page: str) -> None:
    if target == STANDARD_OUTPUT:
        write(page)
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8", errors="xmlcharrefreplace")
    except OSError as error:
        raise CallerError(f"{target}: {error.strerror}: name another place with -o") from error
