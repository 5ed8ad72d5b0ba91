"""Writers: packed records in, an output that can be continued where it stopped."""

from __future__ import annotations

from filter.batch.writers.folder import FolderWriter
from filter.batch.writers.lines import LinesWriter, StreamWriter
from filter.batch.writers.parquet import ParquetWriter
from filter.batch.writers.remote import RemoteWriter
from filter.batch.writers.writer import Writer

__all__ = ["FolderWriter", "LinesWriter", "ParquetWriter", "RemoteWriter", "StreamWriter", "Writer"]
