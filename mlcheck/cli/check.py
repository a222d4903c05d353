"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli.config import files_of, languages_for, pairs_of
from mlcheck.cli.options import (
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
from mlcheck.cli.terminal import colour, opened, progress_bar, width

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.manifest import Item


def check_command(
    source: Annotated[Path | None, typer.Argument(help="The reference version.")] = None,
    targets: Annotated[
        list[Path] | None, typer.Argument(metavar="[TARGET]...", help="Other versions of it.")
    ] = None,
    format: FormatOption = Format.text,
    output: OutputOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    words: WordsOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Check versions of one text against the first; without files, all pairs of the configuration.

    Exit 0: checked, nothing at or above --fail-on. 1: findings. 2: could not check.
    """
    from mlcheck.config import load_config

    given = [path for path in (source, *(targets or ())) if path is not None]
    if len(given) == 1:
        raise typer.BadParameter(f"{source} has no other version to compare; name a TARGET too")
    settings = load_config(given, config).with_options(
        model=model, models=models, fail_on=fail_on, max_size=max_size, words=words
    )
    if not given:
        languages_of(lang, 0)
        raise typer.Exit(_check_items(settings, pairs_of(settings), format, output, verbose))
    languages = languages_of(lang, len(given))
    items = [_item(given[0], given[k], (languages[0], languages[k])) for k in range(1, len(given))]
    with opened(output, *given, *files_of(settings)) as write:
        # One bad version is an error of the whole command: there is no report to read then.
        reports = list(_each(settings, items, strict=True))
        write(_render(reports, format, output, verbose))
    raise typer.Exit(_exit_code(reports, settings))


def _item(source: Path, target: Path, languages: tuple[str | None, str | None]) -> Item:
    from mlcheck.manifest import Item

    return Item(id=f"{source} {target}", source=source, target=target, languages=languages)


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
    fail_on: FailOption = None,
    max_size: SizeOption = None,
    words: WordsOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.config import load_config
    from mlcheck.manifest import read_items

    settings = load_config(batches, config).with_options(
        model=model, models=models, reference=reference, fail_on=fail_on, max_size=max_size, words=words
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
    config: Config, items: list[Item], format: Format, output: Path | None, verbose: bool, *read: Path
) -> int:
    """Check many pairs and write what comes of them; the exit code. `read` was read to find them."""
    inputs = [*read, *files_of(config), *(path for item in items for path in (item.source, item.target))]
    with opened(output, *inputs) as write, progress_bar(len(items)) as advance:
        reports = _each(config, items, advance)
        if format is Format.json:
            done = list(reports)
            write(_render(done, format, output, verbose))
        else:
            done = _stream(reports, write, format, output, verbose)
    return _exit_code(done, config)


def _each(
    config: Config,
    items: Sequence[Item],
    advance: Callable[[], None] = lambda: None,
    *,
    strict: bool = False,
) -> Iterator[Report]:
    """The report of each pair, by its own settings. A pair that cannot be checked raises if `strict`."""
    checker = make_checker(config.model, config.models, config.max_size)
    check = checker.check if strict else checker.check_or_report
    for item in items:
        yield check(
            item.source,
            item.target,
            languages=languages_for(config, item),
            id=item.id,
            words=config.words,
            settings=config.for_paths(item.source, item.target).settings(),
        )
        advance()


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


def _exit_code(reports: Sequence[Report], config: Config) -> int:
    from mlcheck.report import exit_status

    return exit_status(reports, config.fail_on)
