"""The first pass's matrix: every feature of a block that its page alone gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from filter.features.batch import Batch
from filter.features.columns import Columns
from filter.features.declared import add_declared
from filter.features.page_type import add_page_type
from filter.features.prose import add_headings, add_neighbours, add_place, add_prose
from filter.features.structure import Containers, add_containers, add_elements, find_containers

Floats = npt.NDArray[np.float32]


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


def first_features(batch: Batch, text_scores: Floats, hint_scores: Floats) -> FirstFeatures:
    """Compute the features of every block of a batch of HTML pages.

    Parameters
    ----------
    batch : Batch
    text_scores : float32 array, shape (blocks, 2)
        See :func:`filter.features.prose.add_prose`.
    hint_scores : float32 array, shape (hints, 2)
        See :func:`filter.features.structure.add_elements`.
    """
    columns = Columns()
    containers = find_containers(batch)
    add_prose(columns, batch, text_scores)
    add_place(columns, batch)
    add_declared(columns, batch)
    add_page_type(columns, batch)
    add_elements(columns, batch, hint_scores)
    add_containers(columns, batch, containers, text_scores[:, 0])
    add_headings(columns, batch, text_scores[:, 0])
    add_neighbours(columns, batch)
    return FirstFeatures(columns.names, columns.matrix(), containers)
