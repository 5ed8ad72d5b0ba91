"""The command line: thin, and quick to start.

Each command is a module of its own, imported when it is called or described.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, NamedTuple

import typer

from filter.cli.help import GroupedCommand, OrderedGroup, examples
from filter.cli.output import report, tolerate_odd_characters
from filter.errors import NewsfilterError, PageError

_CLEANING, _LEARNING = "Cleaning pages", "Measuring and training"


class _Command(NamedTuple):
    module: str
    panel: str
    examples: tuple[str, ...]


COMMANDS = {
    "clean": _Command(
        "filter.cli.clean",
        _CLEANING,
        (
            "newsfilter clean page.html",
            "newsfilter clean --explain page.html",
            "newsfilter clean --format markdown --title page.html > article.md",
            "curl -s URL | newsfilter clean --format json -",
        ),
    ),
    "batch": _Command(
        "filter.batch.cli",
        _CLEANING,
        (
            "newsfilter batch pages/ -o articles.jsonl",
            "newsfilter batch crawl.warc.gz -o articles.jsonl.gz",
        ),
    ),
    "inspect": _Command(
        "filter.cli.inspect",
        _CLEANING,
        (
            "newsfilter inspect page.html -o report.html",
            "newsfilter inspect pages/*.html -o report/",
        ),
    ),
    "evaluate": _Command("filter.training.cli", _LEARNING, ()),
    "train": _Command("filter.training.cli", _LEARNING, ()),
    "model": _Command("filter.cli.model", _LEARNING, ("newsfilter model", "newsfilter model --format json")),
}
"""The commands in the order in which help shows them: the module that holds each, and its examples."""

FAILED, WRONG_USE = 1, 2
"""Exit codes: a page failed; the program was called in a wrong way. (0: done, 3: page dropped.)"""


def main() -> None:
    """Run the program: the entry point ``newsfilter``."""
    tolerate_odd_characters()
    try:
        program(_called(sys.argv[1:]))(prog_name="newsfilter")
    except NewsfilterError as error:
        report(str(error))
        sys.exit(FAILED if isinstance(error, PageError) else WRONG_USE)


def program(commands: tuple[str, ...] = tuple(COMMANDS)) -> typer.Typer:
    """Build the program with some of its commands.

    Parameters
    ----------
    commands : tuple of str
        Which; a call needs only its own, help needs them all.

    Returns
    -------
    typer.Typer
        The program, ready to be called.
    """
    app = typer.Typer(
        cls=OrderedGroup,
        rich_markup_mode=None,  # Rich takes longer to import than a small page takes to clean
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
        epilog=examples(
            "newsfilter clean page.html",
            "newsfilter clean --explain page.html",
            "newsfilter batch pages/ -o articles.jsonl",
            "newsfilter inspect page.html -o report.html",
        ),
    )
    app.callback()(_program)
    for name in commands:
        command = COMMANDS[name]
        if find_spec(command.module):
            function = getattr(import_module(command.module), name)
            epilog = examples(*command.examples) if command.examples else None
            register = app.command(name, cls=GroupedCommand, rich_help_panel=command.panel, epilog=epilog)
            register(function)
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


def _called(arguments: list[str]) -> tuple[str, ...]:
    """Return the one command that the arguments call, or all if they don't begin with one."""
    return (arguments[0],) if arguments and arguments[0] in COMMANDS else tuple(COMMANDS)
