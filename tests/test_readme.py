"""The README's examples do what they say."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, ROOT, SAMPLES

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line
    for language, example in EXAMPLES
    if language == "sh"
    for line in example.splitlines()
    if line.startswith("newsfilter ")
]
PROGRAMS = [example for language, example in EXAMPLES if language == "python"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder that looks like a fresh checkout to an example, with pages of a crawl."""
    shutil.copytree(SAMPLES, tmp_path / "samples")
    crawl = tmp_path / "crawl"
    crawl.mkdir()
    pages = [json.dumps({"html": page.read_text("utf-8")}) for page in sorted(SAMPLES.glob("[!b]*.html"))]
    (crawl / "pages.jsonl").write_text("\n".join(pages), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, checkout: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, *shlex.split(command)[1:]], cwd=checkout, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    written = re.search(r" -o (\S+)", command)
    assert (checkout / written[1]).exists() if written else done.stdout


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.strip().splitlines()[-1])
def test_program(program: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("scrapy", "datatrove"):
        if library in program:
            pytest.importorskip(library)
    monkeypatch.chdir(checkout)
    script = checkout / "example.py"
    script.write_text(program, encoding="utf-8")
    names = runpy.run_path(str(script), run_name="__main__")
    for path in names.get("ITEM_PIPELINES", ()):
        module, _, name = path.rpartition(".")
        assert hasattr(import_module(module), name)
    if "articles/" in program:
        assert list((checkout / "articles").iterdir())


def test_the_two_commands_stand_where_continuous_integration_looks_for_them() -> None:
    for mark, last in (
        ("run", "newsfilter clean samples/library-pbn-tail.html"),
        ("test", "python -m pytest"),
    ):
        command = re.search(rf"^<!-- {mark} command -->\n```sh\n(.+)\n```$", README, re.MULTILINE)
        assert command is not None
        assert command[1].endswith(last)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
