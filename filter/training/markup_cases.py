"""Cases of the second pass from the markup of real pages."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from filter.context import SUSPECT_CHARACTERS
from filter.features.declared import descriptions
from filter.page import Page
from filter.training.cases import Case, Sort, size_class
from filter.training.corpora import SpamDocument
from filter.training.endings import draw_endings
from filter.training.markup_hosts import ARTICLE, NEWS, MarkupHost, Templates
from filter.training.markup_splice import (
    FEWEST_PARAGRAPHS,
    Manner,
    paragraph_ends,
    places_in_host,
    splice_markup,
)
from filter.training.pages import page_of
from filter.training.splice import Splicer

_STRAY = 0.1
"""Share of blocks outside the main content that the second pass gets to read all the same."""
_OVERLOOKED = 0.3
"""Share of spliced pages of which the second pass reads only some of what was put in: the rest passes for
furniture, and its words for words of the site."""
_STRAY_CHARACTERS = 40
"""Shorter blocks outside the main content rarely pass for it."""
_MANNERS = {
    Manner.AFTER_LAST: 0.22,
    Manner.CONTAINER: 0.16,
    Manner.MIDDLE: 0.14,
    Manner.SEVERAL: 0.1,
    Manner.END_OF_BODY: 0.12,
    Manner.HIDDEN: 0.1,
    Manner.HIDDEN_BY_RULE: 0.08,
    Manner.BREAKS: 0.08,
}


def markup_cases(
    hosts: Sequence[MarkupHost],
    documents: Sequence[SpamDocument],
    random: np.random.Generator,
    rounds: int,
    *,
    for_training: bool = True,
) -> list[Case]:
    """Make cases of all pages as they are, and of the articles among them with spam in their markup.

    Parameters
    ----------
    hosts : sequence of MarkupHost
    documents : sequence of SpamDocument
        What is put in.
    random : numpy.random.Generator
    rounds : int
        How often each article is spliced anew.
    for_training : bool
        Whether half of these carry lines more that stand under genuine articles; and whether the second
        pass overlooks some of what is put in, as it does where spam stands amid furniture.
    """
    splicer = Splicer(documents, random)
    cases = []
    for host in hosts:
        cases.append(_clean_case(host, _read_blocks(host, random)))
        ends = (
            paragraph_ends(host.html, "\n".join(host.main_texts()))
            if host.page_type in (ARTICLE, NEWS)
            else []
        )
        if len(ends) < FEWEST_PARAGRAPHS:
            continue
        for _ in range(rounds):
            page, own_ends = _dressed(host, ends, random) if for_training else (host, ends)
            if page is not host:
                cases.append(_clean_case(page, _read_blocks(page, random)))
            cases.append(_spliced_case(page, own_ends, splicer, random, for_training))
    return [case for case in cases if any(case.read)]


def pure_markup_cases(
    templates: Templates, documents: Sequence[SpamDocument], random: np.random.Generator
) -> list[Case]:
    """Make cases of pages that are spam from end to end: documents in the place of articles.

    Parameters
    ----------
    templates : Templates
    documents : sequence of SpamDocument
    random : numpy.random.Generator
    """
    cases = []
    for document in documents:
        host = templates.with_text(document.blocks[0].text, document.blocks, random)
        added, nothing = host.main, replace(host, main=np.zeros(len(host.page), dtype=bool))
        read = _read_blocks(nothing, random) | added
        facts = {"niche": document.niche, "style": document.style, "spam language": document.language}
        cases.append(
            replace(
                _clean_case(nothing, read),
                spam=tuple(added[read].tolist()),
                furniture=tuple((~added)[read].tolist()),
                sort=Sort.PURE,
                facts=facts,
            )
        )
    return [case for case in cases if any(case.spam)]


def _dressed(
    host: MarkupHost, ends: Sequence[int], random: np.random.Generator
) -> tuple[MarkupHost, Sequence[int]]:
    """Put lines that stand under genuine articles behind the last paragraph; half the time none."""
    lines = draw_endings(random)
    if not lines:
        return host, ends
    added = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    text = host.html[: ends[-1]] + added + host.html[ends[-1] :]
    page = page_of(text)
    places = places_in_host(host.page.texts, page.texts)
    main = np.where(places < 0, True, host.main[places])
    return replace(host, html=text, page=page, main=main), [*ends[:-1], ends[-1] + len(added)]


def _clean_case(host: MarkupHost, read: npt.NDArray[np.bool_]) -> Case:
    """Make the case of a page as it is."""
    facts = {
        "language": host.language or "unknown",
        "page type": host.page_type,
        "outlet": host.domain,
        "name": host.name,
    }
    return Case(
        page=host.page,
        read=tuple(read.tolist()),
        spam=(False,) * int(read.sum()),
        furniture=tuple((~host.main[read]).tolist()),
        title=_subject(host.page),
        sort=Sort.CLEAN,
        facts=facts,
    )


def _spliced_case(
    host: MarkupHost,
    ends: Sequence[int],
    splicer: Splicer,
    random: np.random.Generator,
    overlooked: bool,
) -> Case:
    """Make the case of a page with spam in its markup; the second pass reads all that was put in, or some."""
    manner = list(_MANNERS)[random.choice(len(_MANNERS), p=list(_MANNERS.values()))]
    passages = [splicer.draw(host.language), splicer.draw(host.language)]
    page = page_of(splice_markup(host.html, ends, [blocks for blocks, _ in passages], manner, random))
    places = places_in_host(host.page.texts, page.texts)
    added = places < 0
    spliced = replace(host, page=page, main=host.main[places] & ~added)
    read = _read_blocks(spliced, random) | (_noticed(added, random) if overlooked else added)
    facts = {"site": str(manner), "form": "markup", "niche": passages[0][1].niche}
    case = _clean_case(spliced, read)
    return replace(
        case,
        spam=tuple(added[read].tolist()),
        furniture=tuple((~spliced.main & ~added)[read].tolist()),
        sort=Sort.SPLICED,
        facts=case.facts
        | facts
        | {"spam language": passages[0][1].language, "blocks": size_class(int(added.sum()))},
    )


def _noticed(added: npt.NDArray[np.bool_], random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Choose what the second pass reads of the blocks put in: at least one, and mostly all."""
    if random.random() >= _OVERLOOKED:
        return added
    some = added & (random.random(len(added)) < random.random())
    return some if some.any() else added


def _read_blocks(host: MarkupHost, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Choose what the second pass reads: the main content, hidden prose, and some of what passes for main."""
    page = host.page
    lengths = np.array([len(text) for text in page.texts])
    stray = (random.random(len(page)) < _STRAY) & (lengths >= _STRAY_CHARACTERS)
    hidden = np.array([owner >= 0 and page.elements.hidden[owner] == 1 for owner in page.owners])
    return host.main | stray | hidden & (lengths >= SUSPECT_CHARACTERS)


def _subject(page: Page) -> str:
    return f"{page.declarations.title}\n{descriptions(page.declarations)}".strip()
