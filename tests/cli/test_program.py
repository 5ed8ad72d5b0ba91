"""The program as a whole: help, versions, wrong use, quick start."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import pytest
from typer.main import get_command

from filter.cli import program
from filter.cli.commands import COMMANDS
from tests.cli.program import ROOT, newsfilter


class TestHelp:
    def test_shows_the_commands_in_order(self) -> None:
        names = re.findall(r"^  (\w+)  +[A-Z]", newsfilter("--help").out, re.MULTILINE)
        assert names == ["clean", "batch", "inspect", "evaluate", "train", "model"]

    def test_shows_examples_in_groups_and_exit_codes(self) -> None:
        page = newsfilter("--help").out
        assert "Cleaning pages:" in page
        assert "Measuring and training:" in page
        assert "Examples:\n    newsfilter clean page.html" in page
        assert "3 the page holds no article" in page

    def test_is_shown_when_nothing_is_asked_for(self) -> None:
        run = newsfilter()
        assert "Cleaning pages:" in run.out + run.err

    @pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
    def test_fits_eighty_columns(self, command: tuple[str, ...]) -> None:
        run = newsfilter(*command, "--help")
        assert run.code == 0
        assert max(map(len, run.out.splitlines())) <= 80

    @pytest.mark.parametrize("name", COMMANDS)
    def test_says_what_each_option_does(self, name: str) -> None:
        for parameter in loaded(name).params:
            assert parameter.help, f"{name} {parameter.name}"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_lists_a_command_with_the_first_line_of_its_own_help(self, name: str) -> None:
        assert (loaded(name).help or "").startswith(COMMANDS[name].summary.rstrip("."))


def loaded(name: str) -> Any:
    """Return a command as the program imports it."""
    group: Any = get_command(program())
    return group.get_command(None, name)


def test_version_is_that_of_the_package() -> None:
    assert newsfilter("--version").out == f"newsfilter {version('newsfilter')}\n"


@pytest.mark.parametrize(
    "arguments", [("clean", "--no-such-option"), ("no-such-command",), ("clean", "--format", "pdf")]
)
def test_wrong_use_is_told_and_exits_with_2(arguments: tuple[str, ...]) -> None:
    run = newsfilter(*arguments)
    assert run.code == 2
    assert run.out == ""
    assert "Error:" in run.err
    assert "Traceback" not in run.err


def test_the_shell_completes_commands_and_options() -> None:
    def completed(*words: str) -> list[str]:
        place = {"COMP_WORDS": " ".join(("newsfilter", *words)), "COMP_CWORD": str(len(words))}
        return newsfilter(_NEWSFILTER_COMPLETE="complete_bash", **place).out.split()

    assert completed("cl") == ["clean"]
    assert completed("clean", "--form") == ["--format"]
    assert completed("clean", "--format", "m") == ["markdown"]


@pytest.mark.parametrize("arguments", [["--help"], ["clean", "--help"], ["--version"]])
def test_help_imports_nothing_slow(arguments: list[str]) -> None:
    code = (
        "import sys, filter.cli\n"
        "try: filter.cli.main()\n"
        "except SystemExit: pass\n"
        "slow = {'numpy', 'rich', 'joblib', 'bs4', 'jinja2', 'turbohtml'}\n"
        "sys.stderr.write(' '.join(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, cwd=ROOT, text=True
    )
    assert done.stderr == ""
