"""The command line: the only file that prints, reads the environment and exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from mlcheck._version import __version__
from mlcheck.errors import MlcheckError, UsageError

if TYPE_CHECKING:
    from mlcheck.data import Report
    from mlcheck.manifest import Item
    from mlcheck.pipeline import Checker


class _Commands(typer.core.TyperGroup):
    """All commands. What stops one from outside becomes an error for people here, because typer
    would exit by itself, with 1 or 130 by its version, and 1 means that there are findings."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _Stopped("stopped before the end, so not all is checked; run it again") from None
        except BrokenPipeError:
            _give_up_stdout()
            raise _Stopped(
                "standard output: closed before the end; to keep a report, write it with --output"
            ) from None
        except OSError as error:
            if error.filename is None:
                _give_up_stdout()
            where = error.filename or "standard output"
            raise _Stopped(f"{where}: {error.strerror or error}; check it, or name another place") from None


class _Stopped(MlcheckError):
    """Something from outside ended the run."""


app = typer.Typer(
    name="mlcheck",
    cls=_Commands,
    help="Check that two language versions of one text say the same.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="The models that can be used here.", no_args_is_help=True)
app.add_typer(models_app, name="models")


class Format(StrEnum):
    """Report formats."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    markdown = "markdown"


_STREAMED = (Format.text, Format.jsonl)  # the others are one document for all reports


class LinkFormat(StrEnum):
    """Formats of links."""

    jsonl = "jsonl"
    tsv = "tsv"
    tmx = "tmx"


class Unit(StrEnum):
    """What `align` links."""

    paragraph = "paragraph"
    sentence = "sentence"
    line = "line"


class FailOn(StrEnum):
    """The least severity that gives exit 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Format of the report.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="A name of models.txt, a folder, or a hub's OWNER/MODEL."),
]
ModelsOption = Annotated[
    Path | None, typer.Option("--models", metavar="FILE", help="A models.txt of your own, added to the list.")
]
LangOption = Annotated[
    list[str] | None,
    typer.Option("--lang", metavar="CODE", help="Language of each file, in order (en, ru …); else detected."),
]
FailOption = Annotated[FailOn, typer.Option("--fail-on", help="Least severity that gives exit 1.")]
SizeOption = Annotated[int, typer.Option("--max-size", metavar="BYTES", min=1, help="Refuse larger files.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="List page furniture, links and skipped rules too.")
]

WordsOption = Annotated[
    bool, typer.Option("--words", help="A difference, 0 to 1, for every word; in the JSON formats.")
]

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A name of models.txt.")]

_MAX_SIZE = 10_000_000  # mlcheck.read.DEFAULT_MAX_SIZE; a test holds them together, an import would cost


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mlcheck {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        # Eager: it is asked for without a command.
        typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """The options that stand before a command."""


@app.command("check")
def check_command(
    source: Annotated[Path, typer.Argument(help="The reference version.")],
    targets: Annotated[list[Path], typer.Argument(metavar="TARGET...", help="Other versions of it.")],
    format: FormatOption = Format.text,
    output: OutputOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    lang: LangOption = None,
    fail_on: FailOption = FailOn.error,
    max_size: SizeOption = _MAX_SIZE,
    words: WordsOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Check versions of one text against the first.

    Exit 0: checked, nothing at or above --fail-on. 1: findings. 2: could not check.
    """
    from mlcheck.manifest import Item

    languages = _languages(lang, 1 + len(targets))
    items = [
        Item(id=f"{source} {target}", source=source, target=target, languages=(languages[0], languages[k]))
        for k, target in enumerate(targets, start=1)
    ]
    checker = _checker(model, models, max_size)
    with _open(output, source, *targets) as write:
        # One bad version is an error of the whole command: there is no report to read then.
        reports = [
            checker.check(i.source, i.target, languages=i.languages, id=i.id, words=words) for i in items
        ]
        write(_render(reports, format, output, verbose, fail_on))
    raise typer.Exit(_status(reports, fail_on))


@app.command("batch")
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
    max_size: SizeOption = _MAX_SIZE,
    words: WordsOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Check many items. One bad item does not stop the others; it makes the exit 2."""
    from mlcheck.manifest import read_items

    items = [item for batch in batches for item in read_items(batch, pattern=pattern, reference=reference)]
    checker = _checker(model, models, max_size)
    inputs = [*batches, *(path for item in items for path in (item.source, item.target))]
    with _open(output, *inputs) as write, _progress(len(items)) as advance:
        reports = _each(checker, items, words, advance)
        if format in _STREAMED:
            done = _stream(reports, write, format, output, verbose)
        else:
            done = list(reports)
            write(_render(done, format, output, verbose, fail_on))
    raise typer.Exit(_status(done, fail_on))


@app.command("align")
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
    max_size: SizeOption = _MAX_SIZE,
) -> None:
    """Print which units of one version say the same as which of the other."""
    from mlcheck.links import aligned, to_jsonl, to_tsv
    from mlcheck.tmx import left_out, to_tmx

    written = {LinkFormat.jsonl: to_jsonl, LinkFormat.tsv: to_tsv, LinkFormat.tmx: to_tmx}[format]
    languages = _languages(lang, 2)
    checker = _checker(model, models, max_size)
    with _open(output, source, target) as write:
        links = aligned(checker, source, target, unit.value, languages)
        write(written(links))
    one, two = left_out(links) if format is LinkFormat.tmx else (0, 0)
    if one or two:
        _say(f"{unit}s without counterpart are not in the TMX: {one} of the source, {two} of the target")


@models_app.command("list")
def models_list(models: ModelsOption = None) -> None:
    """List the models, and whether each can be used here now."""
    from mlcheck.encode.status import model_status
    from mlcheck.models import load_models

    entries = load_models(models)
    width = max(len(entry.name) for entry in entries)
    for number, entry in enumerate(entries):
        usable, why = model_status(entry)
        default = "  (default)" if number == 0 else ""
        reason = why.removeprefix(f"{entry.name}: ")
        typer.echo(f"{'yes' if usable else 'no ':<4}{entry.name:<{width}}  {reason}{default}")


@models_app.command("show")
def models_show(name: NameArgument, models: ModelsOption = None) -> None:
    """Show a line of models.txt in full."""
    from mlcheck.encode import find_entry
    from mlcheck.encode.status import model_status
    from mlcheck.models import load_models

    entry = find_entry(name, load_models(models))
    rows = {
        "name": entry.name,
        "source": entry.source,
        "revision": entry.revision + ("" if entry.pinned else " (not pinned)"),
        "licence": entry.licence,
        "prefix": entry.prefix or "-",
        "languages": ", ".join(entry.languages) if entry.languages else "any",
        "from": entry.where or "the command line",
        "here": model_status(entry).why,
    }
    for key, value in rows.items():
        typer.echo(f"{key:<10}{value}")


@models_app.command("export")
def models_export(
    name: NameArgument,
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    models: ModelsOption = None,
) -> None:
    """Write a model as a sentence-transformers folder."""
    from mlcheck.encode import find_entry
    from mlcheck.encode.export import export_model
    from mlcheck.models import load_models

    export_model(find_entry(name, load_models(models)), folder)
    typer.echo(f"{name} is in {folder}; SentenceTransformer({str(folder)!r}) loads it")


@models_app.command("verify")
def models_verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="All that are here, if none.")
    ] = None,
    models: ModelsOption = None,
) -> None:
    """Compare the hashes of the models' files with what they should be. Exit 2 where one is off."""
    from mlcheck.encode import find_entry
    from mlcheck.encode.status import model_status, verify
    from mlcheck.models import load_models

    known = load_models(models)
    entries = [find_entry(name, known) for name in names or ()]
    entries = entries or [entry for entry in known if model_status(entry).usable]
    good = bool(entries)
    for entry in entries:
        for checked in verify(entry):
            typer.echo(f"{'good' if checked.good else 'BAD ':<5}{entry.name}  {checked.file}: {checked.why}")
            good = good and checked.good
    raise typer.Exit(0 if good else 2)


