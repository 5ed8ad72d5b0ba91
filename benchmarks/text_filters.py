"""What people otherwise train against spam: filters of single texts behind one face."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Score = Callable[[Sequence[str]], Floats]
"""Gives each text a figure: the higher, the more likely spam."""
Fit = Callable[[Sequence[str], Sequence[str]], Any]
"""Spam and genuine texts to a context that lends a score."""


@contextmanager
def bogofilter(spam: Sequence[str], genuine: Sequence[str]) -> Iterator[Score]:
    """Bogofilter (Debian), each text a message, its own spamicity as score."""
    with TemporaryDirectory() as folder:
        _bogofilter(folder, "-s", spam)
        _bogofilter(folder, "-n", genuine)

        def score(texts: Sequence[str]) -> Floats:
            answers = _bogofilter(folder, "-v", texts, "--spam-cutoff=0.5", "--ham-cutoff=0.0")
            found = re.findall(r"spamicity=([0-9.]+)", answers)
            if len(found) != len(texts):
                raise RuntimeError(f"bogofilter judged {len(found)} of {len(texts)} messages")
            return np.array(found, dtype=np.float64)

        yield score


def _bogofilter(folder: str, action: str, texts: Iterable[str], *options: str) -> str:
    messages = "".join(f"From x Mon Jan  1 00:00:00 2024\nSubject:\n\n{_body(text)}\n\n" for text in texts)
    command = ["bogofilter", "-d", folder, "-M", action, *options]
    ended = subprocess.run(
        command,
        input=messages.encode("utf-8", "replace"),
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    if ended.returncode > 2:
        raise RuntimeError(f"bogofilter failed: {ended.stderr.decode('utf-8', 'replace')[-300:]}")
    return ended.stdout.decode("utf-8", "replace")


def _body(text: str) -> str:
    """A text as the body of a message in a mailbox."""
    return " " + " ".join(text.split())


@contextmanager
def fasttext(spam: Sequence[str], genuine: Sequence[str]) -> Iterator[Score]:
    """FastText's supervised classifier, on words and character n-grams."""
    import fasttext as library  # type: ignore[import-untyped]

    with TemporaryDirectory() as folder:
        file = Path(folder) / "train.txt"
        lines = [f"__label__spam {_line(text)}" for text in spam]
        lines += [f"__label__genuine {_line(text)}" for text in genuine]
        np.random.default_rng(0).shuffle(lines)
        file.write_text("\n".join(lines), "utf-8")
        model = library.train_supervised(
            str(file),
            dim=50,
            epoch=10,
            lr=0.3,
            wordNgrams=2,
            minn=3,
            maxn=5,
            bucket=500_000,
            thread=1,
            verbose=0,
            seed=0,
        )

    def score(texts: Sequence[str]) -> Floats:
        labels, chances = model.f.multilinePredict([_line(text) + "\n" for text in texts], 2, -1.0, "strict")
        return np.array([_chance_of_spam(*answer) for answer in zip(labels, chances, strict=True)])

    yield score


def _chance_of_spam(labels: Sequence[str], chances: Sequence[float]) -> float:
    return dict(zip(labels, chances, strict=True)).get("__label__spam", 0.0)


def _line(text: str) -> str:
    return " ".join(text.lower().split())


@contextmanager
def logistic_regression(spam: Sequence[str], genuine: Sequence[str]) -> Iterator[Score]:
    """Scikit-learn's TF-IDF of words and word pairs, with logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=300_000),
        LogisticRegression(C=10.0, class_weight="balanced", max_iter=200),
    )
    model.fit([*spam, *genuine], [1] * len(spam) + [0] * len(genuine))

    def score(texts: Sequence[str]) -> Floats:
        return np.asarray(model.decision_function(list(texts)), dtype=np.float64)

    yield score


FILTERS: dict[str, Fit] = {
    "bogofilter": bogofilter,
    "fastText": fasttext,
    "TF-IDF + logistic regression": logistic_regression,
}


def available() -> dict[str, Fit]:
    """The filters that are installed."""
    return {name: fit for name, fit in FILTERS.items() if _is_there(name)}


def missing() -> list[str]:
    """Those that aren't."""
    return [name for name in FILTERS if not _is_there(name)]


def _is_there(name: str) -> bool:
    if name == "bogofilter":
        return shutil.which(name) is not None
    return find_spec({"fastText": "fasttext"}.get(name, "sklearn")) is not None
