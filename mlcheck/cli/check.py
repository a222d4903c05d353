"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlcheck.cli.baseline import today
from mlcheck.cli.journal import kept_beside
from mlcheck.cli.options import (
    MARKED,
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
    PairsOption,
    ReferenceOption,
    SizeOption,
    TermsOption,
    VerboseOption,
    WordsOption,
    languages_of,
)
from mlcheck.cli.terminal import colour, opened, progress_bar, say, width
from mlcheck.errors import UsageError
from mlcheck.wording import count

if TYPE_CHECKING:
    from mlcheck.batch import Finished, Item, Journal, RunOptions, Selection
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.report import FailOn


def check_command(
    source: Annotated[Path | None, typer.Argument(metavar="SOURCE", help="The reference version.")] = None,
    targets: Annotated[
        list[Path] | None, typer.Argument(metavar="TARGET", help="Other versions of it.")
    ] = None,
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
    words: WordsOption = None,
    from_: FromOption = None,
    extract: ExtractOption = True,
    no_cache: NoCacheOption = False,
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
    from mlcheck.batch import RunOptions, Selection, configured_pairs, finished, run_pairs, text_files

    given = [path for path in (source, *(targets or ())) if path is not None]
    if staged and changed is not None:
        raise UsageError("--staged and --changed each say which pairs to check; give one of them")
    settings = configured(
        given, config, terms, model=model, models=models, judge=judge, baseline=baseline, fail_on=fail_on,
        max_size=max_size, words=words,
    )  # fmt: skip
    if len(given) == 1:
        given = _segments(given[0], settings.max_size, from_)
    languages = languages_of(lang, len(given))
    items = _items(given, languages, pairs) or configured_pairs(settings)
    selection = _selected(Selection.of(items), staged, changed, stale)
    shared: dict[str, Any] = {
        "marked": format in MARKED,
        "cache": not no_cache,
        "today": today(),
        "format": from_,
        "whole": not extract,
        "reference": reference,
    }
    if selection.items and not given:
        options = RunOptions(**shared)
        raise typer.Exit(_check_items(settings, selection, format, output, verbose, options))
    # One bad version is an error of the whole command: there is no report to read then.
    options = RunOptions(strict=True, **shared)
    with opened(output, *text_files(selection.items), *settings.files) as write:
        reports = list(run_pairs(settings, selection, options, say=say, progress=say))
        write(rendered(reports, format, output, verbose, settings.fail_on, nothing_passes=True))
    if not reports:  # git has said that there is nothing to check, and that passes
        raise typer.Exit(0)
    raise typer.Exit(finish([finished(report, settings) for report in reports], settings))


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
    format: FormatOption = Format.text,
    output: OutputOption = None,
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
    extract: ExtractOption = True,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, help="Processes that share the work.")
    ] = 1,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on where an interrupted run stopped; with -f jsonl and -o FILE."),
    ] = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.batch import RunOptions, Selection, read_items

    if resume and (format is not Format.jsonl or output is None):
        raise UsageError("--resume needs reports that can be gone on with: --format jsonl and --output FILE")
    settings = configured(
        batches, config, terms, model=model, models=models, judge=judge, reference=reference,
        baseline=baseline, fail_on=fail_on, max_size=max_size, words=words,
    )  # fmt: skip
    items = [
        item
        for batch in batches
        for item in read_items(
            batch,
            pattern=pattern,
            reference=settings.reference,
            pairs=pairs,
            language_of=settings.language_of,
            excluded=settings.is_excluded,
        )
    ]
    options = RunOptions(
        marked=format in MARKED, cache=not no_cache, jobs=jobs, today=today(), whole=not extract,
        reference=reference if reference == "none" else None,
    )  # fmt: skip
    selection = Selection.of(items)
    raise typer.Exit(
        _check_items(settings, selection, format, output, verbose, options, *batches, resume=resume)
    )


def _check_items(
    config: Config,
    selection: Selection,
    format: Format,
    output: Path | None,
    verbose: bool,
    options: RunOptions,
    *read: Path,
    resume: bool | None = None,
) -> int:
    """Check many pairs and write what comes of them; the exit code. `read` was read to find them. What is
    finished is kept, and gone on from with `resume`, unless that is None."""
    from mlcheck.batch import finished, run_lines, run_pairs, text_files

    read = (*read, *config.files, *text_files(selection.items))
    kept: AbstractContextManager[Journal | None] = nullcontext()
    if resume is not None and format is Format.jsonl and output is not None:
        kept = kept_beside(output, read, resume)
    done: list[Finished] = []
    with kept as journal, opened(output, *read) as write, progress_bar(len(selection.items)) as advance:
        if format is Format.jsonl:
            for pair in run_lines(config, selection, options, journal, say=say, progress=say):
                write(pair.line)
                advance()
                done.append(pair)
        else:
            reports = _advancing(run_pairs(config, selection, options, say=say, progress=say), advance)
            if format is Format.text:
                checked = _stream(reports, write, output, verbose)
            else:
                checked = list(reports)
                write(rendered(checked, format, output, verbose, config.fail_on))
            done = [finished(report, config) for report in checked]
    if output is not None:
        _say_what_failed(done)
    return finish(done, config)


def _say_what_failed(done: Sequence[Finished]) -> None:
    """Where the report is in a file, nobody sees why the exit is 2."""
    errors = [pair.error for pair in done if pair.error is not None]
    if errors:
        first = "" if len(errors) == 1 else "the first: "
        say(f"{len(errors)} of {count(len(done), 'pair')} could not be checked; {first}{errors[0]}")


def _advancing(reports: Iterable[Report], advance: Callable[[], None]) -> Iterator[Report]:
    for report in reports:
        yield report
        advance()


def _stream(
    reports: Iterable[Report], write: Callable[[str], None], output: Path | None, verbose: bool
) -> list[Report]:
    """Write each report for people as it comes, and a total at the end."""
    from mlcheck.reporters import to_total

    done = []
    for report in reports:
        apart = report.verdict != "consistent"
        write(rendered([report], Format.text, output, verbose) + ("\n" if apart else ""))
        done.append(report)
    if len(done) > 1:
        write("\n" + to_total(done, width=width(output), colour=colour(output)))
    return done


def rendered(
    reports: Sequence[Report],
    format: Format,
    output: Path | None,
    verbose: bool,
    fail_on: FailOn = "error",
    *,
    nothing_passes: bool = False,
) -> str:
    """The reports in a format, as wide as there is room where they go."""
    from mlcheck.reporters import REPORTERS, Layout

    layout = Layout(width(output), colour(output), verbose, fail_on, nothing_passes)
    return REPORTERS[format.value](reports, layout)


def finish(done: Sequence[Finished], config: Config) -> int:
    """Say what the baseline has too much, and give the exit code: the largest of all pairs', and 2 without
    any, as nothing checked is never a pass."""
    pairs = sum(pair.unused for pair in done)
    if pairs:
        which = f"{count(pairs, 'pair')} {'has' if pairs == 1 else 'have'}"
        say(f"{which} entries in {config.baseline} that match nothing any more; see the notes of the report")
    return max((pair.status for pair in done), default=2)
