"""datatrove: an extractor and a filter, for its local, Slurm and Ray executors.

Together they lose no document without a word: the extractor forwards every
document, with what became of it in the metadata, and the filter decides, with
a reason that the exclusion writer keeps::

    pipeline = [
        WarcReader("crawl/"),
        NewsExtractor(),
        NewsFilter(exclusion_writer=JsonlWriter("excluded/")),
        JsonlWriter("articles/"),
    ]
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
from datatrove.pipeline.filters.base_filter import BaseFilter

from filter.article import Article, Outcome, Verdict, failed_article
from filter.batch.cleaning import CleanerSettings
from filter.cleaner import Cleaner
from filter.errors import PageError

METADATA = "newsfilter"
"""Key of what the extractor leaves in a document's metadata."""


class NewsExtractor(BaseExtractor):  # type: ignore[misc]
    """Puts the genuine text of a page in the place of its HTML.

    Each document's metadata tell under ``"newsfilter"``: title, verdict and its
    reasons, outcome, and how much was removed. Documents that overrun or
    break the extractor's process go on with an empty text and that outcome.

    Parameters
    ----------
    timeout : float
        Seconds a document.
    settings : CleanerSettings
        What makes the cleaner.
    """

    name = "newsfilter"

    def __init__(self, timeout: float = 20.0, settings: CleanerSettings | None = None) -> None:
        super().__init__(timeout)
        self.settings = settings or CleanerSettings()
        self._cleaner: Cleaner | None = None

    def extract(self, text: str) -> str:
        """Return the genuine text of a page."""
        return self.clean(text).text

    def clean(self, text: str) -> Article:
        """Return the article in a page, also where the page can't be read."""
        if self._cleaner is None:
            self._cleaner = self.settings()
        try:
            return self._cleaner.clean(text)
        except PageError as error:
            return failed_article(error.outcome, str(error))

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:  # noqa: ARG002
        """Clean each document in a process that may hang or die.

        Raises
        ------
        CallerError, ModelError
            If the settings are wrong: told before any document is blamed for it.
        """
        if self._cleaner is None:
            self._cleaner = self.settings()
        with ExtractorSandbox(self.timeout) as sandbox:
            for document in data:
                self.stat_update("total")
                with self.track_time():
                    document.text, findings = self._extract_within_limits(sandbox, document.text)
                document.metadata[METADATA] = findings
                self.stat_update(f"outcome_{findings['outcome']}", f"verdict_{findings['verdict']}")
                self.update_doc_stats(document)
                yield document

    def _extract_within_limits(self, sandbox: ExtractorSandbox, page: str) -> tuple[str, dict[str, Any]]:
        try:
            text, findings = sandbox.process_document(page, self._text_and_findings)
            return text, findings
        except TimeoutError:
            article = failed_article(Outcome.TIMEOUT, f"the page takes more than {self.timeout:g} s")
        except (EOFError, OSError):
            article = failed_article(Outcome.CRASHED, "the page ended the extractor's process")
        return article.text, _findings(article)

    def _text_and_findings(self, page: str) -> tuple[str, dict[str, Any]]:
        article = self.clean(page)
        return article.text, _findings(article)


class NewsFilter(BaseFilter):  # type: ignore[misc]
    """Excludes documents without an article.

    It goes by what :class:`NewsExtractor` found; a document that has not been
    through it is taken for the plain text of some other extractor and judged
    here. Texts are never changed.

    Parameters
    ----------
    exclusion_writer : DiskWriter, optional
        Keeps what is excluded. The reason is the outcome, if it isn't ``ok``, or else
        ``verdict_drop`` or ``verdict_trim``.
    keep_trimmed : bool
        Whether documents stay that had spam in them. After the extractor it is gone; in
        the text of another extractor it is still there.
    settings : CleanerSettings
        What makes the cleaner.
    """

    name = "newsfilter"

    def __init__(
        self, exclusion_writer: Any = None, keep_trimmed: bool = True, settings: CleanerSettings | None = None
    ) -> None:
        super().__init__(exclusion_writer)
        self.keep_trimmed = keep_trimmed
        self.settings = settings or CleanerSettings()
        self._cleaner: Cleaner | None = None

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Return whether a document holds an article, or the reason why not."""
        findings = doc.metadata.get(METADATA)
        verdict, outcome = (findings["verdict"], findings["outcome"]) if findings else self._judge(doc.text)
        if outcome != Outcome.OK:
            return False, outcome
        if verdict == Verdict.DROP or verdict == Verdict.TRIM and not self.keep_trimmed:
            return False, f"verdict_{verdict}"
        return True

    def _judge(self, text: str) -> tuple[str, str]:
        if self._cleaner is None:
            self._cleaner = self.settings()
        try:
            article = self._cleaner.clean(text, content_type="text/plain")
        except PageError as error:
            return str(Verdict.DROP), str(error.outcome)
        return str(article.verdict), str(article.outcome)


def _findings(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "verdict": str(article.verdict),
        "verdict_reasons": list(article.verdict_reasons),
        "outcome": str(article.outcome),
        "message": article.message,
        "removed": asdict(article.removed),
    }
