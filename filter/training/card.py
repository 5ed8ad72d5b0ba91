"""The model card: what the model is, what it was measured to do, and how to see it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from filter.model import Model
from filter.training import plots

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
)
"""Folder, what it is, licence, and what it labels."""

FAILURES = (
    "Guest posts and advice pages that a site prints as its own articles are kept: nothing sets them apart "
    "from their page.",
    "A single neutral sentence slipped in with a link is found less often than a passage: see the table.",
    "Listings, product pages and collections have no single article; their figures are far below those of "
    "articles.",
    "Comment sections without names in the markup that say what they are may be taken for the article, "
    "above all under very short articles.",
    "Languages other than English rest on few outlets and few spammers each; scripts without spaces on "
    "fewer still.",
    "A digest of unrelated short reports reads like a string of topic breaks: false alarms are likeliest "
    "there.",
)


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
    plots.reliability(figures["calibration"], folder / "plots/reliability.png")
    plots.learning_curve(figures["learning curve"], folder / "plots/learning.png")
    plots.restored(
        [own for own in figures["spam"]["spliced"] if own["pages"] >= _FEWEST], folder / "plots/restored.png"
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
    yield "| folder | what | licence | labels |"
    yield "|---|---|---|---|"
    for row in DATA:
        yield "| " + " | ".join(row) + " |"
    yield ""
    for name, digest in sorted(model.training["corpora"].items()):
        yield f"Digest of `{name}`, names and contents: `{digest}`."
    yield ""
    yield from _page_section(figures)
    yield from _spam_section(figures["spam"])
    yield "## Known failures"
    yield ""
    for failure in FAILURES:
        yield f"* {failure}"
    yield ""
    yield "## Reproduce"
    yield ""
    yield "```"
    yield "pip install '.[train]'"
    yield "newsfilter train CORPORA -o models/default.joblib --default   # model and card"
    yield "newsfilter evaluate CORPORA/wcxb-dev CORPORA/trafilatura-eval --folds 5   # main content"
    yield "newsfilter evaluate CORPORA --spam                    # spam, by campaign and outlet"
    yield "newsfilter evaluate CORPORA --spam --unseen-niches    # spam, whole niches left out"
    yield "```"


def _page_section(figures: Mapping[str, Any]) -> Iterator[str]:
    yield "## Main content"
    yield ""
    yield (
        "Folds by domain, five of them: both passes judge a page without having seen its "
        "domain. The second pass of a "
        "fold learns from first-pass probabilities that are out of fold themselves; the first-pass models "
        "behind those of the other folds have seen the page's labels, which is the one thread left between "
        "them. Word F1 as WCXB counts it; intervals are bootstrapped by domain; the oracle is what gold "
        "labels of our blocks would give."
    )
    yield ""
    yield (
        "| pages | n | paragraphs lost | word F1 | 95 % | oracle | precision | recall | exact | snippets in "
        "| junk in |"
    )
    yield "|" + "---|" * 11
    for name, own in figures["pages"].items():
        if name == "segments":
            continue
        low, high = own["interval"]
        shown = [own["paragraphs lost"], own["f1"]]
        rest = [own[key] for key in ("oracle", "precision", "recall", "exact", "snippets in", "junk in")]
        yield (
            f"| {name or '(none)'} | {own['pages']} | "
            + " | ".join(f"{value:.4f}" for value in shown)
            + f" | {low:.3f}–{high:.3f} | "
            + " | ".join(f"{value:.3f}" for value in rest)
            + " |"
        )
    if "segments" in figures["pages"]:
        own = figures["pages"]["segments"]
        yield ""
        yield (
            f"Trafilatura's evaluation pages: F {own['f1']:.4f} (precision {own['precision']:.4f}, "
            f"recall {own['recall']:.4f}) of its segments."
        )
    yield ""
    yield "What `favour` costs, on articles:"
    yield ""
    yield "| favour | genuine paragraphs lost | share of the text that is furniture | word F1 |"
    yield "|---|---|---|---|"
    for name, own in figures["favour"].items():
        yield f"| {name} | {own['paragraphs lost']:.4f} | {own['furniture kept']:.4f} | {own['f1']:.4f} |"
    yield ""
    yield "![Reliability of the probabilities of main content](plots/reliability.png)"
    yield ""
    yield (
        "How accuracy grows with the pages learned from (models of half the size, measured on a fifth of "
        "the sites):"
    )
    yield ""
    yield "| pages learned from | word F1, articles | word F1, all |"
    yield "|---|---|---|"
    for point in figures["learning curve"]:
        yield f"| {point['pages']} | {point['article']:.4f} | {point['all']:.4f} |"
    yield ""
    yield "![Word F1 by pages learned from](plots/learning.png)"
    yield ""


def _spam_section(spam: Mapping[str, Any]) -> Iterator[str]:
    yield "## Spam"
    yield ""
    yield (
        "Cross-validated with spam campaigns, news outlets and sites disjoint between training and test. "
        "*Restored*: all blocks put in were labelled, and none of the article's. *Leaked*: share of these "
        "blocks that were not. *Damaged*: pages on which a block of the article was labelled. False alarms "
        "count on genuine articles; of the pages with markup, the other types are shown for themselves."
    )
    yield ""
    yield "| spliced pages | | pages | restored | 95 % | leaked | damaged |"
    yield "|---|---|---|---|---|---|---|"
    for own in sorted(spam["spliced"], key=lambda figure: (figure["group"], -figure["pages"])):
        if own["pages"] < _FEWEST:
            continue
        low, high = own["restored interval"]
        yield (
            f"| {own['group']} | {own['name']} | {own['pages']} | {own['restored']:.3f} "
            f"| {low:.3f}–{high:.3f} | {own['leaked']:.3f} | {own['damaged']:.3f} |"
        )
    yield ""
    yield "| genuine pages | pages | with a false alarm | 95 % |"
    yield "|---|---|---|---|"
    for own in spam["alarms"]:
        low, high = own["interval"]
        yield f"| {own['subject']} | {own['pages']} | {own['share']:.4f} | {low:.4f}–{high:.4f} |"
    yield ""
    for form, share in spam["pure"].items():
        yield f"Pages of pure spam known for it in {form}, at one genuine page in a thousand: {share:.3f}."
        yield ""
    yield ""
    yield "![Restored pages by form of the splice](plots/restored.png)"
    yield ""


_FEWEST = 15
