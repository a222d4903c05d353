"""`mlcheck check` and `mlcheck batch`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli.options import (
    MAX_SIZE,
    FailOn,
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
    from mlcheck.data import Report
    from mlcheck.manifest import Item
    from mlcheck.pipeline import Checker


def check_command(
    source: Annotated[Path, typer.Argument(help="The reference version.")],
    targets: Annotated[list[Path], typer.Argument(metavar="TARGET...", help="Other versions of it.")],
    format: FormatOption = Format.text,
    output: OutputOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    lang: LangOption = None,
    fail_on: FailOption = FailOn.error,
    max_size: SizeOption = MAX_SIZE,
    words: WordsOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Check versions of one text against the first.

    Exit 0: checked, nothing at or above --fail-on. 1: findings. 2: could not check.
    """
    from mlcheck.manifest import Item

    languages = languages_of(lang, 1 + len(targets))
    items = [
        Item(id=f"{source} {target}", source=source, target=target, languages=(languages[0], languages[k]))
        for k, target in enumerate(targets, start=1)
    ]
    checker = make_checker(model, models, max_size)
    with opened(output, source, *targets) as write:
        # One bad version is an error of the whole command: there is no report to read then.
        reports = [
            checker.check(i.source, i.target, languages=i.languages, id=i.id, words=words) for i in items
        ]
        write(_render(reports, format, output, verbose))
    raise typer.Exit(_exit_code(reports, fail_on))


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
    fail_on: FailOption = FailOn.error,
    max_size: SizeOption = MAX_SIZE,
    words: WordsOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.manifest import read_items

    items = [item for batch in batches for item in read_items(batch, pattern=pattern, reference=reference)]
    checker = make_checker(model, models, max_size)
    inputs = [*batches, *(path for item in items for path in (item.source, item.target))]
    with opened(output, *inputs) as write, progress_bar(len(items)) as advance:
        reports = _each(checker, items, words, advance)
        if format is Format.json:
            done = list(reports)
            write(_render(done, format, output, verbose))
        else:
            done = _stream(reports, write, format, output, verbose)
    raise typer.Exit(_exit_code(done, fail_on))


def _each(checker: Checker, items: list[Item], words: bool, advance: Callable[[], None]) -> Iterator[Report]:
    for item in items:
        yield checker.check_or_report(
            item.source, item.target, languages=item.languages, id=item.id, words=words
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


def _exit_code(reports: Sequence[Report], fail_on: FailOn) -> int:
    from mlcheck.report import exit_status

    return exit_status(reports, fail_on.value)
