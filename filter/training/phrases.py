"""Lines composed of templates: one is drawn, and names are put in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def pick(templates: Sequence[str], random: np.random.Generator) -> str:
    """Draw one of some templates, at least one."""
    return templates[int(random.integers(len(templates)))]


def with_names(line: str, names: Sequence[str], random: np.random.Generator) -> str:
    """Put names, of at least one, in the places of ``{name}`` and ``{other}``."""
    name, other = pick(names, random), pick(names, random)
    return line.replace("{name}", name).replace("{other}", other)
