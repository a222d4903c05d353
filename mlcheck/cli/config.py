"""`mlcheck config`, and what `check` and `batch` make of a configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli.options import ConfigOption, OutputOption
from mlcheck.cli.terminal import opened, say
from mlcheck.errors import InputError, UsageError

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.manifest import Item
    from mlcheck.settings import Settings

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
    with opened(output, *files_of(found)) as write:
        write(shown)


@config_app.command("schema")
def config_schema(output: OutputOption = None) -> None:
    """Print the JSON Schema of mlcheck.toml, for editors."""
    from mlcheck.config import schema_text

    with opened(output) as write:
        write(schema_text())


def files_of(config: Config) -> list[Path]:
    """The file of a configuration and those that it names, which no output may be written to."""
    from mlcheck.models import model_files

    terms = [path for paths in _glossaries_of(config) for path in paths]
    return [
        *(path for path in (config.file, config.baseline) if path is not None),
        *terms,
        *model_files(config.models),
    ]


def settings_with_terms(config: Config) -> Callable[[Config], Settings]:
    """What makes settings of a configuration for a pair, which is `config` with some overrides. All its
    glossaries are read here, once: a bad one stops the run before the first pair. Raises as
    `load_terms` does."""
    from mlcheck.terms import load_terms

    glossaries = {paths: load_terms(paths) for paths in _glossaries_of(config)}

    def settings_of(pair: Config) -> Settings:
        settings = pair.settings()
        return replace(settings, check=replace(settings.check, glossary=glossaries.get(pair.terms)))

    return settings_of


def _glossaries_of(config: Config) -> list[tuple[Path, ...]]:
    """The glossaries that pairs of a configuration may have, each a number of files."""
    every = [config.terms, *(override.terms for override in config.overrides)]
    return list(dict.fromkeys(paths for paths in every if paths))


def languages_for(config: Config, item: Item) -> tuple[str | None, str | None]:
    """The languages of a pair: as it says itself, else as the configuration has them for its files."""
    source, target = item.languages
    return (
        config.language_of(item.source) if source is None else source,
        config.language_of(item.target) if target is None else target,
    )


def pairs_of(config: Config) -> list[Item]:
    """The pairs that the configuration's patterns find. Raises `UsageError` where it has no patterns,
    `InputError` where they find none."""
    from mlcheck.manifest import find_pairs

    if not config.pairs:
        where = "" if config.file is None else f"{config.file}: has no 'pairs', so there is "
        raise UsageError(f"{where}nothing to check: name SOURCE and TARGET, or set 'pairs' in mlcheck.toml")
    items = find_pairs(
        config.folder,
        config.pairs,
        reference=config.reference,
        language_of=config.language_of,
        excluded=config.is_excluded,
    )
    if not items:
        patterns = ", ".join(config.pairs)
        raise InputError(f"{config.origin('pairs')}: no two files match {patterns}; check the patterns")
    return items
