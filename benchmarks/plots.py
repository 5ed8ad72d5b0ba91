"""The plots of the benchmarks, as SVG beside the code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "newsfilter"

from matplotlib import pyplot  # noqa: E402 (the backend must be chosen first)
from matplotlib.figure import Figure  # noqa: E402

from benchmarks.frontier import CHOSEN, SHIPPED, Point  # noqa: E402
from benchmarks.growth import Curve  # noqa: E402
from benchmarks.memory import Holding  # noqa: E402

FOLDER = Path(__file__).parent / "plots"


def plot_growth(curves: Sequence[Curve], folder: Path = FOLDER) -> Path:
    """Draw CPU time against size, both logarithmic: a straight line of slope 1 is linear growth."""
    figure, axes = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    for curve in curves:
        axes.plot(curve.megabytes, curve.seconds, marker="o", markersize=3, label=curve.name)
    axes.set(xscale="log", yscale="log", xlabel="size of the page, MB", ylabel="CPU seconds")
    axes.axline((1, 0.1), (10, 1), color="grey", linestyle=":", linewidth=1, label="linear")
    axes.legend(fontsize="small")
    return _saved(figure, folder / "growth.svg")


def plot_frontier(points: Sequence[Point], folder: Path = FOLDER) -> Path:
    """Draw word F1 of all pages against the time that judging takes, the shipped classifier ringed."""
    figure, axes = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    for family in dict.fromkeys(point.family for point in points):
        own = [point for point in points if point.family == family]
        times = [point.milliseconds for point in own]
        axes.plot(times, [point.everything for point in own], marker="o", label=family)
        for point in own:
            axes.annotate(str(point.trees), (point.milliseconds, point.everything), fontsize="small")
            if (family, point.trees) == (SHIPPED, CHOSEN):
                place = point.milliseconds, point.everything
                axes.plot(*place, marker="o", markersize=16, fillstyle="none", color="black", label="shipped")
    axes.set(xlabel="CPU ms a page to judge its blocks", ylabel="word F1, all of WCXB's development pages")
    axes.legend()
    return _saved(figure, folder / "frontier.svg")


def plot_memory(holding: Holding, folder: Path = FOLDER) -> Path:
    """Draw memory held against pages cleaned, with the ±5 % band around its beginning."""
    figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
    pages, megabytes = zip(*holding, strict=True)
    axes.plot(pages, megabytes)
    axes.axhspan(0.95 * megabytes[0], 1.05 * megabytes[0], alpha=0.15)
    axes.set(xlabel="pages cleaned", ylabel="memory held, MB", ylim=(0, 1.3 * max(megabytes)))
    return _saved(figure, folder / "memory.svg")


def _saved(figure: Figure, file: Path) -> Path:
    """Save a plot; return where, seen from the working directory."""
    file.parent.mkdir(exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
    return Path(os.path.relpath(file))
