"""What a page's styles hide from its readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from filter.page import Elements

_NOTHING = r"\s*:\s*0(?:\.0*)?(?![.\d])"
_HIDING = re.compile(
    rf"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity){_NOTHING}"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3}|margin-top\s*:\s*-\d{4}"
    rf"|(?P<size>height|width){_NOTHING})",
    re.IGNORECASE,
)
"""A margin above of some hundred pixels pulls a paragraph beside a picture, not out of sight."""
_CUT_OFF = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
"""Text that has no room is seen all the same, unless what doesn't fit is cut off."""
_INHERITED = re.compile(rf"(?:^|[;\s])(?:visibility\s*:\s*hidden|font-size{_NOTHING})", re.IGNORECASE)
_SHOWING = re.compile(r"(?:^|[;\s])(?:visibility\s*:\s*visible|font-size\s*:\s*(?!0)\d)", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"[.#]([A-Za-z_][\w-]*)")
_RULE_SIGNS = ("display:none", "display: none", "visibility:hidden", "visibility: hidden", ":-999", ": -999")
_DISPLAYED = re.compile(r"[{;\s]display:\s*(?!none)\w")
MOST_NAMES = 20
"""Of more hidden classes and ids than that, on one page, none is looked up again."""
_OFF_SCREEN = ("left", "top", "right", "text-indent")
"""Properties whose value -999 and beyond moves text out of sight; other properties have such values, too."""
_LONGEST_SELECTOR = 400
_NAMES_OF_TEXT = frozenset(
    {"main", "article", "document", "region", "feed"}
    | {"articleBody", "articleSection", "description", "headline", "name", "author", "text"}
)
"""Values of ``role`` and ``itemprop``, which stand beside classes in a hint: a rule for such a class says
nothing of them."""


def hides(style: str) -> bool:
    """Tell whether a ``style`` attribute takes its element out of sight.

    ``display:none``, ``visibility:hidden``, no size, no opacity, or a place off the screen.
    """
    found = _HIDING.search(style)
    if found is None or found["size"] is None:
        return found is not None
    return _CUT_OFF.search(style) is not None or _hides_whatever_its_size(style)


def _hides_whatever_its_size(style: str) -> bool:
    return any(found["size"] is None for found in _HIDING.finditer(style))


def hides_by_inheritance(style: str) -> bool:
    """Tell whether what takes an element out of sight is a property that elements inside it may set anew."""
    return _INHERITED.search(style) is not None and not hides(_INHERITED.sub(";", style))


def shows(style: str) -> bool:
    """Tell whether a ``style`` attribute sets anew what hid the element around it by inheritance."""
    return _SHOWING.search(style) is not None


def rules_that_hide(styles: Iterable[str]) -> frozenset[str]:
    """Return the classes and ids that rules of a page's style sheets hide.

    Only selectors that are a single class or id count, and only rules outside
    all others: what depends on more (the width of a screen, a printer, a parent,
    a pseudo-class) needs a browser.
    Linear in the length of the styles.
    """
    return frozenset(name for style in styles for name in _hidden_in(style)) - _NAMES_OF_TEXT


def _hidden_in(style: str) -> Iterator[str]:
    """Yield the classes and ids that a style sheet's rules outside all conditions hide."""
    if not any(sign in style for sign in _RULE_SIGNS):
        return
    style = _without_comments(style)
    depth = counted = 0
    for place in _places(style):
        opening = style.rfind("{", max(counted, place - _LONGEST_SELECTOR), place)
        if opening < 0:
            continue
        depth += style.count("{", counted, opening) - style.count("}", counted, opening)
        if depth == 0:
            start = max(
                style.rfind("}", max(0, opening - _LONGEST_SELECTOR), opening),
                style.rfind("{", max(0, opening - _LONGEST_SELECTOR), opening),
            )
            for selector in style[start + 1 : opening].split(","):
                simple = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                if simple:
                    yield simple[1]
        counted = opening


def _places(style: str) -> list[int]:
    """Return where a declaration hides, from first to last."""
    places = sorted(place for sign in _RULE_SIGNS for place in _found(style, sign))
    return [place for place in places if style[place] != ":" or style.endswith(_OFF_SCREEN, 0, place)]


def _found(style: str, sign: str) -> Iterator[int]:
    """Yield where a sign stands: in half the time that a regular expression takes."""
    place = style.find(sign)
    while place >= 0:
        yield place
        place = style.find(sign, place + 1)


def is_shown_again(name: str, styles: Sequence[str]) -> bool:
    """Tell whether the last rule for a class or id alone gives it a display, whatever an earlier one said.

    A rule that stands among conditions doesn't count, as in :func:`rules_that_hide`.
    """
    for style in reversed(styles):
        place = style.rfind(f"{name}{{")
        if place < 0:
            place = style.rfind(f"{name} {{")
        if place > 0:
            before = style[max(0, place - _LONGEST_SELECTOR) : place]
            rule = style[place : style.find("}", place) + 1]
            is_alone = before[-1] in ".#" and before[:-1].rstrip()[-1:] in ("", "}", "/")
            is_outermost = style.count("{", 0, place) == style.count("}", 0, place)
            return is_alone and is_outermost and _DISPLAYED.search(rule) is not None
    return False


def _without_comments(style: str) -> str:
    first, *others = style.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def hide_by_rules(elements: Elements, styles: Sequence[str]) -> None:
    """Mark the elements whose class or id a rule of the page's style sheets hides, and all inside them."""
    hints = elements.hints
    names = rules_that_hide(styles)
    if names:
        names = names.intersection(" ".join(set(hints)).split())
    if len(names) <= MOST_NAMES:
        names = frozenset(name for name in names if not is_shown_again(name, styles))
    if not names:
        return
    hidden = elements.hidden
    for element, (parent, hint) in enumerate(zip(elements.parents, hints, strict=True)):
        if hidden[element]:
            continue
        if hint and not names.isdisjoint(hint.split()) or parent >= 0 and hidden[parent] == 2:
            hidden[element] = 2
