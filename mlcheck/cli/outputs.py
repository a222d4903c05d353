"""Where reports go: to one place or several, each in a format of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mlcheck.cli.options import Format
from mlcheck.cli.terminal import colour, opened, width
from mlcheck.errors import UsageError

if TYPE_CHECKING:
    from mlcheck.data import Report
    from mlcheck.report import FailOn

__all__ = ["Outputs", "Sink", "open_outputs", "sinks_of"]

_ENDINGS: Final[dict[str, tuple[Format, ...]]] = {
    ".sarif.json": (Format.sarif,),
    ".sarif": (Format.sarif,),
    ".html": (Format.html,),
    ".htm": (Format.html,),
    # SARIF is JSON, and many call its files so.
    ".json": (Format.json, Format.sarif),
    ".jsonl": (Format.jsonl,),
    ".ndjson": (Format.jsonl,),
    ".csv": (Format.csv,),
    ".tsv": (Format.tsv,),
    ".xlsx": (Format.xlsx,),
    ".parquet": (Format.parquet,),
    ".md": (Format.markdown,),
    ".markdown": (Format.markdown,),
    ".xml": (Format.junit,),
}
"""The formats that a file so named may have; the first is what it has where nobody says."""


_IN_PARTS: Final = (Format.jsonl, Format.text, Format.parquet)
"""Formats that are written report by report; the others are one document, which is made at the end."""
_BINARY: Final = (Format.xlsx, Format.parquet)


@dataclass(frozen=True, slots=True)
class Sink:
    """A format, and the file that it goes to; None is standard output."""

    format: Format
    path: Path | None = None


def sinks_of(formats: Sequence[Format], outputs: Sequence[Path]) -> tuple[Sink, ...]:
    """What goes where. As many formats as files are paired in their order; a file without a format has that
    of its name's ending, and one format without a file goes to standard output.

    Raises `UsageError` where a name and its format disagree, where a file is named twice, and where it cannot
    be told what is meant.
    """
    _refuse_twice(outputs)
    if len(formats) == len(outputs):
        sinks = [Sink(format, path) for format, path in zip(formats, outputs, strict=True)]
    else:
        left = list(formats)
        sinks = [Sink(_format_of(path, left, bool(formats)), path) for path in outputs]
        if len(left) > 1:
            both = " and ".join(left[:2])
            raise UsageError(f"{both} would both go to standard output; give each --format an --output")
        sinks = [*map(Sink, left), *sinks]
    for sink in sinks:
        _refuse_other_name(sink)
    return tuple(sinks) or (Sink(Format.text),)


def _format_of(path: Path, left: list[Format], some: bool) -> Format:
    """The format of a file, which is taken out of those that are `left`."""
    named = _named(path)
    fitting = next((format for format in left if not named or format in named), None)
    if fitting:
        left.remove(fitting)
        return fitting
    if not named and some:
        raise UsageError(f"{path}: its name does not say which format it is to have; give it a --format")
    return named[0] if named else Format.text


def _named(path: Path) -> tuple[Format, ...]:
    name = path.name.lower()
    return next((formats for ending, formats in _ENDINGS.items() if name.endswith(ending)), ())


def _refuse_other_name(sink: Sink) -> None:
    named = _named(sink.path) if sink.path is not None else ()
    if named and sink.format not in named:
        raise UsageError(
            f"{sink.path}: its name says {named[0]}, and --format {sink.format}; name another file, or leave "
            "--format out"
        )
    if sink.path is None and sink.format in _BINARY and sys.stdout.isatty():
        raise UsageError(f"{sink.format} is no text for a terminal; name a file with --output")


def _refuse_twice(outputs: Sequence[Path]) -> None:
    seen: set[str] = set()
    for path in outputs:
        place = os.path.realpath(path)
        if place in seen and (path.is_file() or not path.exists()):  # two may go to /dev/null
            raise UsageError(f"{path}: is named twice as --output; name a file for each format")
        seen.add(place)


Write = Callable[[str | bytes], None]


class Outputs:
    """Open outputs. `add` takes the next report, `end` what is written at the end."""

    def __init__(
        self,
        places: Sequence[tuple[Sink, Write]],
        *,
        verbose: bool,
        fail_on: FailOn,
        nothing_passes: bool,
    ) -> None:
        from mlcheck.reporters import Layout, ParquetParts, TextParts

        self._reports: list[Report] = []
        self._lines = [write for sink, write in places if sink.format is Format.jsonl]
        self._texts = [
            (TextParts(width=width(sink.path), colour=colour(sink.path), verbose=verbose), write)
            for sink, write in places
            if sink.format is Format.text
        ]
        self._tables = [ParquetParts(write) for sink, write in places if sink.format is Format.parquet]
        self._whole = [(sink.format, write) for sink, write in places if sink.format not in _IN_PARTS]
        self._layout = Layout(verbose=verbose, fail_on=fail_on, nothing_passes=nothing_passes)

    def add(self, report: Report, line: str | None = None) -> None:
        """Write the report where reports are written as they come; `line` is it as JSON, if it is there."""
        from mlcheck.reporters import to_jsonl

        if self._lines or self._tables:
            line = to_jsonl(report) if line is None else line
        for write in self._lines:
            write(line or "")
        for table in self._tables:
            table.add(report, line)
        for parts, write in self._texts:
            write(parts.part(report))
        if self._whole:
            self._reports.append(report)

    def end(self) -> None:
        """Write totals, and the formats that are one document."""
        from mlcheck.reporters import REPORTERS

        for parts, write in self._texts:
            write(parts.total())
        for table in self._tables:
            table.end()
        for format, write in self._whole:
            write(REPORTERS[format.value](self._reports, self._layout))


@contextmanager
def open_outputs(
    sinks: Sequence[Sink],
    read: Sequence[Path],
    *,
    verbose: bool = False,
    fail_on: FailOn = "error",
    nothing_passes: bool = False,
) -> Iterator[Outputs]:
    """The outputs, whose files are whole or not there when the block ends; none may be one of `read`."""
    with ExitStack() as stack:
        places = [(sink, stack.enter_context(opened(sink.path, *read))) for sink in sinks]
        outputs = Outputs(places, verbose=verbose, fail_on=fail_on, nothing_passes=nothing_passes)
        yield outputs
        outputs.end()
