"""The process of one shard, which :func:`filter.batch.shards.run_shard` starts."""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading

from filter.batch.shards import complete_shard
from filter.errors import NewsfilterError


def main() -> None:
    """Do the shard that standard input names, as long as whoever asked is there."""
    shard, options = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer: dict[str, object] = {"tally": complete_shard(shard, options)}
    except NewsfilterError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def _end_with_parent() -> None:
    """Wait until the other end of standard input closes, and end this process then."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
