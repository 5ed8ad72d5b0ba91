"""Libraries that only some sources and outputs need: imported on use."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from filter.errors import CallerError


def needed(module: str, extra: str = "batch") -> ModuleType:
    """Import a library that an extra of this package installs.

    Raises
    ------
    CallerError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise CallerError(
            f"this needs {module.partition('.')[0]}: install it with `pip install 'newsfilter[{extra}]'`"
        ) from error
