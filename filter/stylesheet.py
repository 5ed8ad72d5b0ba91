"""What a page's styles hide from its readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from filter.page import Elements

_HIDING = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3}|margin-top\s*:\s*-\d{4}"
    r"|(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$))",
    re.IGNORECASE,
)
"""A margin above of some hundred pixels pulls a paragraph beside a picture, not out of sight."""
_SIMPLE_SELECTOR = re.compile(r"[.#]([A-Za-z_][\w-]*)")
_RULE_SIGNS = ("display:none", "display: none", "visibility:hidden", "visibility: hidden", ":-999", ": -999")
_LONGEST_SELECTOR = 400
_ROLES_OF_TEXT = frozenset({"main", "article", "document", "region", "feed"})
"""Values of ``role``, which stand beside classes in a hint: a rule for such a class says nothing of them."""


def hides(style: str) -> bool:
    """Tell whether a ``style`` attribute takes its element out of sight.

    ``display:none``, ``visibility:hidden``, no size, no opacity, or a place off the screen.
    """
    return _HIDING.search(style) is not None


def rules_that_hide(styles: Iterable[str]) -> frozenset[str]:
    """Return the classes and ids that rules of a page's style sheets hide.

    Only selectors that are a single class or id count, and only rules outside
    all others: what depends on more (the width of a screen, a printer, a parent,
    a pseudo-class) needs a browser.
    Linear in the length of the styles.
    """
    return frozenset(name for style in styles for name in _hidden_in(style)) - _ROLES_OF_TEXT


def _hidden_in(style: str) -> Iterator[str]:
    """Yield the classes and ids that a style sheet's rules outside all conditions hide."""
    if not any(sign in style for sign in _RULE_SIGNS):
        return
    style = _without_comments(style)
    depth = counted = 0
    for place in _places(style, _RULE_SIGNS):
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


def _places(text: str, signs: Iterable[str]) -> list[int]:
    """Return where any of the signs stands, from first to last."""
    return sorted(found.start() for sign in signs for found in re.finditer(re.escape(sign), text))


def _without_comments(style: str) -> str:
    first, *others = style.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


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
