"""`mlcheck update`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli.baseline import today
from mlcheck.cli.check import configured
from mlcheck.cli.items import BaselineUse
from mlcheck.cli.options import (
    BaselineOption,
    ConfigOption,
    ExtractOption,
    FailOption,
    FormatOption,
    FromOption,
    JudgeOption,
    LangOption,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    ReportOption,
    SizeOption,
    TermsOption,
    VerboseOption,
    WordsOption,
    languages_of,
)
from mlcheck.cli.outputs import open_outputs, sinks_of
from mlcheck.cli.terminal import say


def update_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The source as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The source as it is now.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The version that has to follow.")],
    format: FormatOption = None,
    output: ReportOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    judge: JudgeOption = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    terms: TermsOption = None,
    words: WordsOption = None,
    from_: FromOption = None,
    extract: ExtractOption = True,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Say whether TARGET has followed what changed from OLD to NEW.

    --lang may be given once for each of the three files, in order. Exit codes are those of check.
    """
    from mlcheck.batch import Item, RunOptions, Selection, run_pairs, text_files
    from mlcheck.report import exit_status

    sinks = sinks_of(format or (), output or ())
    given = [old, new, target]
    settings = configured(
        [new, target], config, terms, model=model, models=models, judge=judge, baseline=baseline,
        fail_on=fail_on, max_size=max_size, words=words,
    )  # fmt: skip
    languages = languages_of(lang, len(given))
    item = Item(
        id=f"{new} {target}",
        source=new,
        target=target,
        languages=(languages[1] or languages[0], languages[2]),
        old=old,
    )
    options = RunOptions(
        marked=True, strict=True, cache=not no_cache, today=today(), format=from_, whole=not extract
    )
    used = BaselineUse(settings)
    read = [old, *text_files([item]), *settings.files]
    with open_outputs(sinks, read, verbose=verbose, fail_on=settings.fail_on) as outputs:
        (report,) = run_pairs(settings, Selection.of([item]), options, say=say, progress=say)
        outputs.add(report)
    used.add(report)
    used.say()
    raise typer.Exit(exit_status([report], settings.fail_on))
