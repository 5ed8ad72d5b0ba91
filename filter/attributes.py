"""What an element's attributes say: what authors call it, and whether readers see it."""

from __future__ import annotations

from collections.abc import Iterable

from filter.layout import HINT_ATTRIBUTES
from filter.stylesheet import hides, shows

Attributes = Iterable[tuple[str, str | None]]

LONGEST_HINT = 1_000
"""Characters that are kept of what authors call an element."""


def hint_of(attributes: Attributes) -> str:
    """Return what authors call an element."""
    return " ".join([value for name, value in attributes if value and name in HINT_ATTRIBUTES])[:LONGEST_HINT]


def hides_itself(attributes: Attributes) -> bool:
    """Tell whether an element's own markup takes it out of sight."""
    # A loop, not any(): this runs for half the elements of every page.
    for name, value in attributes:
        if name == "style" and value and hides(value) or name == "hidden":
            return True
    return False


def shows_itself(attributes: Attributes) -> bool:
    """Tell whether an element sets anew what hid the element around it by inheritance."""
    return any(name == "style" and value and shows(value) for name, value in attributes)
