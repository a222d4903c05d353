"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mlcheck.errors import UsageError

__all__ = ["open_output"]

Write = Callable[[str], None]


@contextlib.contextmanager
def open_output(path: Path | None) -> Iterator[Write]:
    """A function that writes text as UTF-8 with `\\n`. To standard output it writes at once. To a
    file it writes beside it under another name, and puts it in place when the block ends without
    an error, so that nobody reads half a report. Raises `UsageError` where it cannot."""
    if path is None:
        yield _to_stdout
        return
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file for --output")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot write there ({error.strerror}); name another --output") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield lambda text: _discard(file.write(text))
        _put_in_place(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _to_stdout(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _discard(_: int) -> None:
    return None


def _put_in_place(fresh: Path, path: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
    fresh.replace(path)
