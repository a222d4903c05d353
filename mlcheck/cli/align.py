"""`mlcheck align`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli.options import (
    LangOption,
    LinkFormat,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    OutputOption,
    SizeOption,
    Unit,
    languages_of,
    make_checker,
)
from mlcheck.cli.terminal import opened, say
from mlcheck.models import NONE, model_files

if TYPE_CHECKING:
    from mlcheck.data import Links


def align_command(
    source: Annotated[Path, typer.Argument(help="The reference version.")],
    target: Annotated[Path, typer.Argument(help="The other version.")],
    unit: Annotated[
        Unit,
        typer.Option("--unit", help="What is linked; `line`: every line as it is, nothing split or dropped."),
    ] = Unit.paragraph,
    format: Annotated[
        LinkFormat, typer.Option("--format", "-f", help="Format of the links.")
    ] = LinkFormat.jsonl,
    output: OutputOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    lang: LangOption = None,
    max_size: SizeOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Print which units of one version say the same as which of the other."""
    from mlcheck.links import aligned, to_jsonl, to_tsv
    from mlcheck.read import DEFAULT_MAX_SIZE
    from mlcheck.tmx import to_tmx
    from mlcheck.xliff import to_xliff

    written = {
        LinkFormat.jsonl: to_jsonl,
        LinkFormat.tsv: to_tsv,
        LinkFormat.tmx: to_tmx,
        LinkFormat.xliff: to_xliff,
    }[format]
    languages = languages_of(lang, 2)
    checker = make_checker(model, models, max_size or DEFAULT_MAX_SIZE, NONE, cache=not no_cache)
    with opened(output, source, target, *model_files(models)) as write:
        links = aligned(checker, source, target, unit.value, languages)
        write(written(links))
    left_out = _left_out(links, format)
    if left_out:
        say(f"{unit}s without counterpart are not in the {format.upper()}: {left_out}")


def _left_out(links: Links, format: LinkFormat) -> str:
    """How many units of which side the format has no place for; empty where it has one for all."""
    from mlcheck import tmx, xliff

    if format is LinkFormat.tmx:
        one, two = tmx.left_out(links)
        return f"{one} of the source, {two} of the target" if one or two else ""
    if format is LinkFormat.xliff:
        two = xliff.left_out(links)
        return f"{two} of the target" if two else ""
    return ""
