"""Help pages: plain text in groups, drawn without Rich so that they come at once."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


def examples(*lines: str) -> str:
    """Return an epilog that shows these command lines as they are typed."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


class GroupedCommand(TyperCommand):
    """A command whose options are shown under the headings of their help panels."""

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
            with formatter.section(panel):
                formatter.write_dl(sections[panel])


class OrderedGroup(TyperGroup):
    """The program: its commands before its options, in the order of their registration."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, one section a panel, then the options."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            panel = getattr(command, "rich_help_panel", None) or "Commands"
            sections.setdefault(panel, []).append((f"{name:8}", command.get_short_help_str(limit=70)))
        sections["Options"] = [
            row for parameter in self.get_params(ctx) if (row := parameter.get_help_record(ctx))
        ]
        for panel, rows in sections.items():
            with formatter.section(panel):
                formatter.write_dl(rows)
