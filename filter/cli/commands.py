"""The commands: what each is for, and the module that holds it."""

from __future__ import annotations

from typing import NamedTuple

_CLEANING, _LEARNING = "Cleaning pages", "Measuring and training"


class Command(NamedTuple):
    """A command of the program.

    Attributes
    ----------
    module : str
        Holds a function of the command's name; imported when it is called.
    panel : str
        Heading under which help lists it.
    summary : str
        First line of its help, here so that the list needs no import.
    examples : tuple of str
        Command lines as they are typed.
    """

    module: str
    panel: str
    summary: str
    examples: tuple[str, ...]


COMMANDS = {
    "clean": Command(
        "filter.cli.clean",
        _CLEANING,
        "Print the genuine text of pages.",
        (
            "newsfilter clean page.html",
            "newsfilter clean --explain page.html",
            "newsfilter clean --format markdown --title page.html > article.md",
            "curl -s URL | newsfilter clean --format json -",
        ),
    ),
    "batch": Command(
        "filter.batch.cli",
        _CLEANING,
        "Clean many pages: one record each, in order.",
        (
            "newsfilter batch pages/ -o articles.jsonl",
            "newsfilter batch crawl.warc.gz -o articles.jsonl.gz",
        ),
    ),
    "inspect": Command(
        "filter.cli.inspect",
        _CLEANING,
        "Show what was cut from pages, and why, in a page for people.",
        (
            "newsfilter inspect page.html -o report.html",
            "newsfilter inspect pages/*.html -o report/",
        ),
    ),
    "evaluate": Command(
        "filter.training.cli",
        _LEARNING,
        "Measure accuracy on labelled data, false removals first.",
        (
            "newsfilter evaluate corpora/wcxb-dev --folds 5",
            "newsfilter evaluate my-pages/ --model mine.joblib --trust-model",
        ),
    ),
    "train": Command(
        "filter.training.cli",
        _LEARNING,
        "Train a model, its card and its figures from labelled data.",
        (
            "newsfilter train corpora/ -o model/mine.joblib",
            "newsfilter train corpora/ corrections.jsonl -o model/mine.joblib",
        ),
    ),
    "model": Command(
        "filter.cli.model",
        _LEARNING,
        "Describe the model: classes, features, training, digest, figures.",
        ("newsfilter model", "newsfilter model --format json"),
    ),
}
"""In the order in which help lists them."""
