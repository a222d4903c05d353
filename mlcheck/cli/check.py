"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlcheck._version import __version__
from mlcheck.cli.baseline import today
from mlcheck.cli.config import files_of, pairs_of
from mlcheck.cli.options import (
    MARKED,
    BaselineOption,
    ConfigOption,
    FailOption,
    Format,
    FormatOption,
    JudgeOption,
    LangOption,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    OutputOption,
    SizeOption,
    TermsOption,
    VerboseOption,
    WordsOption,
    languages_of,
)
from mlcheck.cli.pairs import Chosen, How, all_of, each
from mlcheck.cli.terminal import Stopped, colour, opened, progress_bar, same_file, say, width
from mlcheck.errors import MlcheckError, UsageError

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.journal import Finished, Journal
    from mlcheck.manifest import Item
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
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
    changed: Annotated[
        str | None,
        typer.Option("--changed", metavar="REV", help="Only pairs with a file that changed since."),
    ] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help="Only pairs with a file that is staged for the next commit.")
    ] = False,
) -> None:
    """Check versions of one text against the first; without files, all pairs of the configuration.

    Exit 0: checked, nothing at or above --fail-on. 1: findings. 2: could not check.
    """
    given = [path for path in (source, *(targets or ())) if path is not None]
    if len(given) == 1:
        raise UsageError(f"{source}: no other version to hold against it; name a TARGET too")
    if staged and changed is not None:
        raise UsageError("--staged and --changed each say which pairs to check; give one of them")
    settings = _configured(
        given, config, terms, model=model, models=models, judge=judge, baseline=baseline, fail_on=fail_on,
        max_size=max_size, words=words,
    )  # fmt: skip
    languages = languages_of(lang, len(given))
    items = [_item(given[0], given[k], (languages[0], languages[k])) for k in range(1, len(given))]
    chosen = all_of(items or pairs_of(settings))
    if staged or changed is not None:
        chosen = _changed(chosen, None if staged else changed)
    how = How(marked=format in MARKED, cache=not no_cache)
    if chosen.items and not given:
        raise typer.Exit(_check_items(settings, chosen, format, output, verbose, how))
    with opened(output, *_texts(chosen.items), *files_of(settings)) as write:
        # One bad version is an error of the whole command: there is no report to read then.
        reports = list(each(settings, chosen, how._replace(strict=True)))
        write(_render(reports, format, output, verbose, settings.fail_on, nothing_passes=True))
    # Without a pair, git has said that there is nothing to check, and that passes.
    raise typer.Exit(_finish((_finished(r, settings) for r in reports), settings) if chosen.items else 0)


def _configured(files: Sequence[Path], file: Path | None, terms: list[Path] | None, **options: Any) -> Config:
    """The configuration of these files, with what the command line sets; None there sets nothing."""
    from mlcheck.config import load_config

    return load_config(files, file).with_options(terms=tuple(terms) if terms else None, **options)


def _item(source: Path, target: Path, languages: tuple[str | None, str | None]) -> Item:
    from mlcheck.manifest import Item

    return Item(id=f"{source} {target}", source=source, target=target, languages=languages)


def _changed(chosen: Chosen, revision: str | None) -> Chosen:
    """Those of the pairs that changed. Says where there is none."""
    from mlcheck.changed import changed

    pairs = changed(chosen.items, revision, Path())
    if not pairs:
        count = len(chosen.items)
        which = "the pair" if count == 1 else f"any of the {count} pairs"
        since = "is staged" if revision is None else f"changed since {revision}"
        say(f"no file of {which} {since}; nothing to check")
    notes = {pair.item: pair.one_sided for pair in pairs if pair.one_sided}
    return Chosen([pair.item for pair in pairs], chosen.shared, notes)


def batch_command(
    batches: Annotated[
        list[Path], typer.Argument(metavar="MANIFEST_OR_FOLDER...", help="JSON Lines, CSV, or a folder.")
    ],
    format: FormatOption = Format.text,
    output: OutputOption = None,
    pattern: Annotated[
        str, typer.Option("--pattern", help="How files of a folder are named.")
    ] = "{name}.{lang}.txt",
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="CODE", help="Language of the source, in a folder.")
    ] = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    judge: JudgeOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    terms: TermsOption = None,
    words: WordsOption = None,
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
    from mlcheck.manifest import read_items

    if resume and (format is not Format.jsonl or output is None):
        raise UsageError("--resume needs reports that can be gone on with: --format jsonl and --output FILE")
    settings = _configured(
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
            language_of=settings.language_of,
            excluded=settings.is_excluded,
        )
    ]
    how = How(marked=format in MARKED, cache=not no_cache, jobs=jobs)
    raise typer.Exit(
        _check_items(settings, all_of(items), format, output, verbose, how, *batches, resume=resume)
    )


def _check_items(
    config: Config,
    chosen: Chosen,
    format: Format,
    output: Path | None,
    verbose: bool,
    how: How,
    *read: Path,
    resume: bool | None = None,
) -> int:
    """Check many pairs and write what comes of them; the exit code. `read` was read to find them. What is
    finished is kept, and gone on from with `resume`, unless that is None."""
    read = (*read, *files_of(config), *_texts(chosen.items))
    kept: AbstractContextManager[Journal | None] = nullcontext()
    if resume is not None and format is Format.jsonl and output is not None:
        kept = _journal(output, read, resume)
    with kept as journal, opened(output, *read) as write, progress_bar(len(chosen.items)) as advance:
        if format is Format.jsonl:
            return _finish(_lines(config, chosen, how, journal, write, advance), config)
        reports = _advancing(each(config, chosen, how), advance)
        if format is Format.text:
            done = _stream(reports, write, output, verbose)
        else:
            done = list(reports)
            write(_render(done, format, output, verbose, config.fail_on))
    return _finish((_finished(report, config) for report in done), config)


