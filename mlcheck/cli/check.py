"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mlcheck.cli.baseline import rule_names, today
from mlcheck.cli.config import files_of, languages_for, pairs_of, settings_with_terms
from mlcheck.cli.options import (
    MARKED,
    STREAMED,
    BaselineOption,
    ConfigOption,
    FailOption,
    Format,
    FormatOption,
    JudgeOption,
    LangOption,
    ModelOption,
    ModelsOption,
    OutputOption,
    SizeOption,
    TermsOption,
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
    chosen = _all(items or pairs_of(settings))
    if staged or changed is not None:
        chosen = _changed(chosen, None if staged else changed)
    if chosen.items and not given:
        raise typer.Exit(_check_items(settings, chosen, format, output, verbose))
    with opened(output, *given, *files_of(settings)) as write:
        # One bad version is an error of the whole command: there is no report to read then.
        reports = list(_each(settings, chosen, marked=format in MARKED, strict=True))
        write(_render(reports, format, output, verbose, settings.fail_on, nothing_passes=True))
    # Without a pair, git has said that there is nothing to check, and that passes.
    raise typer.Exit(_finish(reports, settings) if chosen.items else 0)


def _configured(files: Sequence[Path], file: Path | None, terms: list[Path] | None, **options: Any) -> Config:
    """The configuration of these files, with what the command line sets; None there sets nothing."""
    from mlcheck.config import load_config

    return load_config(files, file).with_options(terms=tuple(terms) if terms else None, **options)


def _item(source: Path, target: Path, languages: tuple[str | None, str | None]) -> Item:
    from mlcheck.manifest import Item

    return Item(id=f"{source} {target}", source=source, target=target, languages=languages)


class _Chosen(NamedTuple):
    """The pairs to check, and what is known of them beforehand."""

    items: Sequence[Item]
    shared: frozenset[str]
    """Paths that are part of more than one pair."""
    one_sided: Mapping[Item, str]
    """What to tell of a pair of which only one side changed."""


def _all(items: Sequence[Item]) -> _Chosen:
    counts = Counter(str(path) for item in items for path in (item.source, item.target))
    return _Chosen(items, frozenset(path for path, count in counts.items() if count > 1), {})


def _changed(chosen: _Chosen, revision: str | None) -> _Chosen:
    """Those of the pairs that changed. Says where there is none."""
    from mlcheck.changed import changed

    pairs = changed(chosen.items, revision, Path())
    if not pairs:
        count = len(chosen.items)
        which = "the pair" if count == 1 else f"any of the {count} pairs"
        since = "is staged" if revision is None else f"changed since {revision}"
        say(f"no file of {which} {since}; nothing to check")
    notes = {pair.item: pair.one_sided for pair in pairs if pair.one_sided}
    return _Chosen([pair.item for pair in pairs], chosen.shared, notes)


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
    verbose: VerboseOption = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.manifest import read_items

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
    raise typer.Exit(_check_items(settings, _all(items), format, output, verbose, *batches))


def _check_items(
    config: Config, chosen: _Chosen, format: Format, output: Path | None, verbose: bool, *read: Path
) -> int:
    """Check many pairs and write what comes of them; the exit code. `read` was read to find them."""
    texts = (path for item in chosen.items for path in (item.source, item.target))
    with (
        opened(output, *read, *files_of(config), *texts) as write,
        progress_bar(len(chosen.items)) as advance,
    ):
        reports = _each(config, chosen, advance, marked=format in MARKED)
        if format in STREAMED:
            done = _stream(reports, write, format, output, verbose)
        else:
            done = list(reports)
            write(_render(done, format, output, verbose, config.fail_on))
    return _finish(done, config)


def _each(
    config: Config,
    chosen: _Chosen,
    advance: Callable[[], None] = lambda: None,
    *,
    marked: bool = False,
    strict: bool = False,
) -> Iterator[Report]:
    """The report of each pair, by its own settings. With `marked` words and facts have their
    places. A pair that cannot be checked raises if `strict`."""
    suppress = _suppress(config, chosen.shared)
    checker = make_checker(config.model, config.models, config.max_size, config.judge)
    settings_of = settings_with_terms(config)
    check = checker.check if strict else checker.check_or_report
    for item in chosen.items:
        report = check(
            item.source,
            item.target,
            languages=languages_for(config, item),
            id=item.id,
            words=config.words or marked,
            facts=marked,
            settings=settings_of(config.for_paths(item.source, item.target)),
            suppress=suppress,
        )
        yield _with_note(report, chosen.one_sided.get(item))
        advance()


def _suppress(config: Config, shared: frozenset[str]) -> Suppress:
    """What marks accepted findings. A baseline that is wrong is an error before anything is checked. One
    that the configuration names may be yet to come: to write it takes a report."""
    from mlcheck.config import COMMAND_LINE
    from mlcheck.suppress import read_baseline, suppressor

    rules, file = rule_names(), config.baseline
    if file is not None and config.origin("baseline") != COMMAND_LINE and not file.exists():
        say(f"{file}: no such baseline yet, so nothing is accepted; mlcheck baseline write makes it")
        file = None
    baseline = None if file is None else read_baseline(file, rules)
    return suppressor(baseline, rules=rules, today=today(), shared=shared)


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


def _finish(reports: Sequence[Report], config: Config) -> int:
    """Say what the baseline has too much, and give the exit code."""
    from mlcheck.report import exit_status
    from mlcheck.suppress import UNUSED

    pairs = sum(any(note.code == UNUSED for note in report.notes) for report in reports)
    if pairs:
        which = "1 pair has" if pairs == 1 else f"{pairs} pairs have"
        say(f"{which} entries in {config.baseline} that match nothing any more; see the notes of the report")
    return exit_status(reports, config.fail_on)
