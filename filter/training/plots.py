"""The plots of the model card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

_PAGES = {"article": "articles", "all": "all pages"}
"""What the legends call the pages that figures are of."""


def reliability(calibrations: Mapping[str, Sequence[Mapping[str, float]]], path: Path) -> None:
    """Plot what came true against what was stated, bin by bin, for each kind of probability."""
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for (name, bins), marker in zip(calibrations.items(), "os^", strict=False):
        axes.plot([one["stated"] for one in bins], [one["true"] for one in bins], marker=marker, label=name)
    axes.set_xlabel("stated probability")
    axes.set_ylabel("share of blocks of which it came true")
    axes.set_title("Reliability, out of fold")
    axes.legend(loc="upper left")
    _save(figure, path)


def precision_recall(curves: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Plot precision against recall of main content, by pages; a mark where the probability is one half."""
    figure, axes = plt.subplots(figsize=(5, 4))
    for (name, curve), style in zip(curves.items(), ("-", "--"), strict=False):
        points = curve["points"]
        label = f"{_PAGES[name]}: average precision {curve['average precision']:.3f}"
        (line,) = axes.plot(
            [point["recall"] for point in points],
            [point["precision"] for point in points],
            style,
            label=label,
        )
        for point in points:
            if point["probability"] == 0.5:
                axes.plot(point["recall"], point["precision"], "o", color=line.get_color())
    axes.plot([], [], "o", color="grey", label="at probability 0.5")
    axes.set_xlabel("recall of main content")
    axes.set_ylabel("precision of main content")
    axes.set_title("Precision and recall, out of fold")
    axes.legend(loc="lower left")
    _save(figure, path)


def spam_curves(curves: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Plot recall of spam against false alarms, and precision against recall; marks for each ``favour``."""
    figure, (alarms, precision) = plt.subplots(ncols=2, figsize=(10, 4.5), layout="constrained")
    for (form, curve), style in zip(curves.items(), ("-", "--"), strict=False):
        for axes, x, y in ((alarms, "alarms", "recall"), (precision, "recall", "precision")):
            points = [point for point in curve["points"] if point[x] > 0]
            (line,) = axes.plot([one[x] for one in points], [one[y] for one in points], style, label=form)
            for point, marker in zip(curve["favour"].values(), "os^", strict=False):
                axes.plot(point[x], point[y], marker, color=line.get_color())
    for favour, marker in zip(next(iter(curves.values()))["favour"], "os^", strict=False):
        precision.plot([], [], marker, color="grey", label=f"as set for `{favour}`")
    alarms.set_xscale("log")
    alarms.set_xlabel("share of genuine articles with a false alarm")
    alarms.set_ylabel("recall of blocks put in")
    # Below both lines, for precision falls as recall grows: on the left one lies where the legend would.
    precision.legend(loc="lower left")
    precision.set_xlabel("recall of blocks put in")
    precision.set_ylabel("precision of blocks labelled spam")
    figure.suptitle("Spam by form of the page, cross-validated")
    figure.savefig(path, dpi=100)
    plt.close(figure)


def restored(spliced: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Plot the share of restored pages by form and by site of the splice."""
    chosen = [own for own in spliced if own["group"].endswith(("form", "site"))]
    chosen.sort(key=lambda own: (own["group"], own["restored"]))
    figure, axes = plt.subplots(figsize=(7, 0.35 * len(chosen) + 1))
    names = [f"{own['group']}: {own['name']}" for own in chosen]
    axes.barh(names, [own["restored"] for own in chosen])
    axes.set_xlim(0, 1)
    axes.set_xlabel("share of pages restored")
    _save(figure, path)


def learning_curve(points: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Plot word F1 by the number of pages learned from."""
    figure, axes = plt.subplots(figsize=(5, 4))
    for name, marker in (("article", "o"), ("all", "s")):
        pages, values = ([point[key] for point in points] for key in ("pages", name))
        axes.plot(pages, values, marker=marker, label=_PAGES[name])
    axes.set_xscale("log", base=2)
    axes.set_xlabel("pages learned from")
    axes.set_ylabel("word F1 on sites never seen")
    axes.legend()
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    figure.savefig(path, dpi=100, bbox_inches="tight")
    plt.close(figure)
