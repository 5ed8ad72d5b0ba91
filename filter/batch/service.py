"""Single pages within limits: for programs that have their own way of getting pages."""

from __future__ import annotations

import json
from typing import Any

from filter.batch.cleaning import CleanerSettings
from filter.batch.entry import Page, ReadPage
from filter.batch.limits import Limits
from filter.batch.record import Recorder
from filter.batch.worker import Setup
from filter.batch.workers import WorkerPool


class CleaningService:
    """Cleans pages one at a time in worker processes, so that no page can harm the caller.

    Workers are started when first needed. The methods may be called from as
    many threads as there are workers.

    Parameters
    ----------
    settings : CleanerSettings
        What makes the cleaner.
    limits : Limits
        What one page may cost.
    workers : int
        How many pages are cleaned at once.
    """

    def __init__(self, settings: CleanerSettings, limits: Limits, workers: int = 1) -> None:
        self.workers = workers
        self._pool = WorkerPool(Setup(settings, Recorder(text_only=True), limits), workers)

    def clean(
        self, content: str | bytes, *, content_type: str | None = None, url: str | None = None
    ) -> dict[str, Any]:
        """Return the record of a page, without its blocks; whatever the page does, there is one."""
        page = Page(content, content_type, url)
        record = self._pool.process_alone(ReadPage(url or "", "", len(content), page))
        fields: dict[str, Any] = json.loads(record.line)
        return fields

    def close(self) -> None:
        """End the workers."""
        self._pool.close()
