"""Many pages: sources in, exactly one record a page out, whatever the pages do."""

from __future__ import annotations

from filter.batch.command import Options, run
from filter.batch.limits import Limits
from filter.batch.record import Selection
from filter.batch.summary import Summary

__all__ = ["Limits", "Options", "Selection", "Summary", "run"]
