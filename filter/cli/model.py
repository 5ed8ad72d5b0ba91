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
        write("\n".join(_lines(description)))


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
