"""Arrays under names: what is put together comes apart again."""

from __future__ import annotations

import numpy as np

from filter.arrays import join, part

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
