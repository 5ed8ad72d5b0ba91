"""A cleaner for tests of the supervisor: it does to its process what a page says."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filter import Article, Verdict
from filter.article import Outcome
from filter.batch.entry import Page

KEPT: list[bytes] = []
"""What pages leave behind in their worker."""


@dataclass(frozen=True)
class HostileCleaner:
    """Returns the page as its article's text, unless the page orders something worse."""

    def clean_many(self, pages: Sequence[Page]) -> Iterator[Article]:
        for page in pages:
            yield self.clean(page)

    def clean(self, page: Page) -> Article:
        text = page.content if isinstance(page.content, str) else page.content.decode(errors="replace")
        match text.split():
            case ["HANG", *_]:
                while True:
                    time.sleep(1)
            case ["SPIN", *_]:
                while True:
                    pass
            case ["WAIT", path, *begun]:
                for name in begun:
                    open(name, "w").close()
                while not os.path.exists(path):
                    time.sleep(0.01)
            case ["DIE", *_]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["EXIT", *_]:
                os._exit(3)
            case ["GROW", *_]:
                held = [bytearray(10_000_000) for _ in range(100_000)]
                text = f"{len(held)}"
            case ["LEAK", *_]:
                KEPT.append(b"x" * 60_000_000)
            case ["PROCESS", *_]:
                text = str(os.getpid())
            case ["RAISE", *_]:
                raise RuntimeError("the cleaner broke")
            case []:
                return Article(None, "", Verdict.DROP, outcome=Outcome.EMPTY)
            case ["SPAM", *_]:
                return Article(None, "", Verdict.DROP)
        return Article("Title", text, Verdict.KEEP)


def make() -> HostileCleaner:
    """Make the cleaner, as a function."""
    return HostileCleaner()


@dataclass(frozen=True)
class LoadsInCompany:
    """Makes the cleaner once so many processes have begun to; each leaves its number in a folder."""

    folder: str
    company: int

    def __call__(self) -> HostileCleaner:
        open(os.path.join(self.folder, str(os.getpid())), "w").close()
        while len(os.listdir(self.folder)) < self.company:
            time.sleep(0.01)
        return HostileCleaner()


def broken() -> HostileCleaner:
    """Fail to load, as a damaged model does."""
    raise RuntimeError("the model can't be loaded")
