"""A copy of the corpora with one part left out, so that a model can be fitted that never saw that part."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.labelled import SEGMENTS, WCXB
from filter.training.corpora import SpamDocument, assign_folds, read_spam
from filter.training.markup_hosts import MarkupHost, read_markup_hosts
from filter.training.pages import registered_domain

FOLDS = 5
COMPOSED = "written"
"""Passages composed for training: nothing is measured on them, so all of them stay in."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a model fitted on the rest never saw.

    Attributes
    ----------
    hosts : list of MarkupHost
        Articles of the domains left out.
    documents : list of SpamDocument
        Spam of the campaigns left out.
    """

    hosts: list[MarkupHost]
    documents: list[SpamDocument]


def leave_out(corpora: Path, rest: Path, fold: int = 0) -> HeldOut:
    """Copy the corpora without one fold of domains, campaigns and outlets.

    Parameters
    ----------
    corpora : Path
        The folder of the labelled data.
    rest : Path
        An empty folder, in which the copy is made; pages are linked, not copied.
    fold : int
        Which of the five folds.

    Raises
    ------
    CallerError
        If the corpora aren't there.
    """
    hosts, documents = read_markup_hosts(corpora), read_spam(corpora)
    domains = _chosen([host.domain for host in hosts], fold)
    campaigns = _chosen([document.campaign for document in documents], fold, [d.niche for d in documents])
    _copy_lines(corpora, rest, "spam/dev.jsonl.gz", lambda record: record["campaign"] not in campaigns)
    outlets = _chosen([record["source"] for record in _records(corpora / "news/dev.jsonl.gz")], fold)
    _copy_lines(corpora, rest, "news/dev.jsonl.gz", lambda record: record["source"] not in outlets)
    (rest / COMPOSED).symlink_to((corpora / COMPOSED).resolve())
    _link_wcxb(corpora / WCXB, rest / WCXB, domains)
    _link_segments(corpora / SEGMENTS, rest / SEGMENTS, domains)
    return HeldOut(
        [host for host in hosts if host.domain in domains and host.page_type == "article"],
        [document for document in documents if document.campaign in campaigns],
    )


def _chosen(groups: list[str], fold: int, strata: list[str] | None = None) -> frozenset[str]:
    folds = assign_folds(groups, FOLDS, strata=strata)
    return frozenset(group for group, own in zip(groups, folds, strict=True) if own == fold)


def _records(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _copy_lines(corpora: Path, rest: Path, name: str, kept: Callable[[dict[str, Any]], bool]) -> None:
    (rest / name).parent.mkdir(parents=True)
    with gzip.open(rest / name, "wt", encoding="utf-8") as copy:
        copy.writelines(json.dumps(record) + "\n" for record in _records(corpora / name) if kept(record))


def _link_wcxb(source: Path, target: Path, domains: frozenset[str]) -> None:
    (target / "html").mkdir(parents=True)
    (target / "ground-truth").mkdir()
    for truth in source.glob("ground-truth/*.json"):
        url = json.loads(truth.read_text("utf-8")).get("url") or truth.stem
        if registered_domain(url) not in domains:
            (target / "ground-truth" / truth.name).symlink_to(truth.resolve())
            page = f"html/{truth.stem}.html.gz"
            (target / page).symlink_to((source / page).resolve())


def _link_segments(source: Path, target: Path, domains: frozenset[str]) -> None:
    target.mkdir()
    (target / "html").symlink_to((source / "html").resolve())
    segments = json.loads((source / "segments.json").read_text("utf-8"))
    kept = {name: own for name, own in segments.items() if registered_domain(own["url"]) not in domains}
    (target / "segments.json").write_text(json.dumps(kept), "utf-8")
