"""The options that say how pages are judged, shared by commands."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from filter.cleaner import Cleaner
    from filter.model import Model


class Favour(StrEnum):
    """Which mistakes to avoid: genuine text kept wrongly, or lost."""

    PRECISION = "precision"
    BALANCED = "balanced"
    RECALL = "recall"


FavourOption = Annotated[
    Favour,
    typer.Option(
        "--favour",
        rich_help_panel="Judgement",
        help="Rather too little text (precision) or too much (recall).",
    ),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", rich_help_panel="Judgement", help="A model of your own."),
]
ModelDigestOption = Annotated[
    str | None,
    typer.Option(
        "--model-digest", metavar="SHA256", rich_help_panel="Judgement", help="The digest it must have."
    ),
]
TrustModelOption = Annotated[
    bool,
    typer.Option("--trust-model", rich_help_panel="Judgement", help="Load it whatever its digest is."),
]


def load_model(path: Path | None, digest: str | None, trusted: bool) -> Model:
    """Load the model that the options name; the one that comes with the package without.

    Raises
    ------
    ModelError
        If the file is foreign, damaged, or not vouched for.
    """
    from filter.model import load  # here: help must not wait for the numerical libraries

    return load(path, digest=digest, trusted=trusted)


def make_cleaner(favour: Favour, path: Path | None, digest: str | None, trusted: bool) -> Cleaner:
    """Return a cleaner with the model that the options name.

    Raises
    ------
    ModelError
        If the file is foreign, damaged, or not vouched for.
    """
    # Starting a thread a processor takes longer than a page: the numerical library needs one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with _nothing_is_garbage():
        from filter.cleaner import Cleaner

        model = load_model(path, digest, trusted) if path or digest else None
        return Cleaner(model=model, favour=favour.value)


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """Keep Python from looking for garbage among what is made here, now and when it ends.

    Modules and models stay. Looking through them again and again takes a seventh
    of the time in which a page is cleaned from a cold start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
