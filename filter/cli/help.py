"""Help pages in groups; without Rich and the commands' imports, so that they come at once."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from filter.cli.commands import COMMANDS

_REPEATED = re.compile(r"^\{(.+?)(?:\.\.\.)?\}\.\.\.$")


def examples(*lines: str) -> str:
    """Return an epilog that shows these command lines as they are typed."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


class GroupedCommand(TyperCommand):
    """A command whose options are shown under the headings of their help panels."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Write an argument that may be repeated as ``NAME...`` and not as ``{NAME...}...``."""
        return [_REPEATED.sub(r"\1...", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write one section a panel, in the order in which the panels first occur."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            row = parameter.get_help_record(ctx)
            if row is None:
                continue
            is_argument = parameter.param_type_name == "argument"
            panel = "Arguments" if is_argument else getattr(parameter, "rich_help_panel", None) or "Options"
            name, description = row
            sections.setdefault(panel, []).append((name.split(" <list")[0], description))
        for panel in sorted(sections, key=lambda name: name == "Options"):  # --help comes last
            _write_section(formatter, panel, sections[panel])


class LazyGroup(TyperGroup):
    """The program: it imports a command when that is called, and lists them all without."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return the names of the commands in the order of their table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import a command; return ``None`` if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        command = COMMANDS[cmd_name]
        alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        epilog = examples(*command.examples) if command.examples else None
        register = alone.command(cmd_name, cls=GroupedCommand, epilog=epilog, context_settings=CONTEXT)
        register(getattr(import_module(command.module), cmd_name))
        return get_command(alone)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, one section a panel, then the options."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in COMMANDS.items():
            sections.setdefault(command.panel, []).append((f"{name:8}", command.summary))
        rows = [row for parameter in self.get_params(ctx) if (row := parameter.get_help_record(ctx))]
        for panel, entries in (sections | {"Options": rows}).items():
            _write_section(formatter, panel, entries)


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 80}
"""Settings of the program and of each command."""


def _write_section(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    with formatter.section(heading):
        formatter.write_dl(rows)
