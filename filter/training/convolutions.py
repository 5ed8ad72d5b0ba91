"""Fits the convolutional network over blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from filter.convolutions import SIDES, BlockConvolutions, Ranges
from filter.training.labels import UNKNOWN

if TYPE_CHECKING:
    from torch import Tensor

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Window: TypeAlias = tuple[int, int]
"""The first block of a stretch of a page, and the one behind its last."""

WIDTH = 48
REACHES = (1, 2, 4, 8, 1, 2)
RANGE = (0.02, 0.98)
"""Quantiles of a feature between which nearly all of its values lie. With ranges of this kind strange pages
are judged better than with means and deviations, or with ranks."""
OFTEN_MISSING = 0.01
"""Of a feature missing in more than this share of the blocks the network is told whether it is."""
LONGEST = 600
"""Blocks of a page that are learned from at once: longer pages are cut up."""
WINDOWS = 16
"""Stretches of pages that a step learns from."""
SORTED_TOGETHER = 20 * WINDOWS
"""Among so many, those of like lengths are learned from together: little is spent on filling up."""
LEARNING_RATE, WEIGHT_DECAY, WARM_UP = 3e-3, 1e-2, 0.15
DROPPED = 0.2
"""Share of inputs, and of what each layer adds, that is left out at random while fitting."""
LARGEST_STEP = 1.0
_SAMPLE = 200_000
"""Blocks that the ranges are worked out from."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A step's stretches of pages, filled up to one length.

    Attributes
    ----------
    inputs : tensor, shape (windows, blocks, features + flags)
    inside : tensor, shape (windows, blocks, 1)
        1 for a block, 0 for what fills up.
    target, weights : tensors, shape (windows, blocks)
    """

    inputs: Tensor
    inside: Tensor
    target: Tensor
    weights: Tensor


def fit_convolutions(
    matrix: Floats,
    target: npt.NDArray[np.int8],
    weights: Floats,
    pages: Sequence[Window],
    epochs: int,
    threads: int = 1,
    seed: int = 0,
) -> BlockConvolutions:
    """Fit a network. Deterministic for a seed and a number of threads on one machine.

    Parameters
    ----------
    matrix : float32 array, shape (blocks, features)
        NaN stands for a missing value.
    target : int8 array, shape (blocks,)
        1 for a block of the kind looked for, 0 for another, ``UNKNOWN``.
    weights : float32 array, shape (blocks,)
    pages : sequence of (int, int)
        The first block of each page to learn from, and the one behind its last.
    epochs : int
        How often each page is learned from.
    threads, seed : int
    """
    # Large, and needed for fitting alone.
    import torch
    from torch.nn import functional
    from torch.optim import AdamW
    from torch.optim.lr_scheduler import OneCycleLR

    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    ranges = _ranges(matrix, pages, random)
    windows = [window for page in pages for window in cut_up(*page)]
    network = _network(ranges.width)
    optimiser = AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = -(-len(windows) // WINDOWS)
    schedule = OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps * epochs + 1, pct_start=WARM_UP)
    for _ in range(epochs):
        for chosen in _deal(windows, random):
            lesson = _lesson(ranges, matrix, target, weights, chosen)
            odds = _judge(network, lesson)
            losses = functional.binary_cross_entropy_with_logits(odds, lesson.target, reduction="none")
            loss = (losses * lesson.weights).sum() / WINDOWS
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_STEP)
            optimiser.step()
            schedule.step()
    return _learned(ranges, network)


def cut_up(start: int, stop: int) -> list[Window]:
    """Cut a page into as few stretches as may be, all as long as each other, give or take a block."""
    parts = -(-(stop - start) // LONGEST)
    edges = np.linspace(start, stop, parts + 1).astype(int).tolist() if parts else []
    return list(pairwise(edges))


def _ranges(matrix: Floats, pages: Sequence[Window], random: np.random.Generator) -> Ranges:
    blocks = np.concatenate([np.arange(*page) for page in pages])
    sample = matrix[np.sort(random.choice(blocks, min(_SAMPLE, len(blocks)), replace=False))]
    low, high = np.zeros(sample.shape[1]), np.zeros(sample.shape[1])
    for column in range(sample.shape[1]):
        values = sample[np.isfinite(sample[:, column]), column]
        if len(values):
            low[column], high[column] = np.quantile(values, RANGE)
            if high[column] <= low[column]:  # nearly always the same: what is rare counts
                low[column], high[column] = values.mean() + 3 * values.std() * np.array((-1, 1))
    spreads = (high - low) / 2
    return Ranges(
        centres=((low + high) / 2).astype(np.float32),
        spreads=np.where(spreads > 0, spreads, 1).astype(np.float32),
        missing=np.flatnonzero(np.isnan(sample).mean(axis=0) > OFTEN_MISSING),
    )


def _network(inputs: int) -> Any:
    """Return the weights to start from: each layer adds nothing yet."""
    from torch import nn

    network = nn.Module()
    network.dropout = nn.Dropout(DROPPED)
    network.entry = nn.Linear(inputs, WIDTH)
    network.around = nn.ModuleList(
        nn.Conv1d(WIDTH, WIDTH, len(SIDES), dilation=reach, padding=reach) for reach in REACHES
    )
    network.onward = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in REACHES)
    for layer in network.onward:
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
    network.exit = nn.Linear(WIDTH, 1)
    return network


def _judge(network: Any, lesson: Lesson) -> Tensor:
    """Return log-odds as :meth:`filter.convolutions.BlockConvolutions.decision` does, some inputs dropped."""
    known = network.entry(network.dropout(lesson.inputs)).relu()
    for around, onward in zip(network.around, network.onward, strict=True):
        heard = around((known * lesson.inside).transpose(1, 2)).transpose(1, 2).relu()
        known = known + network.dropout(onward(heard))
    odds: Tensor = network.exit(known.relu())[..., 0]
    return odds


def _deal(windows: Sequence[Window], random: np.random.Generator) -> Iterator[list[Window]]:
    """Deal all windows out to steps by chance, those of like lengths together."""
    order = [windows[place] for place in random.permutation(len(windows))]
    steps = []
    for start in range(0, len(order), SORTED_TOGETHER):
        alike = sorted(order[start : start + SORTED_TOGETHER], key=lambda window: window[1] - window[0])
        steps += [alike[first : first + WINDOWS] for first in range(0, len(alike), WINDOWS)]
    for place in random.permutation(len(steps)):
        yield steps[place]


def _lesson(
    ranges: Ranges,
    matrix: Floats,
    target: npt.NDArray[np.int8],
    weights: Floats,
    windows: Sequence[Window],
) -> Lesson:
    import torch

    shape = len(windows), max(stop - start for start, stop in windows)
    scaled = np.zeros((*shape, ranges.width), dtype=np.float32)
    inside = np.zeros((*shape, 1), dtype=np.float32)
    labels, counted = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    for place, (start, stop) in enumerate(windows):
        own = slice(stop - start)
        scaled[place, own] = ranges.scaled(matrix[start:stop])
        inside[place, own] = 1
        labels[place, own] = target[start:stop] == 1
        counted[place, own] = weights[start:stop] * (target[start:stop] != UNKNOWN)
    return Lesson(*(torch.from_numpy(array) for array in (scaled, inside, labels, counted)))


def _learned(ranges: Ranges, network: Any) -> BlockConvolutions:
    """Return the network as numpy evaluates it, at the precision that the model file keeps."""

    def kept(tensor: Any) -> npt.NDArray[np.float64]:
        weights: npt.NDArray[np.float32] = tensor.detach().numpy()
        return weights.astype(np.float16).astype(np.float64)

    return BlockConvolutions(
        ranges,
        entry=kept(network.entry.weight.T),
        entry_bias=kept(network.entry.bias),
        around=np.stack([kept(layer.weight.permute(2, 1, 0)) for layer in network.around]),
        around_bias=np.stack([kept(layer.bias) for layer in network.around]),
        onward=np.stack([kept(layer.weight.T) for layer in network.onward]),
        onward_bias=np.stack([kept(layer.bias) for layer in network.onward]),
        reaches=np.array(REACHES),
        exit=kept(network.exit.weight[0]),
        bias=float(network.exit.bias.detach()[0]),
    )
