"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlcheck.cli.baseline import today
from mlcheck.cli.items import RESUMABLE, BaselineUse, check_items
from mlcheck.cli.options import (
    BaselineOption,
    ConfigOption,
    Engine,
    ExtractOption,
    FailOption,
    FormatOption,
    FromOption,
    JudgeOption,
    LangOption,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    PairsOption,
    ReferenceOption,
    ReportOption,
    RequireOption,
    ServerOption,
    SizeOption,
    TermsOption,
    TimeoutOption,
    VerboseOption,
    WordsOption,
    languages_of,
)
from mlcheck.cli.outputs import open_outputs, sinks_of
from mlcheck.cli.server import served_checker
from mlcheck.cli.terminal import say
from mlcheck.data import NO_REFERENCE
from mlcheck.errors import UsageError

if TYPE_CHECKING:
    from mlcheck.batch import Item, Selection
    from mlcheck.config import Config


def check_command(
    source: Annotated[Path | None, typer.Argument(metavar="SOURCE", help="The reference version.")] = None,
    targets: Annotated[
        list[Path] | None, typer.Argument(metavar="TARGET", help="Other versions of it.")
    ] = None,
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
    require: RequireOption = None,
    from_: FromOption = None,
    extract: ExtractOption = True,
    no_cache: NoCacheOption = False,
    server: ServerOption = None,
    timeout: TimeoutOption = None,
    verbose: VerboseOption = False,
    changed: Annotated[
        str | None,
        typer.Option("--changed", metavar="REV", help="Only pairs with a file that changed since."),
    ] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help="Only pairs with a file that is staged for the next commit.")
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Say what changed since, and whether the target has followed.")
    ] = False,
    reference: ReferenceOption = None,
    pairs: PairsOption = False,
) -> None:
    """Check versions of one text; without files, all pairs of the configuration.

    More than two make one report, in which the others are held against the first.

    Exit 0: checked, nothing at or above --fail-on. 1: findings. 2: could not check.
    """
    from mlcheck.batch import (
        RunOptions,
        Selection,
        configured_pairs,
        run_pairs,
        text_files,
        with_required,
    )
    from mlcheck.report import exit_status

    sinks = sinks_of(format or (), output or ())
    given = [path for path in (source, *(targets or ())) if path is not None]
    if staged and changed is not None:
        raise UsageError("--staged and --changed each say which pairs to check; give one of them")
    settings = configured(
        given, config, terms, model=model, models=models, judge=judge, baseline=baseline, fail_on=fail_on,
        max_size=max_size, words=words, require=_codes(require),
    )  # fmt: skip
    if len(given) == 1:
        given = _segments(given[0], settings.max_size, from_)
    if timeout is not None and Path("-") in given:
        raise UsageError("--timeout has another process read the texts, and none can read -; name a file")
    languages = languages_of(lang, len(given))
    items = _items(given, languages, pairs)
    if require and given:  # what the configuration requires is of its own pairs
        items = with_required(items, settings, format=from_, require=settings.require)
    selection = _selected(Selection.of(items or configured_pairs(settings)), staged, changed, stale)
    shared: dict[str, Any] = {
        "marked": True,
        "cache": not no_cache,
        "today": today(),
        "format": from_,
        "whole": not extract,
        "reference": reference,
        "checker": served_checker(
            server,
            settings,
            from_,
            whole=not extract,
            models=models,
            no_cache=no_cache,
            several=len(given) > 2 and not pairs,
        ),
        "timeout": timeout,
    }
    if selection.items and not given:
        options = RunOptions(**shared)
        raise typer.Exit(check_items(settings, selection, sinks, verbose, options))
    # One bad version is an error of the whole command: there is no report to read then.
    options, used = RunOptions(strict=True, **shared), BaselineUse(settings)
    read = [*text_files(selection.items), *settings.files]
    with open_outputs(sinks, read, verbose=verbose, fail_on=settings.fail_on, nothing_passes=True) as outputs:
        reports = list(run_pairs(settings, selection, options, say=say, progress=say))
        for report in reports:
            outputs.add(report)
            used.add(report)
    if not reports:  # git has said that there is nothing to check, and that passes
        raise typer.Exit(0)
    used.say()
    raise typer.Exit(exit_status(reports, settings.fail_on))


def _segments(path: Path, max_size: int, format: str | None) -> list[Path]:
    """A file of segments is a pair by itself: the source and the target. Raises `UsageError` for another."""
    from mlcheck.read import is_bilingual

    if not is_bilingual(path, max_size=max_size, format=format):
        raise UsageError(f"{path}: no other version to hold against it; name a TARGET too")
    return [path, path]


