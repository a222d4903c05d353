"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from mlcheck.errors import UsageError

__all__ = ["open_output"]

Write = Callable[[str], None]

_UNPRINTABLE = "backslashreplace"
"""The bytes of a file's name that are no UTF-8 are lone surrogates here, which UTF-8 cannot say. In
JSON this spells them as JSON does."""


@contextlib.contextmanager
def open_output(path: Path | None) -> Iterator[Write]:
    """A function that writes text as UTF-8 with `\\n`. To standard output, a device or a pipe it
    writes at once. To a file it writes beside it under another name, and puts it in place when the
    block ends without an error, so that nobody reads half a report; a link stays a link. Raises
    `UsageError` where it cannot."""
    if path is None:
        yield _to_stdout
    elif path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file for --output")
    elif path.exists() and not path.is_file():
        with _device(path) as file:
            yield lambda text: _discard(file.write(text))
    else:
        with _whole_file(path) as write:
            yield write


def _to_stdout(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", _UNPRINTABLE))
    sys.stdout.buffer.flush()


def _device(path: Path) -> TextIO:
    """`/dev/null`, `/dev/stdout` and the like, which putting a file in their place would destroy."""
    try:
        return path.open("w", encoding="utf-8", errors=_UNPRINTABLE, newline="\n")
    except OSError as error:
        raise _cannot_write(path, error) from None


@contextlib.contextmanager
def _whole_file(path: Path) -> Iterator[Write]:
    place = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    except OSError as error:
        raise _cannot_write(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=_UNPRINTABLE, newline="\n") as file:
            yield lambda text: _discard(file.write(text))
        _put_in_place(Path(name), place)
    finally:
        Path(name).unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: cannot write there ({error.strerror}); name another --output")


def _discard(_: int) -> None:
    return None


def _put_in_place(fresh: Path, path: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
    fresh.replace(path)
