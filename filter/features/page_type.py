"""What kind of page a block stands on: an article, a forum, a shop, a list."""

from __future__ import annotations

import numpy as np

from filter.features.batch import Batch, tag_number
from filter.features.columns import Columns
from filter.page import Declarations

SCHEMA_TYPES = {
    "article": ("NewsArticle", "BlogPosting", '"Article"', "ReportageNewsArticle"),
    "product": ('"Product"', '"Offer"'),
    "forum": ("DiscussionForumPosting", "QAPage", '"Question"'),
    "list": ("CollectionPage", "ItemList", "SearchResultsPage"),
    "organisation": ("LocalBusiness", '"Service"', "ProfessionalService", '"Organization"'),
}
"""Types of schema.org that JSON-LD declares, by the kind of page they stand for."""


def add_page_type(columns: Columns, batch: Batch) -> None:
    """Add what the whole page declares and looks like, the same for all its blocks."""
    declared = np.array([_declared_types(page.declarations) for page in batch.pages], dtype=np.float32)
    for place, name in enumerate(("og article", *SCHEMA_TYPES)):
        columns.add(f"page {name}", declared[batch.page_of_block, place])
    page_of_element = np.searchsorted(batch.roots, np.arange(batch.elements), side="right") - 1
    for tag in ("p", "article", "li", "h2", "h3", "pre"):
        count = np.bincount(page_of_element[batch.tags == tag_number(tag)], minlength=len(batch.pages))
        columns.add(f"page {tag} elements", np.log1p(count)[batch.page_of_block])
    prose = (batch.characters >= 120) & (batch.link_characters < 0.3 * batch.characters)
    for name, values in (("prose", prose * batch.characters), ("linked", batch.link_characters)):
        sums = np.bincount(batch.page_of_block, weights=values, minlength=len(batch.pages))
        columns.add(f"page {name} characters", np.log1p(sums)[batch.page_of_block])


def _declared_types(declarations: Declarations) -> list[float]:
    is_article = any(
        name == "og:type" and "article" in content.lower() for name, content in declarations.metas
    )
    scripts = "".join(declarations.scripts)
    return [
        float(is_article),
        *(float(any(name in scripts for name in names)) for names in SCHEMA_TYPES.values()),
    ]
