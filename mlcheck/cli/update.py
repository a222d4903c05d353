"""`mlcheck update`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli.baseline import today
from mlcheck.cli.check import configured, finish, rendered
from mlcheck.cli.options import (
    BaselineOption,
    ConfigOption,
    ExtractOption,
    FailOption,
    Format,
    FormatOption,
    FromOption,
    JudgeOption,
    LangOption,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    OutputOption,
    SizeOption,
    TermsOption,
    VerboseOption,
    languages_of,
)
from mlcheck.cli.terminal import opened, say


def update_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The source as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The source as it is now.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The version that has to follow.")],
    format: FormatOption = Format.text,
    output: OutputOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    judge: JudgeOption = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    terms: TermsOption = None,
    from_: FromOption = None,
    extract: ExtractOption = True,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Say whether TARGET has followed what changed from OLD to NEW.

    --lang may be given once for each of the three files, in order. Exit codes are those of check.
    """
    from mlcheck.batch import Item, RunOptions, Selection, finished, run_pairs, text_files

    given = [old, new, target]
    settings = configured(
        [new, target], config, terms, model=model, models=models, judge=judge, baseline=baseline,
        fail_on=fail_on, max_size=max_size,
    )  # fmt: skip
    languages = languages_of(lang, len(given))
    item = Item(
        id=f"{new} {target}",
        source=new,
        target=target,
        languages=(languages[1] or languages[0], languages[2]),
        old=old,
    )
    options = RunOptions(strict=True, cache=not no_cache, today=today(), format=from_, whole=not extract)
    with opened(output, old, *text_files([item]), *settings.files) as write:
        reports = list(run_pairs(settings, Selection.of([item]), options, say=say, progress=say))
        write(rendered(reports, format, output, verbose, settings.fail_on))
    raise typer.Exit(finish([finished(report, settings) for report in reports], settings))
