"""One cleaner shared by many threads gives what one thread gives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from filter import Cleaner
from filter.render import to_json

SAMPLES = Path(__file__).parents[1] / "samples"
THREADS = 16
ROUNDS = 20


@pytest.fixture(scope="module")
def pages() -> list[bytes]:
    """Read the sample pages, many times over."""
    paths = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in {".html", ".txt"}]
    return [path.read_bytes() for path in paths] * ROUNDS


def test_sixteen_threads_agree_with_one(pages: list[bytes]) -> None:
    cleaner = Cleaner()
    alone = [to_json(cleaner.clean(page)) for page in pages]
    with ThreadPoolExecutor(THREADS) as threads:
        together = list(threads.map(lambda page: to_json(cleaner.clean(page)), pages))
    assert together == alone


def test_batches_of_several_threads_do_not_mix(pages: list[bytes]) -> None:
    cleaner = Cleaner()
    alone = [to_json(article) for article in cleaner.clean_many(pages)]
    start = Barrier(4)

    def work() -> list[str]:
        start.wait()
        return [to_json(article) for article in cleaner.clean_many(pages)]

    with ThreadPoolExecutor(4) as threads:
        for result in [threads.submit(work) for _ in range(4)]:
            assert result.result() == alone


def test_the_first_call_may_come_from_many_threads_at_once() -> None:
    from filter import clean

    start = Barrier(THREADS)

    def work() -> str:
        start.wait()
        return to_json(clean("<article><p>The council of Lindenau voted on Monday.</p></article>"))

    with ThreadPoolExecutor(THREADS) as threads:
        assert len({result.result() for result in [threads.submit(work) for _ in range(THREADS)]}) == 1
