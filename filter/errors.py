"""What can go wrong, named for whose fault it is.

Every message says what to do next. All classes share one base, so that a
pipeline may catch :class:`NewsfilterError` and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filter.article import Outcome


class NewsfilterError(Exception):
    """The base of every error that this package raises on purpose."""


class CallerError(NewsfilterError, ValueError):
    """The caller asked for something that can't be done: mend the call."""


class PageError(NewsfilterError, ValueError):
    """The page can't be read: skip it, or fetch it again.

    Parameters
    ----------
    message : str
        What is wrong with the page, and what to do about it.
    outcome : Outcome
        The outcome that a record of this page carries.
    """

    def __init__(self, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.outcome = outcome

    def __reduce__(self) -> tuple[type[PageError], tuple[str, Outcome]]:
        return type(self), (str(self.args[0]), self.outcome)


class ModelError(NewsfilterError, ValueError):
    """The model file is foreign, damaged, or made for another feature schema."""
