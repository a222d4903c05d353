"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mlcheck.errors import UsageError

__all__ = ["open_output"]

Write = Callable[[str], None]

_UNPRINTABLE = "backslashreplace"
"""The bytes of a file's name that are no UTF-8 are lone surrogates here, which UTF-8 cannot say. In
JSON this spells them as JSON does."""


@contextmanager
def open_output(path: Path | None) -> Iterator[Write]:
    """A function that writes text as UTF-8 with `\\n`. To standard output, a device or a pipe it
    writes at once. To a file it writes beside it under another name, and puts it in place when the
    block ends without an error, so that nobody reads half a report; a link stays a link. Raises
    `UsageError` where it cannot."""
    if path is None:
        yield _to_stdout
        return
    with _refusals(path):
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file for --output")
        place = path.resolve()
        # Putting a file in the place of /dev/null would destroy it.
        special = place.exists() and not place.is_file()
        handle, name = (os.open(place, os.O_WRONLY), "") if special else _beside(place)
    try:
        yield lambda text: _write_all(path, handle, text)
        if not special:
            with _refusals(path):
                _put_in_place(Path(name), place)
    finally:
        os.close(handle)
        if not special:
            Path(name).unlink(missing_ok=True)


def _to_stdout(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", _UNPRINTABLE))
    sys.stdout.buffer.flush()


def _beside(place: Path) -> tuple[int, str]:
    # The name of the file itself may be as long as names can be, so it is no part of this one.
    return tempfile.mkstemp(prefix=".mlcheck-", dir=place.parent)


def _write_all(path: Path, handle: int, text: str) -> None:
    rest = text.encode("utf-8", _UNPRINTABLE)
    with _refusals(path):
        while rest:
            rest = rest[os.write(handle, rest) :]


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{path}: cannot write there ({error.strerror}); name another --output") from None


def _put_in_place(fresh: Path, place: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    fresh.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask)
    fresh.replace(place)
