"""Text for a terminal, and its room. rich is imported where it is used, so that a run which writes JSON does
without it."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Final

from mlcheck.text import safe_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

__all__ = ["GUTTER", "INDENT", "console_for", "indented", "labelled", "rich_text", "two_columns", "unbroken"]

INDENT: Final = 9
"""The longest severity and a gap: severities stand alone at the left and can be scanned."""
GUTTER: Final = 3
"""Cells between two columns."""


def console_for(file: StringIO, width: int, colour: bool) -> Console:
    """A console that writes there, so many cells wide, whatever the environment says."""
    from rich.console import Console

    return Console(
        file=file,
        width=width,
        height=25,  # without it, a dumb terminal would win over `width`
        color_system="standard" if colour else None,
        no_color=not colour,
        force_terminal=colour,
        force_interactive=False,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def rich_text(*parts: str | tuple[str, str]) -> Text:
    """Strings, or pairs of string and style, as one rich text; nothing in them is markup or a control."""
    from rich.text import Text

    styled = ((part, "") if isinstance(part, str) else part for part in parts)
    return Text.assemble(*((safe_line(string), style) for string, style in styled))


def labelled(label: str, text: str, *, style: str = "dim") -> RenderableType:
    """A text beside its label."""
    from rich.table import Table

    grid = Table.grid()
    grid.add_column(width=INDENT)
    grid.add_column(overflow="fold")
    grid.add_row(rich_text((label, "dim")), rich_text((text, style)))
    return grid


def unbroken(line: Text) -> RenderableType:
    """A line that stays one, however long."""
    from rich.console import Group

    line.no_wrap, line.overflow = True, "ignore"
    return Group(line)  # printed bare, a text is joined to a new one that has lost both settings


def indented(piece: RenderableType, by: int = INDENT) -> RenderableType:
    """A piece, moved in."""
    from rich.padding import Padding

    return Padding(piece, (0, 0, 0, by), expand=False)


def two_columns(width: int, *rows: Sequence[Text]) -> RenderableType:
    """Two columns, each `width` cells wide."""
    from rich.table import Table

    grid = Table.grid(padding=(0, GUTTER, 0, 0))
    for _ in range(2):
        grid.add_column(width=width, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid
