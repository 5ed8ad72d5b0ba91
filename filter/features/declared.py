"""What a page declares about its article, held against each block."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter import jsonld
from filter.decode import without_surrogates
from filter.features.batch import LONGEST_TEXT, Batch
from filter.features.columns import Columns
from filter.features.words import pair_hashes, split_words
from filter.page import Declarations

Floats = npt.NDArray[np.float32]

_WORD_BITS, _PAIR_BITS = 12, 17
"""Size of each page's table of declared words, and of word pairs of a declared body: a
headline of some dozen words, a body of a thousand pairs, meet one foreign word in a hundred."""

LEAST_BODY = 200
"""A declared body shorter than this, in characters, is a teaser."""
LONGEST_BODY = 10 * LONGEST_TEXT
"""Characters of a declared body that are read, as words take many times the memory of their characters."""


def headlines(declarations: Declarations) -> list[str]:
    """Return the headlines a page declares: title element, Open Graph, Twitter, JSON-LD."""
    found = [declarations.title]
    found += [content for name, content in declarations.metas if name in ("og:title", "twitter:title")]
    found += _json_strings(declarations, "headline")
    return [headline[:LONGEST_TEXT] for headline in found if headline.strip()]


def descriptions(declarations: Declarations) -> str:
    """Return what a page says that it is about: its meta elements for that, end to end."""
    described = " ".join(content for name, content in declarations.metas if name.endswith("description"))
    return described[:LONGEST_TEXT]


def add_declared(columns: Columns, batch: Batch) -> None:
    """Add how much of a block stands in the declared headline, description and body."""
    titles = [" ".join(headlines(page.declarations))[:LONGEST_TEXT] for page in batch.pages]
    described = [descriptions(page.declarations) for page in batch.pages]
    counts = np.maximum(batch.words.counts, 1)
    hashes, owners = batch.words.hashes, batch.words.owners
    for name, texts in (("title", titles), ("description", described)):
        declared = split_words(texts, with_marks=False)
        declared_key = _keys(declared.owners, declared.hashes, _WORD_BITS)
        found = _members(declared_key, _keys(batch.page_of_block[owners], hashes, _WORD_BITS))
        shared = np.bincount(owners, weights=found, minlength=batch.blocks)
        columns.add(f"share in {name}", shared / counts)
        if name == "title":
            sizes = np.maximum(declared.counts, 1)[batch.page_of_block]
            columns.add("share of title", np.minimum(shared / sizes, 2))
    _add_body(columns, batch)


def _add_body(columns: Columns, batch: Batch) -> None:
    """Add the share of a block's word pairs that the declared article body holds."""
    bodies = [
        max(_json_strings(page.declarations, "articleBody"), key=len, default="")[:LONGEST_BODY]
        for page in batch.pages
    ]
    share = np.full(batch.blocks, np.nan, dtype=np.float32)
    told = np.array([len(body) > LEAST_BODY for body in bodies])
    if told.any():
        number = np.cumsum(told) - 1
        declared, body = pair_hashes(
            split_words([body for body in bodies if len(body) > LEAST_BODY], with_marks=False)
        )
        pairs, owners = pair_hashes(batch.words)
        relevant = told[batch.page_of_block][owners]
        pairs, owners = pairs[relevant], owners[relevant]
        own_body = number[batch.page_of_block[owners]]
        found = _members(_keys(body, declared, _PAIR_BITS), _keys(own_body, pairs, _PAIR_BITS))
        shared = np.bincount(owners, weights=found, minlength=batch.blocks)
        totals = np.bincount(owners, minlength=batch.blocks)
        known = totals > 0
        share[known] = shared[known] / totals[known]
    columns.add("share in declared body", share)


def _keys(pages: npt.NDArray[np.int64], hashes: npt.NDArray[np.uint32], bits: int) -> npt.NDArray[np.int64]:
    """Give each page a range of its own, so that no page's figures depend on its neighbours."""
    return (pages << bits) + (hashes >> np.uint32(32 - bits)).astype(np.int64)


def _members(declared: npt.NDArray[np.int64], keys: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell which keys are among those declared."""
    table = np.zeros(1 + max(declared.max(initial=0), keys.max(initial=0)), dtype=bool)
    table[declared] = True
    members: npt.NDArray[np.bool_] = table[keys]
    return members


def _json_strings(declarations: Declarations, key: str) -> list[str]:
    """Return the strings that a key has anywhere in the page's JSON-LD."""
    quoted = f'"{key}"'
    scripts = [script for script in declarations.scripts if quoted in script]
    found = (thing.get(key) for thing in jsonld.things(scripts))
    return [without_surrogates(value) for value in found if isinstance(value, str)]
