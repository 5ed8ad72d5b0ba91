"""A batch with the stand-in cleaner as a program of its own: to be killed, or to be cut off from its disk."""

from __future__ import annotations

import resource
import sys

from filter.batch import run
from filter.errors import CallerError
from tests.batch.helpers import options


def main(source: str, output: str, largest_file: str = "") -> None:
    if largest_file:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), hard))
    try:
        run([source], output, options())
    except CallerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
