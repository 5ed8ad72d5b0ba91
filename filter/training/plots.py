"""The plots of the model card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt


def reliability(bins: Sequence[Mapping[str, float]], path: Path) -> None:
    """Plot what came true against what was stated, bin by bin."""
    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.plot([one["stated"] for one in bins], [one["true"] for one in bins], marker="o")
    axes.set_xlabel("stated probability of main content")
    axes.set_ylabel("share that is main content")
    axes.set_title("Reliability, out of fold")
    figure.savefig(path, dpi=100, bbox_inches="tight")
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
    figure.savefig(path, dpi=100, bbox_inches="tight")
    plt.close(figure)


def learning_curve(points: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Plot word F1 by the number of pages learned from."""
    figure, axes = plt.subplots(figsize=(5, 4))
    for name, marker in (("article", "o"), ("all", "s")):
        pages, values = ([point[key] for point in points] for key in ("pages", name))
        axes.plot(pages, values, marker=marker, label=f"{name} pages" if name == "all" else "articles")
    axes.set_xscale("log", base=2)
    axes.set_xlabel("pages learned from")
    axes.set_ylabel("word F1 on sites never seen")
    axes.legend()
    figure.savefig(path, dpi=100, bbox_inches="tight")
    plt.close(figure)
