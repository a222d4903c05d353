"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from mlcheck.errors import UsageError

__all__ = ["open_output"]

Write = Callable[[str | bytes], None]

_UNPRINTABLE = "backslashreplace"
"""The bytes of a file's name that are no UTF-8 are lone surrogates here, which UTF-8 cannot say. In
JSON this spells them as JSON does."""


@contextmanager
def open_output(path: Path | None, option: str = "--output") -> Iterator[Write]:
    """A function that writes text as UTF-8 with `\\n`, and bytes as they are. To standard output, a device
    or a pipe it writes at once. To a file it writes beside it under another name, and puts it in place when
    the block ends without an error, so that nobody reads half a report; a link stays a link. Raises
    `UsageError` where it cannot; `option` is what named the path."""
    if path is None:
        yield _to_stdout
        return
    with _refusals(path, option):
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file for {option}")
        # Putting a file in the place of /dev/null would destroy it.
        special = path.exists() and not path.is_file()
    with _device(path, option) if special else _whole_file(path, option) as file:
        yield lambda text: _write_all(path, option, file, text)


def _to_stdout(text: str | bytes) -> None:
    sys.stdout.buffer.write(_bytes(text))
    sys.stdout.buffer.flush()


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", _UNPRINTABLE) if isinstance(text, str) else text


@contextmanager
def _device(path: Path, option: str) -> Iterator[BinaryIO]:
    with _refusals(path, option):
        file = path.open("wb", buffering=0)
    with file:
        yield file


@contextmanager
def _whole_file(path: Path, option: str) -> Iterator[BinaryIO]:
    with _refusals(path, option):
        place = path.resolve()
        # The name of the file may be as long as names can be, so only a hash of it is part of this one.
        prefix = f".mlcheck-{hashlib.sha256(os.fsencode(place.name)).hexdigest()[:12]}-"
        _sweep(place.parent, prefix)
        handle, name, hold = _fresh(place.parent, prefix)
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            yield file
        with _refusals(path, option):
            _put_in_place(Path(name), place)
    finally:
        Path(name).unlink(missing_ok=True)
        if hold is not None:
            os.close(hold)


def _fresh(folder: Path, prefix: str) -> tuple[int, str, int | None]:
    """A new file, open, its name, and what holds it for this run: None where there are no locks."""
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, dir=folder)
        locked = _lock(handle)
        if locked is None:
            return handle, name, None
        if locked and Path(name).exists():
            return handle, name, os.dup(handle)
        os.close(handle)  # another run has taken it for a leftover, in the moment before it was locked


def _sweep(folder: Path, prefix: str) -> None:
    """Remove what runs that were killed have left of an output: what none holds any more."""
    for left in folder.glob(f"{prefix}*"):
        with suppress(OSError), left.open("rb+") as file:
            if _lock(file.fileno()):
                left.unlink()


def _lock(handle: int) -> bool | None:
    """Hold a file for this process; False where another does, None where there are no locks."""
    if os.name != "posix":
        return None
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _write_all(path: Path, option: str, file: BinaryIO, text: str | bytes) -> None:
    rest = _bytes(text)
    with _refusals(path, option):
        while rest:
            rest = rest[file.write(rest) :]


@contextmanager
def _refusals(path: Path, option: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except RuntimeError:  # what `resolve` raises before Python 3.13
        raise UsageError(f"{path}: is a link that leads back to itself; name another {option}") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot write there ({error.strerror}); name another {option}") from None


def _put_in_place(fresh: Path, place: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    fresh.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask)
    fresh.replace(place)
