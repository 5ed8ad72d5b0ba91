"""Settings of the documentation."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from typer.testing import CliRunner

from filter.cli import program
from filter.cli.commands import COMMANDS

project = "newsfilter"
author = "The newsfilter authors"
project_copyright = "2026, the newsfilter authors"
release = metadata.version("newsfilter")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_generated"]

html_theme = "furo"
html_static_path = ["_static"]
html_title = "newsfilter"

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say it
napoleon_google_docstring = False
napoleon_use_rtype = False

doctest_global_setup = f"import os; os.chdir({str(Path(__file__).parents[1])!r})"


def _write_help_pages(folder: Path) -> None:
    """Write what ``--help`` shows, so that these pages never lag behind the program."""
    folder.mkdir(exist_ok=True)
    for arguments in [(), *((name,) for name in COMMANDS)]:
        shown = CliRunner().invoke(program(), [*arguments, "--help"], prog_name="newsfilter")
        (folder / f"{arguments[0] if arguments else 'newsfilter'}.txt").write_text(
            shown.output, encoding="utf-8"
        )


_write_help_pages(Path(__file__).parent / "_generated")
