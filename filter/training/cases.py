"""Cases of the second pass: pages, which of their blocks it reads, and which of these are spam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from filter.features.batch import gather
from filter.features.bodies import Bodies, select_bodies
from filter.page import Page, text_page

PAGES_AT_ONCE = 64


class Sort(StrEnum):
    """What kind of page a case is."""

    CLEAN = "clean"
    SPLICED = "spliced"
    PURE = "pure spam"


class PageForm(StrEnum):
    """What a page comes as; each form has a model of its own."""

    TEXT = "text"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Case:
    """One page to learn from, or to be measured on.

    Attributes
    ----------
    page : Page
    read : tuple of bool
        Which blocks the second pass reads.
    spam : tuple of bool
        Which of the blocks that it reads are spam.
    furniture : tuple of bool
        Which of them are neither spam nor part of the article: a mistake there costs no genuine text.
    title : str
        The headline, or "".
    sort : Sort
    facts : dict of str to str
        What reports group by: ``language``, ``niche``, ``site``, ``form``, ``spam language``, ``blocks``;
        ``topic`` of news, and ``page type`` of pages that were found with their markup.
    """

    page: Page
    read: tuple[bool, ...]
    spam: tuple[bool, ...]
    furniture: tuple[bool, ...]
    title: str
    sort: Sort
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_page_text(self) -> bool:
        """Whether this is the main content of a page that is no news, as text."""
        return not self.page.is_markup and "page type" in self.facts

    def without_markup(self) -> Case:
        """Return the case with no more of its page than the texts: elements and links fill gigabytes."""
        texts = self.page.texts
        return replace(self, page=replace(text_page(texts), is_markup=self.page.is_markup))


def size_class(blocks: int) -> str:
    """Name how many blocks were put into a page, for reports to group by."""
    return "1" if blocks == 1 else "2-3" if blocks < 4 else "4-9" if blocks < 10 else "10+"


def bodies_of(cases: Sequence[Case]) -> Bodies:
    """Lay out what the second pass reads of some cases, at least one."""
    batch = gather([case.page for case in cases])
    read = np.fromiter((flag for case in cases for flag in case.read), dtype=bool, count=batch.blocks)
    return select_bodies(batch, read, [case.title for case in cases])


def batches(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    """Cut a list of cases into batches."""
    for start in range(0, len(cases), PAGES_AT_ONCE):
        yield cases[start : start + PAGES_AT_ONCE]


def truth(cases: Sequence[Case]) -> npt.NDArray[np.bool_]:
    """Return which blocks of all cases are spam, end to end."""
    return np.fromiter((flag for case in cases for flag in case.spam), dtype=bool)


def furniture_of(cases: Sequence[Case]) -> npt.NDArray[np.bool_]:
    """Return which blocks of all cases are neither spam nor part of an article, end to end."""
    return np.fromiter((flag for case in cases for flag in case.furniture), dtype=bool)
