"""What a page declares about its article, held against each block."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from filter import jsonld
from filter.features.batch import Batch
from filter.features.columns import Columns
from filter.features.words import pair_hashes, split_words
from filter.page import Declarations

Floats = npt.NDArray[np.float32]

_BITS = 20
"""Size of the membership table: with 2**20 places, some thousand words of a batch's
headlines, or some ten thousand pairs of its bodies, collide with one word in a hundred."""
_SPREAD = np.uint32(0x9E3779B1)


def headlines(declarations: Declarations) -> list[str]:
    """Return the headlines a page declares: title element, Open Graph, Twitter, JSON-LD."""
    found = [declarations.title]
    found += [content for name, content in declarations.metas if name in ("og:title", "twitter:title")]
    found += _json_strings(declarations, "headline")
    return [headline for headline in found if headline.strip()]


def add_declared(columns: Columns, batch: Batch) -> None:
    """Add how much of a block stands in the declared headline, description and body."""
    titles = [" ".join(headlines(page.declarations)) for page in batch.pages]
    descriptions = [
        " ".join(content for name, content in page.declarations.metas if name.endswith("description"))
        for page in batch.pages
    ]
    counts = np.maximum(batch.words.counts, 1)
    hashes, owners = batch.words.hashes, batch.words.owners
    for name, texts in (("title", titles), ("description", descriptions)):
        declared = split_words(texts)
        found = _members(declared.hashes, declared.owners, hashes, batch.page_of_block[owners])
        shared = np.bincount(owners, weights=found, minlength=batch.blocks)
        columns.add(f"share in {name}", shared / counts)
        if name == "title":
            sizes = np.maximum(declared.counts, 1)[batch.page_of_block]
            columns.add("share of title", np.minimum(shared / sizes, 2))
    _add_body(columns, batch)


def _add_body(columns: Columns, batch: Batch) -> None:
    """Add the share of a block's word pairs that the declared article body holds."""
    bodies = [
        max(_json_strings(page.declarations, "articleBody"), key=len, default="") for page in batch.pages
    ]
    share = np.full(batch.blocks, np.nan, dtype=np.float32)
    told = np.array([len(body) > 200 for body in bodies])
    if told.any():
        declared, declared_owners = pair_hashes(split_words(bodies))
        pairs, owners = pair_hashes(batch.words)
        found = _members(declared, declared_owners, pairs, batch.page_of_block[owners])
        shared = np.bincount(owners, weights=found, minlength=batch.blocks)
        totals = np.bincount(owners, minlength=batch.blocks)
        relevant = told[batch.page_of_block] & (totals > 0)
        share[relevant] = shared[relevant] / totals[relevant]
    columns.add("share in declared body", share)


def _members(
    declared: npt.NDArray[np.uint32],
    declared_pages: npt.NDArray[np.int64],
    hashes: npt.NDArray[np.uint32],
    pages: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Tell which hashes are among those declared by their own page."""
    table = np.zeros(1 << _BITS, dtype=bool)
    shift = np.uint32(32 - _BITS)
    table[(declared + declared_pages.astype(np.uint32) * _SPREAD) * _SPREAD >> shift] = True
    members: npt.NDArray[np.bool_] = table[(hashes + pages.astype(np.uint32) * _SPREAD) * _SPREAD >> shift]
    return members


def _json_strings(declarations: Declarations, key: str) -> list[str]:
    """Return the strings that a key has anywhere in the page's JSON-LD."""
    quoted = f'"{key}"'
    scripts = [script for script in declarations.scripts if quoted in script]
    found = (thing.get(key) for thing in jsonld.things(scripts))
    return [value for value in found if isinstance(value, str)]
