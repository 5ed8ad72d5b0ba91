"""The learning curve: more sites hold all that fewer do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from filter.training.learning_curve import SHARES, _first_sites


@given(st.frozensets(st.text(max_size=8), min_size=1))
def test_a_larger_share_holds_the_sites_of_a_smaller_one(sites: frozenset[str]) -> None:
    chosen = [_first_sites(sites, share) for share in SHARES]
    assert all(fewer <= more for fewer, more in pairwise(chosen))
    assert chosen[-1] == sites
    assert chosen[0]


def test_shares_are_of_the_sites() -> None:
    sites = frozenset(f"outlet{number}.example" for number in range(80))
    assert [len(_first_sites(sites, share)) for share in SHARES] == [10, 20, 40, 80]