@app.command("explain")
def explain_command(
    rule: Annotated[str, typer.Argument(help="The rule's name, such as missing-paragraph.")],
) -> None:
    """Print a rule's page: what it finds, why it matters, when it is wrong."""
    from difflib import get_close_matches

    from mlcheck.checks import RULES

    pages = {r.name: r for r in RULES}
    if rule not in pages:
        near = get_close_matches(rule, pages, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(pages)}"
        raise UsageError(f"no rule {rule!r}; {hint}")
    typer.echo(f"{rule}: {pages[rule].summary}\n\n{pages[rule].page.strip()}")


def main() -> None:
    """Run the command line; errors that are meant for people become one line and exit 2."""
    try:
        app()
    except MlcheckError as error:
        with suppress(OSError):  # standard error may be closed with the pipe
            print(f"mlcheck: {_one_line(str(error))}", file=sys.stderr)
        sys.exit(2)


def _give_up_stdout() -> None:
    """Nobody reads it any more, or it is full. Python would complain when it flushes at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _languages(given: Sequence[str] | None, files: int) -> list[str | None]:
    if given and len(given) != files:
        raise UsageError(f"--lang is given {len(given)} times for {files} files; once for each, in order")
    return list(given) if given else [None] * files


def _checker(model: str | None, models: Path | None, max_size: int) -> Checker:
    from mlcheck.pipeline import Checker

    return Checker(model, models=models, max_size=max_size, progress=_say)


def _say(line: str) -> None:
    print(f"mlcheck: {line}", file=sys.stderr)


@contextmanager
def _open(output: Path | None, *inputs: Path) -> Iterator[Callable[[str], None]]:
    """Where to write. A file that is also read is refused: a slip there would cost somebody a text."""
    from mlcheck.output import open_output

    if output is not None and any(_same_file(output, path) for path in inputs):
        raise UsageError(f"{output}: is one of the files to read; name another --output")
    with open_output(output) as write:
        yield write


def _same_file(one: Path, other: Path) -> bool:
    """Are they one file? Devices do not count: on a terminal, /dev/stdin and /dev/stdout are one."""
    try:
        return one.is_file() and one.samefile(other)
    except (OSError, ValueError):  # one is not there, or no path at all: opening it tells
        return False


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    )
    with bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


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
        write("\n" + to_total(done, width=_width(output), colour=_colour(output)))
    return done


def _render(
    reports: Sequence[Report],
    format: Format,
    output: Path | None,
    verbose: bool,
    fail_on: FailOn = FailOn.error,
) -> str:
    from mlcheck.reporters import REPORTERS, Layout

    layout = Layout(_width(output), _colour(output), verbose, fail_on.value)
    return REPORTERS[format.value](reports, layout)


def _width(output: Path | None) -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if output is None and sys.stdout.isatty() else 100


def _colour(output: Path | None) -> bool:
    return (
        output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def _status(reports: Sequence[Report], fail_on: FailOn) -> int:
    from mlcheck.report import exit_status

    return exit_status(reports, fail_on.value)


if __name__ == "__main__":
    main()
