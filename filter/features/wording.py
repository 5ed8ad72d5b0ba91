"""What words say, whatever the form of the page: what a text is about, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from filter.arrays import Arrays, join, part
from filter.features.tone import Tone
from filter.features.topic import Topic
from filter.features.words import Words

Floats = npt.NDArray[np.float32]

TONES = ("lexical", "plain", "broad lexical", "broad plain")
"""The scores of how a text reads, in order; the broad ones are those of ``Wording.broad``."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Learned from texts alone, and shared by the searches for spam in HTML and in plain text.

    Attributes
    ----------
    topic : Topic
    narrow : Tone
        Spam against news.
    broad : Tone
        Spam against news and the main content of other pages. Guides, reviews and companies' own
        pages read more like spam than news does: the first score finds more, the second is surer.
    """

    topic: Topic
    narrow: Tone
    broad: Tone

    def tones(self, words: Words) -> Floats:
        """Return the log-odds that each text is spam.

        Returns
        -------
        float32 array, shape (texts, len(TONES))
        """
        return np.hstack((self.narrow.scores(words), self.broad.scores(words)))

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything learned as plain arrays, for the model file."""
        return join({name: getattr(self, name).to_arrays() for name in ("topic", "narrow", "broad")})

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Wording:
        """Put together what :meth:`to_arrays` took apart."""
        return cls(
            Topic.from_arrays(part(arrays, "topic")),
            Tone.from_arrays(part(arrays, "narrow")),
            Tone.from_arrays(part(arrays, "broad")),
        )
