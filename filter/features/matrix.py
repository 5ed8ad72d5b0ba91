"""The first pass's matrix: every feature of a block that its page alone gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.batch import Batch
from filter.features.columns import Columns
from filter.features.declared import add_declared
from filter.features.page_type import add_page_type
from filter.features.prose import add_headings, add_images, add_links, add_neighbours, add_place, add_prose
from filter.features.structure import Containers, add_containers, add_elements, find_containers

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordScores:
    """What linear models over words say of a batch, ahead of all features: log-odds of main content.

    Attributes
    ----------
    text : float32 array, shape (blocks, 2)
        Of each block's text: among all blocks of a page, and among those amid main content.
    addresses : float32 array, shape (blocks,)
        Of the addresses that each block links to.
    hints : float32 array, shape (hints, 2)
        Of each hint of the batch: as a block's own, and as an ancestor's.
    """

    text: Floats
    addresses: Floats
    hints: Floats


@dataclass(frozen=True, slots=True)
class FirstFeatures:
    """What the first pass knows of a batch of pages.

    Attributes
    ----------
    names : list of str
        The feature in each column.
    matrix : float32 array, shape (blocks, features)
    containers : Containers
        Found on the way, and of use to the second pass.
    """

    names: list[str]
    matrix: Floats
    containers: Containers


def first_features(batch: Batch, scores: WordScores) -> FirstFeatures:
    """Compute the features of every block of a batch of HTML pages.

    Parameters
    ----------
    batch : Batch
    scores : WordScores
    """
    columns = Columns()
    containers = find_containers(batch)
    add_prose(columns, batch, scores.text)
    add_links(columns, batch, scores.addresses)
    add_place(columns, batch)
    add_declared(columns, batch)
    add_page_type(columns, batch)
    add_images(columns, batch)
    add_elements(columns, batch, scores.hints)
    add_containers(columns, batch, containers, scores.text[:, 0])
    add_headings(columns, batch, scores.text[:, 0])
    add_neighbours(columns, batch)
    return FirstFeatures(columns.names, columns.matrix(), containers)
