"""Trees and a network beside them: who has what say."""

from __future__ import annotations

import numpy as np
import pytest

from filter.second_look import SecondLook
from filter.second_opinion import SecondOpinion
from tests.judges import steady, stump

UNSURE = -5.0
"""What the trees of these tests say where the first feature is 0."""


def judge(look: SecondLook, values: list[float]) -> list[float]:
    """Judge a page by the one feature of its blocks."""
    matrix = np.array(values, dtype=np.float32).reshape(-1, 1)
    return look.decision(matrix, np.zeros(len(values), dtype=np.int64)).tolist()


@pytest.mark.parametrize("said", [-8.0, 0.0, 3.0])
def test_the_network_has_half_the_say(said: float) -> None:
    look = SecondLook(stump(0, 0.5, -1.0, 2.0), SecondOpinion(steady(1, said)))
    assert judge(look, [0, 1]) == [(said - 1) / 2, (said + 2) / 2]


def test_trees_alone_have_all_the_say() -> None:
    assert judge(SecondLook(stump(0, 0.5, UNSURE, 2.0)), [0, 1]) == [UNSURE, 2.0]


def test_trees_have_all_the_say_where_the_network_is_not_asked() -> None:
    look = SecondLook(stump(0, 0.5, UNSURE, -2.5), SecondOpinion(steady(1, 3.0), doubtful=-2.0))
    assert judge(look, [0, 1]) == [UNSURE, -2.5]


@pytest.mark.parametrize("opinion", [None, SecondOpinion(steady(1, 3.0), doubtful=-2.0)])
def test_arrays_make_the_same_look_again(opinion: SecondOpinion | None) -> None:
    look = SecondLook(stump(0, 0.5, UNSURE, 1.0), opinion)
    again = SecondLook.from_arrays(look.to_arrays())
    assert (again.opinion is None) == (opinion is None)
    assert judge(again, [0, 1, 0, 0]) == judge(look, [0, 1, 0, 0])
