"""``newsfilter train`` and ``newsfilter evaluate``: labelled data in, models and figures out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from filter.cli.judge import (
    Favour,
    FavourOption,
    ModelDigestOption,
    ModelOption,
    TrustModelOption,
    load_model,
)
from filter.cli.output import report, write
from filter.errors import CallerError

Corpora = Annotated[
    list[Path],
    typer.Argument(metavar="CORPUS...", help="Folders of labelled pages."),
]


def train(
    corpora: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPORA [LABELS]...",
            help="The folder of all corpora; then any corrected labels or folders of pages of your own.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="MODEL", rich_help_panel="Output", help="Where the model goes."
        ),
    ],
    folds: Annotated[int, typer.Option(min=2, rich_help_panel="Fitting", help="Parts, split by site.")] = 5,
    trees: Annotated[int, typer.Option(min=1, rich_help_panel="Fitting", help="Trees in each pass.")] = 200,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            metavar="FOLDER",
            rich_help_panel="Fitting",
            help="Keep finished parts, to go on later.",
        ),
    ] = None,
    default: Annotated[
        bool,
        typer.Option(
            "--default",
            rich_help_panel="Output",
            help="Make it the model that this checkout trusts, by its digest.",
        ),
    ] = False,
) -> None:
    """Train a model, its card and its figures from labelled data.

    The card, README.md, and its plots go beside the model. Training on the
    corpora of the project takes an hour and a half on two cores, and 18 GB of memory.
    """
    _need_training_extra(fits=True)
    from filter.model import record_default, save
    from filter.training.card import write_card
    from filter.training.figures import figures_of
    from filter.training.fitting import train as fit
    from filter.training.fitting import with_figures
    from filter.training.rows import Settings

    _make_folder(output.parent)
    training = fit(corpora[0], corpora[1:], Settings(folds=folds, trees=trees), report, cache)
    model = save(with_figures(training, figures_of(training, report)), output)
    if default:
        record_default(model)
    write_card(model, output.parent)
    write(f"{output}: {output.stat().st_size:,} bytes, SHA-256 {model.digest}")


def _make_folder(folder: Path) -> None:
    """Make the folder that the model goes to: better to fail now than when an hour of fitting is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CallerError(f"can't make the folder {folder} ({error.strerror}): choose another") from error


def evaluate(
    corpora: Corpora,
    folds: Annotated[
        int,
        typer.Option(
            min=0,
            rich_help_panel="Measure",
            help="Fit anew on all folds but one, split by site, and measure that one; 0: measure a model.",
        ),
    ] = 0,
    trees: Annotated[int, typer.Option(min=1, rich_help_panel="Measure", help="Trees in each pass.")] = 200,
    spam: Annotated[
        bool, typer.Option("--spam", rich_help_panel="Measure", help="Cross-validate the search for spam.")
    ] = False,
    unseen_niches: Annotated[
        bool,
        typer.Option(
            "--unseen-niches", rich_help_panel="Measure", help="With --spam: whole niches left out."
        ),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", metavar="MODEL", rich_help_panel="Measure", help="A second model, on the same pages."
        ),
    ] = None,
    favour: FavourOption = Favour.BALANCED,
    model: ModelOption = None,
    model_digest: ModelDigestOption = None,
    trust_model: TrustModelOption = False,
) -> None:
    """Measure accuracy on labelled data, false removals first.

    Without --folds, the model is measured as it is: on pages that it was
    trained on, such figures say nothing.
    """
    _need_training_extra(fits=spam or folds > 0)
    from filter.cleaner import Cleaner
    from filter.training import comparison
    from filter.training.fitting import read_training_pages
    from filter.training.pages import read_gold_pages

    if spam:
        from filter.training.spam_evaluation import evaluate_spam

        write(str(evaluate_spam(corpora[0], report, unseen_niches=unseen_niches)))
        return
    if folds:
        if folds < 2:
            raise CallerError("--folds needs at least 2: pages must be fitted on and measured apart")
        from filter.training.rows import Settings

        golds = read_training_pages(corpora, folds)
        write(comparison.cross_validated(golds, Settings(folds=folds, trees=trees), favour.value, report))
        return
    golds = [gold for corpus in corpora for gold in read_gold_pages(corpus)]
    report(f"{len(golds)} labelled pages read")
    first = load_model(model, model_digest, trust_model)
    texts = comparison.clean_texts(golds, Cleaner(first, favour.value))
    write(comparison.describe(golds, texts))
    if against is not None:
        other = load_model(against, None, True)
        write(comparison.compare(golds, texts, comparison.clean_texts(golds, Cleaner(other, favour.value))))


def _need_training_extra(*, fits: bool) -> None:
    try:
        import catboost  # noqa: F401
        import selectolax  # noqa: F401
        import sklearn  # noqa: F401

        if fits:
            import torch  # noqa: F401
    except ImportError as error:
        raise CallerError(
            f"{error.name} is not installed: training and evaluation need `pip install 'newsfilter[train]'`"
        ) from error
