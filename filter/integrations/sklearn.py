"""scikit-learn: pages in, genuine texts out, as the first step of a text pipeline.

::

    make_pipeline(HtmlCleaner(), TfidfVectorizer(), LogisticRegression()).fit(pages, topics)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin

from filter.batch.cleaning import CleanerSettings
from filter.cleaner import Cleaner, Favour
from filter.errors import CallerError


class HtmlCleaner(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns pages into their genuine texts.

    Nothing is learned from the pages: it transforms without being fitted.

    Parameters
    ----------
    favour : {"balanced", "precision", "recall"}
        As in :class:`filter.Cleaner`.
    with_title : bool
        Whether the headline comes first, as a paragraph of its own.

    Examples
    --------
    >>> HtmlCleaner().fit_transform(["<p>Too short to be an article.</p>"]).shape
    (1,)
    """

    def __init__(self, favour: Favour = "balanced", with_title: bool = False) -> None:
        self.favour = favour
        self.with_title = with_title

    def fit(self, X: Iterable[str | bytes], y: object = None) -> Self:  # noqa: N803, ARG002 - scikit-learn's names
        """Return the transformer itself, there being nothing to learn."""
        self._cleaner()  # a wrong parameter shows in fit, as scikit-learn wants it
        return self

    def transform(self, X: Iterable[str | bytes]) -> npt.NDArray[np.object_]:  # noqa: N803 - scikit-learn's name
        """Clean pages.

        Parameters
        ----------
        X : iterable of str or bytes
            Pages: HTML or plain text.

        Returns
        -------
        ndarray of str, shape (pages,)
            Their texts; empty for pages that hold none or can't be read.

        Raises
        ------
        CallerError
            If a single page is passed, or one of the pages is none.
        """
        texts: list[str] = []
        articles = self._cleaner().clean_many(X)
        try:
            for article in articles:
                title = article.title if self.with_title else None
                texts.append("\n\n".join(filter(None, (title, article.text))))
        except CallerError as error:
            raise CallerError(f"at place {len(texts)}: {error}") from error
        result = np.empty(len(texts), dtype=object)
        result[:] = texts
        return result

    def _cleaner(self) -> Cleaner:
        return CleanerSettings(favour=self.favour)()

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        tags.no_validation = True
        return tags
