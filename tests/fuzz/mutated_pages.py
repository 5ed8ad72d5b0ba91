"""Clean real pages with random damage: ``python -m tests.fuzz.mutated_pages FOLDER 100000``.

FOLDER holds pages (``.html``, ``.html.gz``, ``.txt``, at any depth). They are
damaged in ways that networks, servers and archives damage pages, cleaned by a
child process, and accounted for one by one: the run fails if a page is lost or
doubled, hangs, or ends the process.
"""

from __future__ import annotations

import gzip
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from filter import Cleaner
from filter.render import to_json
from tests.strategies import CONTROLS, ENCODINGS, ENTITIES, FRAGMENTS, LABELS

SECONDS_A_BATCH = 60
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


def work(pages: list[bytes], start: int, count: int, reports: Connection) -> None:
    """Clean pages from a number on, and report each one's number and outcome."""
    cleaner = Cleaner()
    for first in range(start, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        for number, article in zip(
            numbers, cleaner.clean_many(damaged(pages, number) for number in numbers), strict=True
        ):
            to_json(article).encode()
            reports.send((number, str(article.outcome)))
    reports.close()


def watch(pages: list[bytes], count: int) -> Iterator[tuple[int, str]]:
    """Run the child until all pages are done; a page that ends or hangs it is named."""
    start = 0
    while start < count:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=work, args=(pages, start, count, theirs))
        child.start()
        theirs.close()
        trouble = "crashed"
        try:
            while start < count:
                if not ours.poll(SECONDS_A_BATCH):
                    trouble = "hung"
                    break
                yield ours.recv()
                start += 1
        except EOFError:
            pass
        child.kill()
        child.join()
        if start < count:
            yield start, f"{trouble} (or a page of its batch)"
            start += BATCH


def main() -> int:
    """Read the folder and the count from the command line, clean, and tell."""
    pages, count = read_pages(Path(sys.argv[1])), int(sys.argv[2])
    started = time.monotonic()
    seen: Counter[int] = Counter()
    outcomes: Counter[str] = Counter()
    for number, outcome in watch(pages, count):
        seen[number] += 1
        outcomes[outcome] += 1
        if outcome.startswith(("crashed", "hung")):
            sys.stderr.write(f"page {number}: {outcome}\n")
    lost = sum(number not in seen for number in range(count))
    doubled = sum(times > 1 for times in seen.values())
    sys.stdout.write(
        f"{count:,} damaged pages in {time.monotonic() - started:,.0f} s, {lost} lost, {doubled} doubled; "
        + ", ".join(f"{outcome} {times:,}" for outcome, times in outcomes.most_common())
        + "\n"
    )
    return int(bool(lost or doubled or any(name.startswith(("crashed", "hung")) for name in outcomes)))


if __name__ == "__main__":
    sys.exit(main())
