"""The cleaner of a command: made without looking for garbage, which is looked for again afterwards."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from filter.cli.judge import Favour, make_cleaner
from filter.errors import ModelError


@pytest.fixture
def collecting() -> Iterator[None]:
    """Make sure that nothing is frozen before, and leave nothing frozen to other tests."""
    gc.unfreeze()
    assert gc.isenabled()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("collecting")
class TestGarbage:
    """What is loaded stays; what pages leave behind does not."""

    def test_what_was_loaded_is_never_looked_through(self) -> None:
        make_cleaner(Favour.BALANCED, None, None, trusted=False)
        assert gc.get_freeze_count() > 10_000

    def test_what_comes_later_is(self) -> None:
        make_cleaner(Favour.BALANCED, None, None, trusted=False)
        assert gc.isenabled()
        mine: list[object] = []
        mine.append(mine)
        del mine
        assert gc.collect() > 0

    def test_it_is_when_loading_fails_too(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="No such file"):
            make_cleaner(Favour.BALANCED, tmp_path / "none.joblib", None, trusted=False)
        assert gc.isenabled()