def configured(files: Sequence[Path], file: Path | None, terms: list[Path] | None, **options: Any) -> Config:
    """The configuration of these files, with what the command line sets; None there sets nothing."""
    from mlcheck.config import load_config

    found = load_config(files, file)
    for note in found.notes:
        say(note)
    return found.with_options(terms=tuple(terms) if terms else None, **options)


def _codes(require: str | None) -> tuple[str, ...] | None:
    from mlcheck.config import codes_in

    return codes_in(require, "--require")


def _items(given: Sequence[Path], languages: Sequence[str | None], pairs: bool) -> list[Item]:
    """All versions as one item, or the others in pairs with the first."""
    from mlcheck.batch import Item

    if not given:
        return []
    source, *targets = given
    if len(targets) > 1 and not pairs:
        id = " ".join(map(str, given))
        others = tuple(targets[1:])
        return [Item(id=id, source=source, target=targets[0], languages=tuple(languages), others=others)]
    return [
        Item(
            id=f"{source} {target}" if source != target else str(source),
            source=source,
            target=target,
            languages=(languages[0], language),
        )
        for target, language in zip(targets, languages[1:], strict=True)
    ]


def _selected(selection: Selection, staged: bool, changed: str | None, stale: bool) -> Selection:
    """Those of the pairs that changed, where somebody asks for these; with the older source."""
    if staged or changed is not None:
        selection = _changed(selection, None if staged else changed)
    return _with_older(selection, "HEAD" if staged else changed) if stale else selection


def _changed(selection: Selection, revision: str | None) -> Selection:
    """Those of the pairs that changed. Says where there is none."""
    from mlcheck.batch import only_changed

    changed = only_changed(selection, revision, Path())
    if not changed.items:
        number = len(selection.items)
        which = "the pair" if number == 1 else f"any of the {number} pairs"
        since = "is staged" if revision is None else f"changed since {revision}"
        say(f"no file of {which} {since}; nothing to check")
    return changed


def _with_older(selection: Selection, revision: str | None) -> Selection:
    from mlcheck.batch import with_older

    if revision is None:
        raise UsageError("--stale asks what changed since; name the revision with --changed REV")
    if any(item.others for item in selection.items):
        raise UsageError("--stale holds a pair against an older source; add --pairs, or name two files")
    return with_older(selection, revision, Path())


def batch_command(
    batches: Annotated[
        list[Path], typer.Argument(metavar="MANIFEST_OR_FOLDER...", help="JSON Lines, CSV, or a folder.")
    ],
    format: FormatOption = None,
    output: ReportOption = None,
    pattern: Annotated[
        str, typer.Option("--pattern", help="How files of a folder are named.")
    ] = "{name}.{lang}.txt",
    reference: ReferenceOption = None,
    pairs: PairsOption = False,
    model: ModelOption = None,
    models: ModelsOption = None,
    judge: JudgeOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    terms: TermsOption = None,
    words: WordsOption = None,
    require: RequireOption = None,
    extract: ExtractOption = True,
    no_cache: NoCacheOption = False,
    timeout: TimeoutOption = None,
    verbose: VerboseOption = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes that share the work (1).")
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Who checks: processes of this machine, or a Ray cluster.")
    ] = Engine.processes,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="ADDRESS", help="Of the Ray cluster."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on where an interrupted run stopped; with -f jsonl and -o FILE."),
    ] = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.batch import RunOptions, Selection, read_items, with_required

    sinks = sinks_of(format or (), output or ())
    if resume and not any(sink.format in RESUMABLE and sink.path is not None for sink in sinks):
        raise UsageError("--resume needs reports that can be gone on with: --format jsonl and --output FILE")
    if address is not None and engine is not Engine.ray:
        raise UsageError("--address is of a Ray cluster; give --engine ray too")
    settings = configured(
        batches, config, terms, model=model, models=models, judge=judge, reference=reference,
        baseline=baseline, fail_on=fail_on, max_size=max_size, words=words, require=_codes(require),
    )  # fmt: skip
    items = []
    for batch in batches:
        found = read_items(
            batch,
            pattern=pattern,
            reference=settings.reference,
            pairs=pairs,
            language_of=settings.language_of,
            excluded=settings.is_excluded,
            require=settings.require,
            optional=settings.needs_no_version,
        )
        by_name = batch.is_dir() or not require
        items += found if by_name else with_required(found, settings, require=settings.require)
    options = RunOptions(
        marked=True, cache=not no_cache, jobs=jobs, today=today(), whole=not extract, timeout=timeout,
        engine="ray" if engine is Engine.ray else None, address=address,
        reference=reference if reference == NO_REFERENCE else None,
    )  # fmt: skip
    selection = Selection.of(items)
    raise typer.Exit(check_items(settings, selection, sinks, verbose, options, *batches, resume=resume))
