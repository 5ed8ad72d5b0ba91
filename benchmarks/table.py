"""Results as Markdown tables, so that they can be pasted where they are quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table: the first column to the left, figures to the right.

    Parameters
    ----------
    headings : sequence of str
        One for each column.
    rows : iterable of sequence of str
        Cells as they are to be shown.

    Returns
    -------
    str
        A Markdown table, columns aligned for reading as it stands.
    """
    lines = [list(headings), *map(list, rows)]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(headings))]
    left, *right = widths
    rule = "|".join(["", "-" * (left + 2), *("-" * (width + 1) + ":" for width in right), ""])
    heading, *body = (_row(line, widths) for line in lines)
    return "\n".join([heading, rule, *body])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if column else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join([first, *others])} |"
