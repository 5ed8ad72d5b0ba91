"""What a page's styles hide from its readers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filter.page import Elements

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|(?:^|[;\s])(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
# A cheap look before the expression: every way of hiding contains one of these.
_SIGNS = ("none", "hidden", ":0", ": 0", "-9", "-1", "-2", "-3", "-5", "NONE", "None")
_SIMPLE_SELECTOR = re.compile(r"[.#]([A-Za-z_][\w-]*)")
_RULE_SIGNS = ("display:none", "display: none", "visibility:hidden", "visibility: hidden", ":-999", ": -999")
_LONGEST_SELECTOR = 400


def hides(style: str) -> bool:
    """Tell whether a ``style`` attribute takes its element out of sight.

    ``display:none``, ``visibility:hidden``, no size, no opacity, or a place off the screen.
    """
    for sign in _SIGNS:
        if sign in style:
            return _HIDING.search(style) is not None
    return False


def rules_that_hide(styles: Iterable[str]) -> frozenset[str]:
    """Return the classes and ids that rules of a page's style sheets hide.

    Only selectors that are a single class or id count: rules that depend on
    more (a media query's state, a parent, a pseudo-class) need a browser.
    Linear in the length of the styles.
    """
    names = set()
    for style in styles:
        for sign in _RULE_SIGNS:
            place = style.find(sign)
            while place >= 0:
                opening = style.rfind("{", max(0, place - _LONGEST_SELECTOR), place)
                if opening >= 0:
                    start = max(
                        style.rfind("}", max(0, opening - _LONGEST_SELECTOR), opening),
                        style.rfind("{", max(0, opening - _LONGEST_SELECTOR), opening),
                    )
                    for selector in style[start + 1 : opening].split(","):
                        simple = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                        if simple:
                            names.add(simple[1])
                place = style.find(sign, place + 1)
    return frozenset(names)


def hide_by_rules(elements: Elements, styles: Iterable[str]) -> None:
    """Mark the elements whose class or id a rule of the page's style sheets hides, and all inside them."""
    names = rules_that_hide(styles)
    if not names:
        return
    hidden = elements.hidden
    for element, (parent, hint) in enumerate(zip(elements.parents, elements.hints, strict=True)):
        if hidden[element]:
            continue
        if hint and not names.isdisjoint(hint.split()) or parent >= 0 and hidden[parent] == 2:
            hidden[element] = 2
