"""`mlcheck align`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli.options import (
    FromOption,
    LangOption,
    LinkFormat,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    OutputOption,
    SizeOption,
    Unit,
    languages_of,
)
from mlcheck.cli.terminal import opened, say
from mlcheck.models import NONE, model_files


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
    from_: FromOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Print which units of one version say the same as which of the other."""
    from mlcheck.config import language_in
    from mlcheck.links import WRITERS, aligned, left_out
    from mlcheck.pipeline import Checker
    from mlcheck.read import DEFAULT_MAX_SIZE

    said = zip(languages_of(lang, 2), (source, target), strict=True)
    languages = [language_in(path.name) if code is None else code for code, path in said]
    most = max_size or DEFAULT_MAX_SIZE
    checker = Checker(
        model, models=models, max_size=most, progress=say, judge=NONE, cache=not no_cache, format=from_
    )
    with opened(output, source, target, *model_files(models)) as write:
        links = aligned(checker, source, target, unit.value, languages)
        write(WRITERS[format.value](links))
    of_source, of_target = left_out(links, format.value)
    if of_source or of_target:
        # XLIFF has a place for all of the source.
        source_too = "" if format is LinkFormat.xliff else f"{of_source} of the source, "
        where = f"{source_too}{of_target} of the target"
        say(f"{unit}s without counterpart are not in the {format.upper()}: {where}")
