"""Whether the default model gives the same under other releases of Python, numpy and joblib.

``python -m benchmarks.versions PYTHON...`` cleans the sample pages with each
interpreter (of an environment that has the libraries to be compared) and tells
where texts, labels or probabilities differ. To compare the oldest and newest
releases that the project declares::

    python3.11 -m venv old && old/bin/pip install . --constraint tests/oldest.txt
    python3.13 -m venv new && new/bin/pip install .
    python -m benchmarks.versions old/bin/python new/bin/python
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIBRARIES = ("numpy", "joblib", "scikit-learn", "turbohtml", "beautifulsoup4")


def probe() -> dict[str, Any]:
    """Clean the samples with this interpreter, as HTML, as a tree, and as text."""
    from bs4 import BeautifulSoup

    from filter import Cleaner, Label
    from filter.model import load
    from filter.render import to_json

    model = load()
    cleaner = Cleaner(model)
    records = []
    paths = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".html", ".txt"})
    for path in paths:
        data = path.read_bytes()
        for page in (data, BeautifulSoup(data, "html.parser")):
            article = cleaner.clean(page)
            record = json.loads(to_json(article))
            record["exact"] = [[block.probabilities[label] for label in Label] for block in article.blocks]
            records.append(record)
    return {
        "python": sys.version.split()[0],
        "libraries": {name: _version(name) for name in LIBRARIES},
        "model": model.digest,
        "arrays": hashlib.sha256(b"".join(array.tobytes() for array in model.arrays.values())).hexdigest(),
        "records": records,
    }


def compare(first: dict[str, Any], other: dict[str, Any]) -> str:
    """Tell in a line how two probes differ."""
    pairs = list(zip(first["records"], other["records"], strict=True))
    texts = sum(one["text"] != two["text"] for one, two in pairs)
    labels = sum(
        a["label"] != b["label"]
        for one, two in pairs
        for a, b in zip(one["blocks"], two["blocks"], strict=True)
    )
    furthest = max(
        (
            abs(x - y)
            for one, two in pairs
            for a, b in zip(one["exact"], two["exact"], strict=True)
            for x, y in zip(a, b, strict=True)
        ),
        default=0.0,
    )
    arrays = "same arrays" if first["arrays"] == other["arrays"] else "OTHER ARRAYS"
    return (
        f"{arrays}; {texts} of {len(pairs)} texts, {labels} labels differ; "
        f"probabilities by {furthest:.1g} at most"
    )


def main() -> int:
    """Probe each interpreter that is named, and compare with the first."""
    if sys.argv[1:] == ["--probe"]:
        sys.stdout.write(json.dumps(probe()))
        return 0
    found = [_ask(python) for python in sys.argv[1:]]
    for result in found:
        names = ", ".join(f"{name} {version}" for name, version in result["libraries"].items())
        sys.stdout.write(f"Python {result['python']}, {names}: {compare(found[0], result)}\n")
    return int(any(compare(found[0], result) != compare(found[0], found[0]) for result in found))


def _ask(python: str) -> dict[str, Any]:
    # Seen from another folder a path leads elsewhere; a bare name is looked for on the PATH.
    command = os.path.abspath(python) if os.sep in python else python
    output = subprocess.run(
        [command, "-m", "benchmarks.versions", "--probe"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    result: dict[str, Any] = json.loads(output)
    return result


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "-"


if __name__ == "__main__":
    sys.exit(main())
