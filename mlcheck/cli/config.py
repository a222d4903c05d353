"""`mlcheck config`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli.options import ConfigOption, OutputOption
from mlcheck.cli.terminal import opened, say

config_app = typer.Typer(
    help="The configuration: what is in force, and where it comes from.", no_args_is_help=True
)


class ShowFormat(StrEnum):
    """Formats of `config show`."""

    text = "text"
    json = "json"


@config_app.command("show")
def config_show(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="The versions of one text; their overrides are applied."),
    ] = None,
    format: Annotated[ShowFormat, typer.Option("--format", "-f", help="Format.")] = ShowFormat.text,
    output: OutputOption = None,
    config: ConfigOption = None,
) -> None:
    """Print every setting that is in force, and the line that it comes from."""
    from mlcheck.config import load_config, to_json, to_table

    found = load_config(paths or (), config)
    for note in found.notes:
        say(note)
    if paths:
        found = found.for_paths(*paths)
    shown = to_json(found) if format is ShowFormat.json else to_table(found)
    with opened(output, *found.files) as write:
        write(shown)


@config_app.command("schema")
def config_schema(output: OutputOption = None) -> None:
    """Print the JSON Schema of mlcheck.toml, for editors."""
    from mlcheck.config import schema_text

    with opened(output) as write:
        write(schema_text())
