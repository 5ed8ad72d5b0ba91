"""What fuzzing starts from, and what it found once, stays mended."""

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

FOLDER = Path(__file__).parent
INPUTS = sorted([*(FOLDER / "seeds").iterdir(), *(FOLDER / "findings").iterdir()])


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
@pytest.mark.parametrize("target", TARGETS)
def test_no_promise_is_broken(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())
