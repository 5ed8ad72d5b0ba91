"""The command line of the benchmarks. Results are Markdown on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Speed and accuracy beside the peers.", no_args_is_help=True, add_completion=False)

Pages = Annotated[Path | None, typer.Argument(help="A folder of HTML pages; without it, pages are written.")]
Corpora = Annotated[Path, typer.Argument(help="The folder that holds the labelled data.")]


@app.command()
def speed(
    folder: Pages = None,
    pages: Annotated[int, typer.Option(help="Pages to clean.")] = 150,
    rounds: Annotated[int, typer.Option(help="Rounds of the race.")] = 5,
    memory_pages: Annotated[int, typer.Option(help="Pages over which memory is followed.")] = 100_000,
) -> None:
    """CPU time a page beside the peers, start-up, memory, growth; with plots."""
    from benchmarks import growth, memory, plots, speed, startup
    from benchmarks.clock import stay_on_one_core
    from benchmarks.peers import missing
    from filter import Cleaner

    _say_missing(missing())
    ordinary = _pages(folder, pages)
    stay_on_one_core()
    for table in speed.race(ordinary, rounds=rounds):
        typer.echo(f"{table}\n")
    typer.echo(f"{startup.report()}\n")
    table, curves = growth.measure(ordinary, Cleaner())
    typer.echo(f"{table}\n")
    typer.echo(f"![growth]({plots.plot_growth(curves)})\n")
    table, holding = memory.follow(folder, memory_pages)
    typer.echo(f"{table}\n")
    typer.echo(f"![memory]({plots.plot_memory(holding)})\n")


@app.command()
def parsers(
    folder: Pages = None,
    pages: Annotated[int, typer.Option(help="Pages to parse.")] = 150,
    rounds: Annotated[int, typer.Option(help="Rounds of the race.")] = 5,
    faithful: Annotated[int, typer.Option(help="Pages on which trees are compared.")] = 150,
    mutations: Annotated[int, typer.Option(help="Mutated pages for each parser.")] = 100_000,
) -> None:
    """Bake-off of parsers: speed, fidelity, truncation, crashes."""
    from benchmarks import bakeoff

    for table in bakeoff.report(_pages(folder, pages), rounds=rounds, faithful=faithful, mutations=mutations):
        typer.echo(f"{table}\n")


@app.command()
def extraction(
    corpora: Corpora,
    ours: Annotated[bool, typer.Option(help="Fit ours fold by fold, which takes minutes.")] = True,
) -> None:
    """Main text on WCXB's development pages and trafilatura's, ours cross-validated by domain."""
    from benchmarks import extraction
    from benchmarks.peers import missing

    _say_missing(missing(*extraction.PEERS))
    for table in extraction.report(corpora, extraction.out_of_fold if ours else None):
        typer.echo(f"{table}\n")


@app.command()
def frontier(corpora: Corpora) -> None:
    """Accuracy against cost of classifiers, the shipped one among them; with a plot."""
    from benchmarks import frontier, plots
    from benchmarks.clock import stay_on_one_core

    stay_on_one_core()
    points = frontier.measure(corpora, lambda line: typer.echo(line, err=True))
    for table in frontier.report(points):
        typer.echo(f"{table}\n")
    typer.echo(f"![frontier]({plots.plot_frontier(points)})\n")


@app.command()
def spam(
    corpora: Corpora,
    split: Annotated[
        str, typer.Option(help="What training and test don't share: campaign or niche.")
    ] = "campaign",
) -> None:
    """Spam paragraphs in spliced articles beside bogofilter, fastText and logistic regression."""
    from benchmarks import spam
    from benchmarks.text_filters import missing

    _say_missing(missing())
    for table in spam.report(corpora, spam.Split(split), lambda line: typer.echo(line, err=True)):
        typer.echo(f"{table}\n")


@app.command()
def leak(
    corpora: Corpora,
    pages: Annotated[int, typer.Option(help="Articles to put spam into.")] = 400,
) -> None:
    """Spam in HTML pages beside the extractors, ours fitted on four fifths, all measured on the rest."""
    from benchmarks import leak
    from benchmarks.peers import missing

    _say_missing(missing(*leak.PEERS))
    held_out, ours = leak.held_out_cleaner(corpora, lambda line: typer.echo(line, err=True))
    for table in leak.report(leak.specimens(held_out.hosts, held_out.documents, pages), ours):
        typer.echo(f"{table}\n")


@app.command()
def metadata(corpora: Corpora) -> None:
    """Headline, authors and date against hand-made metadata."""
    from benchmarks import metadata as agreement

    for table in agreement.report(corpora):
        typer.echo(f"{table}\n")


def _say_missing(names: list[str]) -> None:
    for name in names:
        typer.echo(f"{name} is not installed and is left out: pip install 'newsfilter[peers]'", err=True)


def _pages(folder: Path | None, count: int) -> list[str]:
    from benchmarks.pages import read_pages, written_pages

    if folder is None:
        return list(written_pages(count))
    found = read_pages(folder, count)
    if not found:
        raise typer.BadParameter(f"no *.html or *.html.gz below {folder}: name a folder that holds pages")
    return found


def main() -> None:
    """Run a benchmark; what is missing is said in a sentence."""
    from filter.errors import CallerError

    try:
        app(prog_name="python -m benchmarks", standalone_mode=True)
    except CallerError as error:
        typer.echo(error, err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
