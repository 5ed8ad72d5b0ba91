"""The command line: thin, and quick to start.

Each command is a module of its own, imported when it is called.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from filter.cli.exit_codes import FAILED, WRONG_USE
from filter.cli.help import CONTEXT, LazyGroup, examples
from filter.cli.output import report, tolerate_odd_characters, unwritable
from filter.errors import NewsfilterError, PageError


def main() -> None:
    """Run the program: the entry point ``newsfilter``."""
    tolerate_odd_characters()
    try:
        program()(prog_name="newsfilter")
    except NewsfilterError as error:
        report(str(error))
        sys.exit(FAILED if isinstance(error, PageError) else WRONG_USE)
    except OSError as error:  # of Typer's, which writes help and version itself
        report(str(unwritable(error)))
        sys.exit(WRONG_USE)


def program() -> typer.Typer:
    """Build the program.

    Returns
    -------
    typer.Typer
        Ready to be called.
    """
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,  # Rich takes longer to import than a small page takes to clean
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings=CONTEXT,
        epilog=examples(
            "newsfilter clean page.html",
            "newsfilter clean --explain page.html",
            "newsfilter batch pages/ -o articles.jsonl",
            "newsfilter inspect page.html -o report.html",
        ),
    )
    app.callback()(_program)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # here: only this option needs it

        typer.echo(f"newsfilter {version('newsfilter')}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Genuine text out of scraped news pages, without furniture and spliced-in spam.

    Results go to standard output, messages to standard error. Exit codes: 0
    done, 1 some pages failed, 2 wrong use, 3 the page holds no article.
    """
