"""What a block's links and the images by it say of it."""

from __future__ import annotations

import numpy as np
import pytest

from filter.features.batch import Batch, gather
from filter.features.columns import Columns
from filter.features.prose import add_images, add_links
from filter.markup import read_markup


def columns_of(batch: Batch) -> Columns:
    """The features of links and of images; each block's address scores as much as its number."""
    columns = Columns()
    add_links(columns, batch, np.arange(batch.blocks, dtype=np.float32))
    add_images(columns, batch)
    return columns


def test_a_block_without_an_address_has_no_address_score() -> None:
    columns = columns_of(gather([read_markup('<p>a<p><a href="/b">b</a><p><a>c</a><p>d <a href="/e">e</a>')]))
    np.testing.assert_array_equal(columns["address score"], [np.nan, 1, np.nan, 3])


def test_link_density_is_the_share_of_characters_in_links() -> None:
    columns = columns_of(gather([read_markup('<p>abc <a href="/">d</a><p><a href="/">efgh</a><p>i')]))
    assert np.asarray(columns["link density"]).tolist() == pytest.approx([0.2, 1, 0])


def test_images_are_seen_from_the_blocks_around_but_not_from_another_page() -> None:
    pages = [read_markup("<p>a</p><img><p>b<p>c"), read_markup("<img><img><p>d<p>e")]
    columns = columns_of(gather(pages))
    np.testing.assert_array_equal(columns["images"], [0, 1, 0, 2, 0])
    np.testing.assert_array_equal(columns["images at -1"], [np.nan, 0, 1, np.nan, 2])
    np.testing.assert_array_equal(columns["images at +2"], [0, np.nan, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(columns["page images"], np.log1p([1, 1, 1, 2, 2]))