def _lines(
    config: Config,
    chosen: Chosen,
    how: How,
    journal: Journal | None,
    write: Callable[[str], None],
    advance: Callable[[], None],
) -> Iterator[Finished]:
    """Write the report of each pair as a line: as the journal has it, or else as it comes, and then the
    journal has it too."""
    from mlcheck.reporters import to_jsonl

    key_of = (lambda _: None) if journal is None else _keys(config, chosen)
    keys = [key_of(item) for item in chosen.items]
    known = [None if journal is None else journal.get(key) for key in keys]
    if count := sum(finished is not None for finished in known):
        say(f"{count} of {len(known)} pairs were checked before, by the run that was interrupted")
    left = [item for item, finished in zip(chosen.items, known, strict=True) if finished is None]
    reports = each(config, chosen._replace(items=left), how)
    for item, key, finished in zip(chosen.items, keys, known, strict=True):
        if finished is None:
            report = next(reports)
            finished = _finished(report, config, to_jsonl(report))
            # A text that has changed meanwhile may be what the report is of, or not.
            if journal is not None and key_of(item) == key:
                journal.add(key, finished)
        write(finished.line)
        advance()
        yield finished
    next(reports, None)  # its end: until then its processes wait for more


def _texts(items: Iterable[Item]) -> list[Path]:
    """The files of these pairs, and what may lie beside them."""
    from mlcheck.suppress import SIDECAR

    texts = [path for item in items for path in (item.source, item.target)]
    return [*texts, *(Path(f"{path}{SIDECAR}") for path in texts)]


def _keys(config: Config, chosen: Chosen) -> Callable[[Item], str | None]:
    """What makes a key of a pair, of all that its report depends on; None where a report cannot be kept."""
    from mlcheck.journal import key_of
    from mlcheck.models import load_models

    day = today() if config.baseline else ""  # entries of a baseline expire
    models = load_models(config.models)
    named = [entry.location for entry in models if entry.kind == "folder"]
    named += [name for name in (config.model, config.judge) if name is not None]
    # Not the weights themselves: to read gigabytes would take longer than some pairs do.
    folders = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for name in named
        for path in sorted(Path(name).expanduser().rglob("*"))
        if path.is_file()
    ]
    own = key_of("", files_of(config), config.max_size)
    run = f"{__version__} {config!r} {models!r} {folders} {own} {day}"

    def key(item: Item) -> str | None:
        shared = [str(path) in chosen.shared for path in (item.source, item.target)]
        about = f"{run} {item!r} {shared}"
        return None if own is None else key_of(about, _texts([item]), config.max_size)

    return key


@contextmanager
def _journal(output: Path, read: Sequence[Path], resume: bool) -> Iterator[Journal | None]:
    """The journal beside an output; None where it cannot be, and nobody asks for what is in it."""
    from mlcheck.journal import journal_of, open_journal

    place = output.resolve() if output.is_symlink() else output
    path = journal_of(place)
    with ExitStack() as stack:
        journal = None
        try:
            if place.exists() and not place.is_file():
                raise UsageError(f"{output}: is no file; name another --output")
            if any(same_file(path, other) for other in read):
                raise UsageError(f"{path}: is one of the files to read; name another --output")
            journal = stack.enter_context(open_journal(place, resume=resume))
        except UsageError as error:
            if resume:
                raise
            if not place.exists() or place.is_file():
                say(f"{error}; until then, --resume has nothing to go on from")
        try:
            yield journal
        except (KeyboardInterrupt, MlcheckError) as error:
            if journal is None or not len(journal):
                raise
            stopped = "stopped before the end, so not all is checked"
            why = stopped if isinstance(error, KeyboardInterrupt) else error
            raise Stopped(
                f"{why}; what is finished is kept in {path}, and the same with --resume goes on from there"
            ) from None


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
        write(_render([report], Format.text, output, verbose) + ("\n" if apart else ""))
        done.append(report)
    if len(done) > 1:
        write("\n" + to_total(done, width=width(output), colour=colour(output)))
    return done


def _render(
    reports: Sequence[Report],
    format: Format,
    output: Path | None,
    verbose: bool,
    fail_on: FailOn = "error",
    *,
    nothing_passes: bool = False,
) -> str:
    from mlcheck.reporters import REPORTERS, Layout

    layout = Layout(width(output), colour(output), verbose, fail_on, nothing_passes)
    return REPORTERS[format.value](reports, layout)


def _finished(report: Report, config: Config, line: str = "") -> Finished:
    from mlcheck.journal import Finished
    from mlcheck.report import exit_status
    from mlcheck.suppress import UNUSED

    unused = any(note.code == UNUSED for note in report.notes)
    return Finished(line=line, status=exit_status([report], config.fail_on), unused=unused)


def _finish(outcomes: Iterable[Finished], config: Config) -> int:
    """Say what the baseline has too much, and give the exit code: the largest of all pairs', and 2 without
    any, as nothing checked is never a pass."""
    done = list(outcomes)
    pairs = sum(outcome.unused for outcome in done)
    if pairs:
        which = "1 pair has" if pairs == 1 else f"{pairs} pairs have"
        say(f"{which} entries in {config.baseline} that match nothing any more; see the notes of the report")
    return max((outcome.status for outcome in done), default=2)
