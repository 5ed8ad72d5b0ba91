"""What makes a cleaner, in a form that travels to workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filter.admission import MAXIMUM_BYTES

if TYPE_CHECKING:
    from filter.cleaner import Cleaner, Favour


@dataclass(frozen=True, slots=True)
class CleanerSettings:
    """What makes a cleaner, in a form that can be sent to another process.

    Attributes
    ----------
    favour : str
        As in :class:`filter.Cleaner`.
    model : Path or None
        A model file; ``None`` for the one that comes with the package.
    model_digest : str or None
        The digest that the model file must have.
    trust_model : bool
        Whether to load the model file whatever its digest is.
    maximum_bytes : int
        The largest page that is read.
    """

    favour: Favour = "balanced"
    model: Path | None = None
    model_digest: str | None = None
    trust_model: bool = False
    maximum_bytes: int = MAXIMUM_BYTES

    def __call__(self) -> Cleaner:
        """Load the model and return the cleaner.

        Raises
        ------
        ModelError
            If the model file is foreign, damaged, or not vouched for.
        """
        from filter.cleaner import Cleaner  # here: the supervisor needs none of it
        from filter.model import load

        model = load(self.model, digest=self.model_digest, trusted=self.trust_model)
        return Cleaner(model, self.favour, maximum_bytes=self.maximum_bytes)

    @property
    def identity(self) -> Mapping[str, str]:
        """What the results depend on, part by part: settings that differ in it may judge differently."""
        from filter.model import load

        model = load(self.model, digest=self.model_digest, trusted=self.trust_model)
        return {"model": model.digest, "--favour": self.favour}
