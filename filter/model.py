"""Save, load and check a model.

joblib writes one plain dictionary: the arrays, and as JSON the settings, the names
of the features, what the model was trained on and with, its figures. No estimator
is in it, so no release of scikit-learn can make it unreadable.

The digest of the model that comes with the package is part of the package. A
file is hashed before anything in it is looked at; one that is not that model is
read only if the caller passes its digest or says that it is trusted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from filter import joblib_file
from filter.errors import CallerError, ModelError

FORMAT = 4
"""Number of the file's layout; raised when an older version could not read it rightly."""

_MAXIMUM_BYTES = joblib_file.MAXIMUM_BYTES

_PACKAGE = Path(__file__).parent

_DIGEST_FILE = "default_model.sha256"
"""Holds the digest of the default model, as ``sha256sum`` writes it."""

_FACTS = ("settings", "features", "training", "versions", "figures")
"""What a model is, beside its arrays. One text in the file: read at once, where thousands of values take as
long as all of numpy's work for a page."""

_HEX_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learned, as arrays and plain values.

    Attributes
    ----------
    arrays : Mapping of str to ndarray
        What was learned: finite numbers, read-only when loaded.
    settings : Mapping
        Plain values that go with the arrays: thresholds, sizes, class names.
    features : Mapping of str to tuple of str
        Names of the features that each step reads, in order.
    training : Mapping
        What it was trained on: names of the corpora with their digests.
    versions : Mapping of str to str
        Releases of the libraries that it was trained with.
    figures : Mapping
        What was measured when it was trained.
    digest : str
        SHA-256 of its file; empty until it was saved or loaded.
    source : str
        Where it was loaded from.
    """

    arrays: Mapping[str, npt.NDArray[Any]]
    settings: Mapping[str, Any] = field(default_factory=dict)
    features: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    source: str = ""

    def require(self, features: Mapping[str, tuple[str, ...]]) -> None:
        """Refuse to go on if the model was made for other features than these.

        Parameters
        ----------
        features : Mapping of str to tuple of str
            The features that the code computes, by step.

        Raises
        ------
        ModelError
            Naming the first features that differ.
        """
        for step in sorted(features.keys() | self.features.keys()):
            ours, theirs = features.get(step, ()), self.features.get(step, ())
            if tuple(ours) != tuple(theirs):
                raise ModelError(
                    f"the model {self.source} was trained on other features than this version computes "
                    f"(step {step!r}: {_difference(ours, theirs)}): use the newsfilter release that it was "
                    "trained with, or train it again with `newsfilter train`"
                )


def save(model: Model, path: str | Path, *, compress: int = 0) -> Model:
    """Write a model to a file, all of it or nothing.

    Weights hardly shrink when compressed, and unpacking takes a tenth of a command's time.

    Parameters
    ----------
    model : Model
        If it names no versions, those of the libraries at hand are recorded.
    path : str or Path
        Where to; a file that is there is replaced.
    compress : int
        Level of zlib from 0 (none: loads fastest) to 9.

    Returns
    -------
    Model
        The same with its digest and source.

    Raises
    ------
    ModelError
        If it holds anything but finite numbers, plain values and arrays of them,
        or the file can't be written.
    """
    import tempfile  # here: it takes long to import, and only saving needs it

    model = replace(model, versions=model.versions or _installed_versions())
    _check_arrays(model.arrays, "the model to be saved")
    target = Path(path)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".newsfilter-") as folder:
            draft = Path(folder, target.name)
            contents = {"format": FORMAT, "arrays": model.arrays, "facts": _written(model)}
            joblib_file.write(contents, draft, compress=compress)
            digest = hashlib.sha256(draft.read_bytes()).hexdigest()
            draft.replace(target)
    except joblib_file.NotPlainError as error:
        raise ModelError(f"the model can't be saved: {error}. Keep it out, or turn it into one") from error
    except OSError as error:
        raise ModelError(f"can't write the model {target} ({error.strerror}): check the path") from error
    return replace(model, digest=digest, source=str(target))


def load(path: str | Path | None = None, *, digest: str | None = None, trusted: bool = False) -> Model:
    """Read a model from a file whose digest is known, or that the caller trusts.

    Parameters
    ----------
    path : str or Path, optional
        The file; the model that comes with the package if left out.
    digest : str, optional
        SHA-256 that the file must have, in hexadecimal.
    trusted : bool
        Read a file of any digest.

    Raises
    ------
    ModelError
        If the file is missing, changed, foreign, damaged, or written in
        another format.
    CallerError
        If ``digest`` is no SHA-256 digest.
    """
    source = default_path() if path is None else Path(path)
    data = _read(source)
    found = hashlib.sha256(data).hexdigest()
    if path is None:
        _check_default(source, found)
    if path is not None or digest is not None:
        _check_trust(source, found, digest, trusted)
    try:
        contents = joblib_file.read(data)
    except joblib_file.UnreadableFileError as error:
        raise ModelError(
            f"{source} can't be read as a model, {error}: copy it again from where it came, or train a "
            "new one with `newsfilter train`"
        ) from error
    return _checked(contents, source, found)


def default_path() -> Path:
    """Return where the model that comes with the package is: in the wheel, or in a checkout."""
    packaged = _PACKAGE / "default.joblib"
    return packaged if packaged.exists() else _PACKAGE.parent / "models" / "default.joblib"


def default_digest() -> str:
    """Return the digest that the package holds of its model; empty if it holds none."""
    try:
        return (_PACKAGE / _DIGEST_FILE).read_text(encoding="ascii").partition(" ")[0]
    except OSError:
        return ""


def record_default(model: Model) -> None:
    """Make a saved model the one that this checkout trusts, in the file that ``sha256sum --check`` reads."""
    (_PACKAGE / _DIGEST_FILE).write_text(f"{model.digest}  {Path(model.source).name}\n", encoding="ascii")


def _read(source: Path) -> bytes:
    try:
        size = source.stat().st_size
        if size > _MAXIMUM_BYTES:
            raise ModelError(f"{source} has {size:,} bytes, which is too large for a model: check the path")
        return source.read_bytes()
    except OSError as error:
        raise ModelError(f"can't read the model {source} ({error.strerror}): check the path") from error


def _check_default(source: Path, found: str) -> None:
    if found != default_digest():
        raise ModelError(
            f"{source} is not the model that this version of newsfilter came with: it was changed or "
            "damaged, so nothing in it was read. Install newsfilter again, or load the file as a model of "
            "your own, by its path"
        )


def _check_trust(source: Path, found: str, digest: str | None, trusted: bool) -> None:
    if digest is not None:
        expected = digest.strip().lower().removeprefix("sha256:")
        if not _HEX_DIGEST.fullmatch(expected):
            raise CallerError(f"{digest!r} is no SHA-256 digest: give 64 hexadecimal digits")
        if found != expected:
            raise ModelError(
                f"{source} has the digest {found}, not {expected}: it was changed, damaged, or is another "
                "model, so nothing in it was read. Fetch it again, or find out which one is right"
            )
    elif not trusted and found != default_digest():
        raise ModelError(
            f"{source} is not the model that came with newsfilter, and models of unknown origin are not "
            "read. Give the SHA-256 digest that its maker states (digest=, --model-digest), or, if you made "
            "it yourself, say that you trust it (trusted=True, --trust-model)"
        )


def _checked(contents: Any, source: Path, digest: str) -> Model:
    if not isinstance(contents, dict) or type(contents.get("format")) is not int:
        raise ModelError(f"{source} is no model of newsfilter: check the path")
    if contents["format"] > FORMAT:
        raise ModelError(
            f"{source} was written by a newer version of newsfilter (format {contents['format']}; this one "
            f"reads {FORMAT}): upgrade newsfilter"
        )
    if contents["format"] < FORMAT:
        raise ModelError(
            f"{source} has the old format {contents['format']}; this version reads {FORMAT}: train it again "
            "with `newsfilter train`"
        )
    parts: dict[str, Any] = {"arrays": contents.get("arrays")} | _read_facts(contents.get("facts"), source)
    for part, value in parts.items():
        if not isinstance(value, dict):
            raise ModelError(f"{source} has no {part}: train it again with `newsfilter train`")
    _check_arrays(parts["arrays"], str(source))
    if not all(isinstance(names, list) for names in parts["features"].values()):
        raise ModelError(f"{source} has features without names: train it again with `newsfilter train`")
    features = {step: tuple(map(str, names)) for step, names in parts["features"].items()}
    return Model(**(parts | {"features": features}), digest=digest, source=str(source))


def _written(model: Model) -> str:
    """Return as JSON what a model is beside its arrays."""
    facts = {fact: joblib_file.plain(getattr(model, fact), fact, {}) for fact in _FACTS}
    try:
        return json.dumps(facts)
    except TypeError as error:
        raise ModelError(
            f"the model can't be saved: {error}. Move arrays from {', '.join(_FACTS)} to its arrays"
        ) from error


def _read_facts(text: Any, source: Path) -> dict[str, Any]:
    try:
        facts = json.loads(text)
        return {fact: facts.get(fact) for fact in _FACTS}
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(
            f"{source} does not say what it is ({error}): train it again with `newsfilter train`"
        ) from error


def _check_arrays(arrays: Mapping[str, Any], source: str) -> None:
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "biuf":
            raise ModelError(f"{source} holds {name!r}, which is no array of numbers: train it again")
        if not np.isfinite(array).all():
            raise ModelError(f"{source} holds numbers in {name!r} that are not finite: train it again")


def _installed_versions() -> dict[str, str]:
    from importlib import metadata  # here: it takes long to import, and only saving needs it

    versions = {}
    for library in ("newsfilter", "numpy", "joblib", "scikit-learn", "scipy", "catboost", "torch"):
        try:
            versions[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            continue
    return versions


def _difference(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    missing = [name for name in ours if name not in set(theirs)]
    unknown = [name for name in theirs if name not in set(ours)]
    if not missing and not unknown:
        return "the same, in another order"
    parts = [("lacks", missing), ("has unknown", unknown)]
    return "; ".join(f"{verb} {', '.join(names[:3])}" for verb, names in parts if names)
