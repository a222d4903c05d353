"""What a terminal is told, where output goes, and how wide it may be."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from mlcheck.errors import MlcheckError, UsageError
from mlcheck.text import safe_line

LONG = 30.0
"""Seconds between two lines of a run that nobody watches, in the log of a build for instance: often enough
to see that it goes on, and a run that is short says nothing."""


class Stopped(MlcheckError):
    """Something from outside ended the run."""


def say(line: str) -> None:
    """A line for people, on standard error. Names of files, values and what other programs say stand in it,
    and none of them may move the cursor or turn the line around."""
    print(f"mlcheck: {safe_line(line)}", file=sys.stderr)


def show(line: str) -> None:
    """A line of a command's result, on standard output; as safe as one that is said."""
    typer.echo(safe_line(line))


@contextmanager
def opened(output: Path | None, *inputs: Path) -> Iterator[Callable[[str | bytes], None]]:
    """Where to write. A file that is also read is refused: a slip there would cost somebody a text."""
    from mlcheck.output import open_output

    if output is not None and any(same_file(output, path) for path in inputs):
        raise UsageError(f"{output}: is one of the files to read; name another --output")
    with open_output(output) as write:
        yield write


def same_file(one: Path, other: Path) -> bool:
    """Are they one file? Devices do not count: on a terminal, /dev/stdin and /dev/stdout are one."""
    try:
        return one.is_file() and one.samefile(other)
    except (OSError, ValueError):  # one is not there, or no path at all: opening it tells
        return False


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a terminal; elsewhere, if it takes long, a line now and then."""
    if not sys.stderr.isatty():
        yield _now_and_then(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    )
    with bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _now_and_then(total: int) -> Callable[[], None]:
    done, last = 0, time.monotonic()

    def advance() -> None:
        nonlocal done, last
        done += 1
        if done < total and time.monotonic() - last >= LONG:
            last = time.monotonic()
            say(f"{done} of {total} pairs checked")

    return advance


def give_up_stdout() -> None:
    """Nobody reads it any more, or it is full. Python would complain when it flushes at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width(output: Path | None) -> int:
    """Columns that a report may have there; 100 where nobody's terminal says."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if output is None and sys.stdout.isatty() else 100


def colour(output: Path | None) -> bool:
    """May the report have colours there?"""
    return (
        output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
