"""``newsfilter model``: what the loaded model is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from filter.article import Label
from filter.cli.judge import ModelDigestOption, ModelOption, TrustModelOption, load_model
from filter.cli.output import write

if TYPE_CHECKING:
    from filter.model import Model

_HEADLINES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "articles": {
        "word F1 {:.3f}": ("pages", "article", "f1"),
        "paragraphs lost {:.1%}": ("pages", "article", "paragraphs lost"),
    },
    "all pages": {
        "word F1 {:.3f}": ("pages", "all", "f1"),
        "paragraphs lost {:.1%}": ("pages", "all", "paragraphs lost"),
    },
    "segments": {"F {:.3f}": ("pages", "segments", "f1")},
    "spam in HTML": {
        "restored {:.1%}": ("spam", "spliced", "markup", "restored"),
        "leaked {:.1%}": ("spam", "spliced", "markup", "leaked"),
        "false alarms on {:.2%} of articles": ("spam", "curves", "markup", "favour", "balanced", "alarms"),
    },
    "spam in text": {
        "restored {:.1%}": ("spam", "spliced", "text", "restored"),
        "leaked {:.1%}": ("spam", "spliced", "text", "leaked"),
        "false alarms on {:.2%} of news": ("spam", "curves", "text", "favour", "balanced", "alarms"),
    },
}
"""The figures that sum a model up: how each is told, and where it stands among all."""


class Format(StrEnum):
    """How the description is written."""

    TEXT = "text"
    JSON = "json"


def model(
    format: Annotated[
        Format,
        typer.Option("--format", "-f", rich_help_panel="Output", help="How the description is written."),
    ] = Format.TEXT,
    features: Annotated[
        bool, typer.Option("--features", rich_help_panel="Output", help="Name each feature, too.")
    ] = False,
    model: ModelOption = None,
    model_digest: ModelDigestOption = None,
    trust_model: TrustModelOption = False,
) -> None:
    """Describe the model: classes, features, training, digest, figures."""
    description = _describe(load_model(model, model_digest, trust_model), features)
    if format == Format.JSON:
        write(json.dumps(description, ensure_ascii=False, indent=2))
    else:
        write("\n".join([*_lines(_summary(description)), "--format json has all figures"]))


def _describe(model: Model, feature_names: bool) -> dict[str, Any]:
    return {
        "source": model.source,
        "digest": model.digest,
        "classes": [str(label) for label in Label],
        "features": {
            step: list(names) if feature_names else len(names) for step, names in model.features.items()
        },
        "parameters": sum(array.size for array in model.arrays.values()),
        "training": _plain(model.training),
        "versions": _plain(model.versions),
        "figures": _plain(model.figures),
    }


def _summary(description: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fits on a screen: of the figures, only the headlines."""
    from filter.model import FORMAT  # here: help must not wait for numpy

    told = {
        "file": description["source"],
        "digest": description["digest"],
        "format": FORMAT,  # files of any other are refused
        "versions": description["versions"],
        "corpora": description["training"].get("corpora", {}),
        "classes": description["classes"],
        "features": description["features"],
        "parameters": description["parameters"],
        "figures": dict(_headlines(description["figures"])),
    }
    return {name: part for name, part in told.items() if part != {}}


def _headlines(figures: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield figures that stand by themselves, and those that sum a model up, as far as they are there."""
    yield from ((name, figure) for name, figure in figures.items() if _is_number(figure))
    for name, phrases in _HEADLINES.items():
        found = {phrase: _find(figures, path) for phrase, path in phrases.items()}
        known = [phrase.format(figure) for phrase, figure in found.items() if _is_number(figure)]
        if known:
            yield name, known


def _find(figures: Any, path: Sequence[str]) -> Any:
    """Follow a path into the figures: None where it leads nowhere."""
    for name in path:
        if isinstance(figures, list):
            figures = _by_group(figures)
        figures = figures.get(name) if isinstance(figures, Mapping) else None
    return figures


def _by_group(records: Sequence[Any]) -> dict[str, Any]:
    """Return the records that are about all pages of a group, by the group's name."""
    return {
        str(record.get("group")): record
        for record in records
        if isinstance(record, Mapping) and record.get("name") == "all"
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _plain(value: Any) -> Any:
    """Return mappings as dictionaries and sequences as lists, as JSON wants them."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value


def _lines(value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    width = max((len(name) for name in value), default=0) + 2
    for name, part in value.items():
        if isinstance(part, Mapping):
            yield f"{indent}{name}"
            yield from _lines(part, indent + "  ")
        else:
            yield f"{indent}{name:{width}}{_phrase(part)}"


def _phrase(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_phrase(part) for part in value)
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if type(value) is int else str(value)
