"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli.baseline import rule_names, today
from mlcheck.cli.config import files_of, languages_for, pairs_of
from mlcheck.cli.options import (
    BaselineOption,
    ConfigOption,
    FailOption,
    Format,
    FormatOption,
    LangOption,
    ModelOption,
    ModelsOption,
    OutputOption,
    SizeOption,
    VerboseOption,
    WordsOption,
    languages_of,
    make_checker,
)
from mlcheck.cli.terminal import colour, opened, progress_bar, say, width
from mlcheck.errors import UsageError

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.manifest import Item
    from mlcheck.pipeline import Suppress


def check_command(
    source: Annotated[Path | None, typer.Argument(metavar="SOURCE", help="The reference version.")] = None,
    targets: Annotated[
        list[Path] | None, typer.Argument(metavar="TARGET", help="Other versions of it.")
    ] = None,
    format: FormatOption = Format.text,
    output: OutputOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    words: WordsOption = None,
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
    from mlcheck.config import load_config

    given = [path for path in (source, *(targets or ())) if path is not None]
    if len(given) == 1:
        raise UsageError(f"{source}: no other version to hold against it; name a TARGET too")
    if staged and changed is not None:
        raise UsageError("--staged and --changed each say which pairs to check; give one of them")
    settings = load_config(given, config).with_options(
        model=model, models=models, baseline=baseline, fail_on=fail_on, max_size=max_size, words=words
    )
    languages = languages_of(lang, len(given))
    items = [_item(given[0], given[k], (languages[0], languages[k])) for k in range(1, len(given))]
    items = items or pairs_of(settings)
    one_sided: Mapping[Item, str] = {}
    if staged or changed is not None:
        items, one_sided = _changed(items, None if staged else changed)
    if items and not given:
        raise typer.Exit(_check_items(settings, items, format, output, verbose, one_sided=one_sided))
    with opened(output, *given, *files_of(settings)) as write:
        # One bad version is an error of the whole command: there is no report to read then.
        reports = list(_each(settings, items, strict=True, one_sided=one_sided))
        write(_render(reports, format, output, verbose))
    # Without a pair, git has said that there is nothing to check, and that passes.
    raise typer.Exit(_finish(reports, settings) if items else 0)


def _item(source: Path, target: Path, languages: tuple[str | None, str | None]) -> Item:
    from mlcheck.manifest import Item

    return Item(id=f"{source} {target}", source=source, target=target, languages=languages)


def _changed(items: Sequence[Item], revision: str | None) -> tuple[list[Item], dict[Item, str]]:
    """Those of some pairs that changed, and what to tell of each of which only one side did. Says where
    there is none."""
    from mlcheck.changed import changed

    pairs = changed(items, revision, Path())
    if not pairs:
        which = "the pair" if len(items) == 1 else f"any of the {len(items)} pairs"
        since = "is staged" if revision is None else f"changed since {revision}"
        say(f"no file of {which} {since}; nothing to check")
    return [pair.item for pair in pairs], {pair.item: pair.one_sided for pair in pairs if pair.one_sided}


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
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    words: WordsOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.config import load_config
    from mlcheck.manifest import read_items

    settings = load_config(batches, config).with_options(
        model=model,
        models=models,
        reference=reference,
        baseline=baseline,
        fail_on=fail_on,
        max_size=max_size,
        words=words,
    )
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
    raise typer.Exit(_check_items(settings, items, format, output, verbose, *batches))


def _check_items(
    config: Config,
    items: list[Item],
    format: Format,
    output: Path | None,
    verbose: bool,
    *read: Path,
    one_sided: Mapping[Item, str] = MappingProxyType({}),
) -> int:
    """Check many pairs and write what comes of them; the exit code. `read` was read to find them."""
    inputs = [*read, *files_of(config), *(path for item in items for path in (item.source, item.target))]
    with opened(output, *inputs) as write, progress_bar(len(items)) as advance:
        reports = _each(config, items, advance, one_sided=one_sided)
        if format is Format.json:
            done = list(reports)
            write(_render(done, format, output, verbose))
        else:
            done = _stream(reports, write, format, output, verbose)
    return _finish(done, config)


def _each(
    config: Config,
    items: Sequence[Item],
    advance: Callable[[], None] = lambda: None,
    *,
    strict: bool = False,
    one_sided: Mapping[Item, str] = MappingProxyType({}),
) -> Iterator[Report]:
    """The report of each pair, by its own settings. A pair that cannot be checked raises if `strict`."""
    suppress = _suppress(config)
    checker = make_checker(config.model, config.models, config.max_size)
    check = checker.check if strict else checker.check_or_report
    for item in items:
        report = check(
            item.source,
            item.target,
            languages=languages_for(config, item),
            id=item.id,
            words=config.words,
            settings=config.for_paths(item.source, item.target).settings(),
            suppress=suppress,
        )
        yield _with_note(report, one_sided.get(item))
        advance()


def _suppress(config: Config) -> Suppress:
    """What marks accepted findings. A baseline that is wrong is an error before anything is checked. One
    that the configuration names may be yet to come: to write it takes a report."""
    from mlcheck.config import COMMAND_LINE
    from mlcheck.suppress import read_baseline, suppressor

    rules, file = rule_names(), config.baseline
    if file is not None and config.origin("baseline") != COMMAND_LINE and not file.exists():
        say(f"{file}: no such baseline yet, so nothing is accepted; mlcheck baseline write makes it")
        file = None
    baseline = None if file is None else read_baseline(file, rules)
    return suppressor(baseline, rules=rules, today=today())


def _with_note(report: Report, one_sided: str | None) -> Report:
    from mlcheck.data import Note

    if one_sided is None:
        return report
    return replace(report, notes=(*report.notes, Note(code="one-side-changed", message=one_sided)))


def _stream(
    reports: Iterator[Report],
    write: Callable[[str], None],
    format: Format,
    output: Path | None,
    verbose: bool,
) -> list[Report]:
    """Write each report as it comes, and for people a total at the end."""
    from mlcheck.reporters import to_total

    done = []
    for report in reports:
        apart = format is Format.text and report.verdict != "consistent"
        write(_render([report], format, output, verbose) + ("\n" if apart else ""))
        done.append(report)
    if format is Format.text and len(done) > 1:
        write("\n" + to_total(done, width=width(output), colour=colour(output)))
    return done


def _render(reports: Sequence[Report], format: Format, output: Path | None, verbose: bool) -> str:
    from mlcheck.reporters import REPORTERS, Layout

    return REPORTERS[format.value](reports, Layout(width(output), colour(output), verbose))


def _finish(reports: Sequence[Report], config: Config) -> int:
    """Say what the baseline has too much, and give the exit code."""
    from mlcheck.report import exit_status
    from mlcheck.suppress import UNUSED

    pairs = sum(any(note.code == UNUSED for note in report.notes) for report in reports)
    if pairs:
        which = "1 pair has" if pairs == 1 else f"{pairs} pairs have"
        say(f"{which} entries in {config.baseline} that match nothing any more; see the notes of the report")
    return exit_status(reports, config.fail_on)
