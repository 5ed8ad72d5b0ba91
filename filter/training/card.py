"""The model card: what the model is, what it was measured to do, and how to see it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from filter.model import Model
from filter.training import plots
from filter.training.failures import FAILURES, FEWEST, weaknesses

DATA = (
    (
        "wcxb-dev",
        "development split of WCXB 1.0, Web Content eXtraction Benchmark (M. Foley, 2026)",
        "CC-BY-4.0",
        "main content and headlines of 1,497 English pages",
    ),
    (
        "trafilatura-eval",
        "evaluation pages of trafilatura (A. Barbaresi and contributors)",
        "Apache-2.0 (annotations)",
        "segments of 990 pages in German, French, Polish, English and other languages",
    ),
    (
        "spam",
        "SEO and PBN spam from public repositories that spammers use as hosts",
        "none stated; used as examples of spam",
        "spam",
    ),
    (
        "news",
        "news articles from public research collections",
        "publishers' copyright; research and evaluation use",
        "genuine text",
    ),
    (
        "written",
        "passages and articles composed for this project",
        "ours",
        "spam and hard negatives, for training only",
    ),
    (
        "composed",
        "more of these, of sellers and outlets that do not exist: `filter/training/composed`",
        "that of newsfilter",
        "spam and hard negatives, for training only",
    ),
)
"""Folder, what it is, licence, and what it labels."""


def write_card(model: Model, folder: Path) -> None:
    """Write ``README.md`` and its plots beside a model.

    Parameters
    ----------
    model : Model
        With the figures of its training run.
    folder : Path
    """
    figures = dict(model.figures)
    (folder / "plots").mkdir(parents=True, exist_ok=True)
    plots.reliability(_calibrations(figures), folder / "plots/reliability.png")
    plots.precision_recall(figures["precision and recall"], folder / "plots/precision_recall.png")
    plots.learning_curve(figures["learning curve"], folder / "plots/learning.png")
    plots.spam_curves(figures["spam"]["curves"], folder / "plots/spam_curves.png")
    plots.restored(
        [own for own in figures["spam"]["spliced"] if own["pages"] >= FEWEST], folder / "plots/restored.png"
    )
    (folder / "README.md").write_text("\n".join(_card(model, figures)) + "\n", encoding="utf-8")


def _card(model: Model, figures: Mapping[str, Any]) -> Iterator[str]:
    yield "# The default model"
    yield ""
    yield (
        "Labels every block of a page `title`, `article`, `furniture` or `spam`, and gives the page a "
        "verdict. Written by `newsfilter train`; do not edit."
    )
    yield ""
    yield f"* File: `{Path(model.source).name}`, SHA-256 `{model.digest}`"
    versions = ", ".join(f"{name} {version}" for name, version in sorted(model.versions.items()))
    yield f"* Trained with {versions}"
    yield "* Holds arrays and plain values only; prediction needs numpy alone."
    yield ""
    yield "## Data"
    yield ""
    yield from _table(("folder", "what", "licence", "labels"), DATA)
    for name, digest in sorted(model.training["corpora"].items()):
        yield f"Digest of `{name}`, names and contents: `{digest}`."
    yield ""
    yield from _page_section(figures)
    yield from _spam_section(figures["spam"])
    yield "## Known failures"
    yield ""
    yield from (f"* {failure}" for failure in FAILURES)
    yield ""
    yield "Sample pages that the default model fails on: `KNOWN_FAILURES` in `tests/test_samples.py`."
    yield ""
    yield (
        "What stands out in the figures above: the worst of the groups whose whole interval is on the worse "
        f"side of the figure of all, if they have at least {FEWEST} pages."
    )
    yield ""
    yield from _table(
        ("figure", "pages", "worst groups", "all"),
        (
            (
                weakness.figure,
                weakness.pages,
                ", ".join(f"{group.name} ({group.value:.3f})" for group in weakness.groups),
                f"{weakness.overall:.3f}",
            )
            for weakness in weaknesses(figures)
        ),
    )
    yield "## Reproduce"
    yield ""
    yield "```"
    yield "pip install '.[train]'"
    yield "newsfilter train CORPORA -o models/default.joblib --default   # model and card"
    yield "newsfilter evaluate CORPORA/wcxb-dev CORPORA/trafilatura-eval --folds 5   # pages, by site"
    yield "newsfilter evaluate CORPORA --spam                    # spam, by campaign and outlet"
    yield "newsfilter evaluate CORPORA --spam --unseen-niches    # spam, whole niches left out"
    yield "```"


def _page_section(figures: Mapping[str, Any]) -> Iterator[str]:
    yield from _heading(
        "Main content",
        "Folds by domain, five of them: both passes judge a page without having seen its domain. The second "
        "pass of a fold learns from first-pass probabilities that are out of fold themselves; the first-pass "
        "models behind those of the other folds have seen the page's labels, which is the one thread left "
        "between them. Word F1 as WCXB counts it; intervals are bootstrapped by domain; the oracle is what "
        "gold labels of our blocks would give.",
    )
    rates = ("oracle", "precision", "recall", "exact", "snippets in", "junk in")
    yield from _table(
        ("pages", "n", "paragraphs lost", "word F1", "95 %", *rates),
        (
            (
                name or "(none)",
                str(own["pages"]),
                f"{own['paragraphs lost']:.4f}",
                f"{own['f1']:.4f}",
                _interval(own["interval"], 3),
                *(f"{own[rate]:.3f}" for rate in rates),
            )
            for name, own in figures["pages"].items()
            if name != "segments"
        ),
    )
    if "segments" in figures["pages"]:
        own = figures["pages"]["segments"]
        yield (
            f"Trafilatura's evaluation pages: F {own['f1']:.4f} (precision {own['precision']:.4f}, "
            f"recall {own['recall']:.4f}) of its segments."
        )
        yield ""
    yield "What `favour` costs, on articles:"
    yield ""
    yield from _table(
        ("favour", "genuine paragraphs lost", "share of the text that is furniture", "word F1"),
        (
            (name, *(f"{own[cost]:.4f}" for cost in ("paragraphs lost", "furniture kept", "f1")))
            for name, own in figures["favour"].items()
        ),
    )
    yield (
        "Precision and recall of blocks, as the least probability from which on one is taken moves. Blocks "
        "weigh as they do in training: by the root of their words, doubtful ones less, and those of a page "
        "together as much as those of any other. No such bound decides in use: which blocks are taken is "
        "chosen page by page, for the best F that can be expected."
    )
    yield ""
    yield "![Precision and recall of main content](plots/precision_recall.png)"
    yield ""
    yield "![Reliability of the probabilities of main content and of spam](plots/reliability.png)"
    yield ""
    yield (
        "How accuracy grows with the pages learned from (models of half the size, measured on a fifth of "
        "the sites):"
    )
    yield ""
    yield from _table(
        ("pages learned from", "word F1, articles", "word F1, all"),
        (
            (str(point["pages"]), f"{point['article']:.4f}", f"{point['all']:.4f}")
            for point in figures["learning curve"]
        ),
    )
    yield "![Word F1 by pages learned from](plots/learning.png)"
    yield ""


def _spam_section(spam: Mapping[str, Any]) -> Iterator[str]:
    yield from _heading(
        "Spam",
        "Cross-validated with spam campaigns, news outlets and sites disjoint between training and test. "
        "*Restored*: all blocks put in were labelled, and none of the article's. *Leaked*: share of these "
        "blocks that were not. *Damaged*: pages on which a block of the article was labelled. Thresholds are "
        "set by the false alarms on articles with markup, and on news in plain text; other pages, and as "
        "text the main content of pages of each type, are shown for themselves.",
    )
    spliced = sorted(spam["spliced"], key=lambda figure: (figure["group"], -figure["pages"]))
    yield from _table(
        ("spliced pages", "", "pages", "restored", "95 %", "leaked", "damaged"),
        (
            (
                own["group"],
                own["name"],
                str(own["pages"]),
                f"{own['restored']:.3f}",
                _interval(own["restored interval"], 3),
                f"{own['leaked']:.3f}",
                f"{own['damaged']:.3f}",
            )
            for own in spliced
            if own["pages"] >= FEWEST
        ),
    )
    yield from _table(
        ("genuine pages", "pages", "with a false alarm", "95 %"),
        (
            (own["subject"], str(own["pages"]), f"{own['share']:.4f}", _interval(own["interval"], 4))
            for own in spam["alarms"]
        ),
    )
    for form, share in spam["pure"].items():
        yield f"Pages of pure spam known for it in {form}, at one genuine page in a thousand: {share:.3f}."
        yield ""
    yield from _curves_section(spam["curves"])
    yield "![Restored pages by form of the splice](plots/restored.png)"
    yield ""


def _curves_section(curves: Mapping[str, Any]) -> Iterator[str]:
    mixes = " and ".join(
        f"in {form} {own['spliced']} spliced pages beside {own['genuine']} genuine articles"
        for form, own in curves.items()
    )
    yield (
        "What finding more costs, as the threshold of runs moves. *Recall*: share of the blocks put in that "
        "were labelled. *Precision*: share of the labelled blocks that had been put in, blocks outside "
        f"articles aside; it hangs on the mix of pages, {mixes}."
    )
    yield ""
    yield from _table(
        ("pages", "favour", "articles with a false alarm", "recall", "precision"),
        (
            (form, favour, f"{point['alarms']:.4f}", f"{point['recall']:.3f}", f"{point['precision']:.3f}")
            for form, own in curves.items()
            for favour, point in own["favour"].items()
        ),
    )
    yield "![Recall, precision and false alarms of the search for spam](plots/spam_curves.png)"
    yield ""


def _calibrations(figures: Mapping[str, Any]) -> dict[str, Any]:
    spam = {f"spam, {form}": own["calibration"] for form, own in figures["spam"]["curves"].items()}
    return {"main content": figures["calibration"]} | spam


def _heading(title: str, how: str) -> Iterator[str]:
    """Head a section, and say how its figures were measured."""
    yield from (f"## {title}", "", how, "")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lay out a table, with the empty line that ends it."""
    yield _row(header)
    yield "|" + "---|" * len(header)
    yield from map(_row, rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def _interval(bounds: Sequence[float], decimals: int) -> str:
    low, high = bounds
    return f"{low:.{decimals}f}–{high:.{decimals}f}"
