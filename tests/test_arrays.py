"""Arrays under names: what is put together comes apart again, and must have its shape."""

from __future__ import annotations

import numpy as np
import pytest

from filter.arrays import join, part, require_buckets, require_shape
from filter.errors import ModelError

ONE, TWO, THREE = (np.array([number]) for number in (1, 2, 3))


def test_names_say_whose_an_array_is() -> None:
    assert list(join({"text": {"first": ONE, "second": TWO}, "markup": {"first": THREE}})) == [
        "text.first",
        "text.second",
        "markup.first",
    ]


def test_a_part_comes_out_as_it_went_in_however_deep() -> None:
    whole = join({"text": join({"titles": {"leaves": ONE}}), "text_spam": {"leaves": TWO}})
    assert part(whole, "text") == {"titles.leaves": ONE}
    assert part(part(whole, "text"), "titles") == {"leaves": ONE}
    assert part(whole, "text_spam") == {"leaves": TWO}


def test_a_part_that_is_not_there_is_empty() -> None:
    assert part({"text.first": ONE}, "tex") == {}


def test_an_array_of_the_shape_required_passes() -> None:
    require_shape("weights", np.zeros((2, 3)), (2, 3))
    require_shape("bias", np.array(1.0), ())


@pytest.mark.parametrize("shape", [(2,), (3, 2), (2, 3, 1), ()])
def test_an_array_of_another_shape_is_refused_by_name(shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match=r"'weights' has the shape .*, not \(2, 3\): train"):
        require_shape("weights", np.zeros(shape), (2, 3))


@pytest.mark.parametrize("length", [1, 2, 256])
def test_tables_for_hashes_are_as_long_as_a_power_of_two(length: int) -> None:
    require_buckets("words", np.zeros(length))
    require_buckets("words", np.zeros((length, 3)), 3)


@pytest.mark.parametrize("length", [0, 3, 255, 257])
def test_others_are_refused_by_name(length: int) -> None:
    with pytest.raises(ModelError, match=f"'words' has {length} rows"):
        require_buckets("words", np.zeros(length))


@pytest.mark.parametrize("shape", [(), (4, 1), (4, 1, 1)])
def test_so_are_tables_with_more_or_fewer_columns(shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match="'words' has the shape"):
        require_buckets("words", np.zeros(shape))
