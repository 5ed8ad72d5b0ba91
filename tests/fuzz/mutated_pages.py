"""Clean real pages with random damage: ``python -m tests.fuzz.mutated_pages FOLDER 100000``.

A third argument is the number of the first page, to go on where a run ended.
FOLDER holds pages (``.html``, ``.html.gz``, ``.txt``, at any depth). They are
damaged in ways that networks, servers and archives damage pages, cleaned by a
child process, and accounted for one by one: the run fails if a page is lost or
doubled, hangs, or ends the process.
"""

from __future__ import annotations

import gzip
import multiprocessing
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from filter import Cleaner
from filter.render import to_json
from tests.strategies import CONTROLS, ENCODINGS, ENTITIES, FRAGMENTS, LABELS

SECONDS_A_BATCH = 60.0
"""Of the processor's time."""
BATCH = 32

Damage = Callable[[bytes, random.Random], bytes]


def _cut(page: bytes, chance: random.Random) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def _flip(page: bytes, chance: random.Random) -> bytes:
    changed = bytearray(page)
    for _ in range(chance.randrange(1, 50)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _leave_out(page: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(page))
    return page[:start] + page[start + chance.randrange(2_000) :]


def _repeat(page: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(page))
    return (
        page[:start] + page[start : start + chance.randrange(200)] * chance.randrange(2, 200) + page[start:]
    )


def _insert(page: bytes, chance: random.Random) -> bytes:
    pieces = (*FRAGMENTS, *ENTITIES, *CONTROLS, *(f"<meta charset={label}>" for label in LABELS))
    for _ in range(chance.randrange(1, 20)):
        start = chance.randrange(len(page) + 1)
        page = page[:start] + chance.choice(pieces).encode("utf-8", "replace") + page[start:]
    return page


def _drop_ends(page: bytes, chance: random.Random) -> bytes:
    return (
        page.replace(b">", b"", chance.randrange(1, 100))
        if chance.random() < 0.5
        else page.replace(b"</", b"<")
    )


def _encode_again(page: bytes, chance: random.Random) -> bytes:
    return page.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


DAMAGES: tuple[Damage, ...] = (_cut, _flip, _leave_out, _repeat, _insert, _drop_ends, _encode_again)


def damaged(pages: list[bytes], number: int) -> bytes:
    """Return the page of a number: the same in every run."""
    chance = random.Random(number)
    page = chance.choice(pages)
    if chance.random() < 0.1:
        page = page[: len(page) // 2] + chance.choice(pages)
    for damage in chance.choices(DAMAGES, k=chance.randrange(1, 4)):
        page = damage(page, chance) if page else page
    return page


def read_pages(folder: Path) -> list[bytes]:
    """Read all pages of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".html.gz", ".txt")))
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths
    ]


def work(pages: list[bytes], numbers: range, together: int, reports: Connection) -> None:
    """Clean pages so many at a time, and report each one's number and outcome."""
    cleaner = Cleaner()
    for first in range(numbers.start, numbers.stop, together):
        # Ends this process when its own time is up, however busy the machine is with others.
        signal.setitimer(signal.ITIMER_PROF, SECONDS_A_BATCH)
        batch = range(first, min(first + together, numbers.stop))
        articles = cleaner.clean_many(damaged(pages, number) for number in batch)
        for number, article in zip(batch, articles, strict=True):
            to_json(article).encode()
            reports.send((number, str(article.outcome)))
    reports.close()


def watch(pages: list[bytes], numbers: range) -> Iterator[tuple[int, str]]:
    """Run children until all pages are done; what ends or hangs one is found page by page, and named."""
    start, careful_until = numbers.start, numbers.start
    while start < numbers.stop:
        careful = start < careful_until
        stop = careful_until if careful else numbers.stop
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(
            target=work, args=(pages, range(start, stop), 1 if careful else BATCH, theirs)
        )
        child.start()
        theirs.close()
        try:
            while start < stop:
                yield ours.recv()
                start += 1
        except EOFError:
            child.join()
            if careful:
                yield start, "hung" if child.exitcode == -signal.SIGPROF else "crashed"
                start += 1
            else:
                careful_until = min(start + BATCH, numbers.stop)
        child.join()


def main() -> int:
    """Read the folder and the count from the command line, clean, and tell."""
    pages, count = read_pages(Path(sys.argv[1])), int(sys.argv[2])
    numbers = range(int(sys.argv[3]) if len(sys.argv) > 3 else 0, count)
    started = time.monotonic()
    seen: Counter[int] = Counter()
    outcomes: Counter[str] = Counter()
    for number, outcome in watch(pages, numbers):
        seen[number] += 1
        outcomes[outcome] += 1
        if outcome in {"crashed", "hung"}:
            sys.stderr.write(f"page {number}: {outcome}\n")
    lost = sum(number not in seen for number in numbers)
    doubled = sum(times > 1 for times in seen.values())
    sys.stdout.write(
        f"{len(numbers):,} damaged pages in {time.monotonic() - started:,.0f} s, "
        f"{lost} lost, {doubled} doubled; "
        + ", ".join(f"{outcome} {times:,}" for outcome, times in outcomes.most_common())
        + "\n"
    )
    return int(bool(lost or doubled or {"crashed", "hung"} & outcomes.keys()))


if __name__ == "__main__":
    sys.exit(main())
